"""Actions on single words, and on what is in doubt: part of the table in `app.actions`."""

from __future__ import annotations

from app.action import CUES_FIRST, SELECT_FIRST, Action, State, with_cues


def _words(state: State) -> bool:
    return state.words > 0


def _word(state: State) -> bool:
    return state.word or (state.words > 0 and state.at_caret)


_WORD_FIRST = "Select a word on the timeline first."

WORDS: tuple[Action, ...] = (
    Action("word.next", "Next word", lambda do: do.word.step(+1), ("Ctrl+Alt+Shift+Right",), "next-frame", "Words",
           _words, tip="By time, across cues", why_not=SELECT_FIRST),
    Action("word.previous", "Previous word", lambda do: do.word.step(-1), ("Ctrl+Alt+Shift+Left",), "previous-frame",
           "Words", _words, tip="By time, across cues", why_not=SELECT_FIRST),
    Action("word.play", "Play the word", lambda do: do.word.play(), ("Shift+F5",), "play", "Words", _word,
           why_not=_WORD_FIRST, word_context=True),
    Action("word.start_here", "Word starts here", lambda do: do.word.start_here(), ("Ctrl+Shift+F11",), "retime",
           "Words", _word, tip="The word starts at the playhead; the one before it gives way", why_not=_WORD_FIRST,
           group=1, word_context=True),
    Action("word.end_here", "Word ends here", lambda do: do.word.end_here(), ("Ctrl+Shift+F12",), "retime", "Words",
           _word, tip="The word ends at the playhead; the one behind it gives way", why_not=_WORD_FIRST, group=1,
           word_context=True),
    Action("word.earlier", "Word 10 ms earlier", lambda do: do.word.nudge(-10), ("Ctrl+Shift+Left",), "previous-frame",
           "Words", _word, tip="Neighbours give way", why_not=_WORD_FIRST, group=2),
    Action("word.later", "Word 10 ms later", lambda do: do.word.nudge(+10), ("Ctrl+Shift+Right",), "next-frame",
           "Words", _word, tip="Neighbours give way", why_not=_WORD_FIRST, group=2),
    Action("word.start_earlier", "Word's start 10 ms earlier", lambda do: do.word.nudge_start(-10), ("Alt+Shift+1",),
           "previous-frame", "Words", _word, why_not=_WORD_FIRST, group=2),
    Action("word.start_later", "Word's start 10 ms later", lambda do: do.word.nudge_start(+10), ("Alt+Shift+2",),
           "next-frame", "Words", _word, why_not=_WORD_FIRST, group=2),
    Action("word.end_earlier", "Word's end 10 ms earlier", lambda do: do.word.nudge_end(-10), ("Alt+Shift+3",),
           "previous-frame", "Words", _word, why_not=_WORD_FIRST, group=2),
    Action("word.end_later", "Word's end 10 ms later", lambda do: do.word.nudge_end(+10), ("Alt+Shift+4",),
           "next-frame", "Words", _word, why_not=_WORD_FIRST, group=2),
    Action("word.split", "Split the word", lambda do: do.word.split(), ("Ctrl+Alt+W",), "split", "Words", _word,
           tip="At the caret, else in the middle; both keep their share of its time", why_not=_WORD_FIRST, group=3,
           word_context=True),
    Action("word.join", "Join with the next word", lambda do: do.word.join(), ("Ctrl+Alt+J",), "merge", "Words", _word,
           why_not=_WORD_FIRST, group=3, word_context=True),
    Action("word.split_cue", "Split the cue here", lambda do: do.word.split_cue(), ("Ctrl+Alt+Return",), "split",
           "Words", _word, tip="The word begins a cue of its own, at its real time", why_not=_WORD_FIRST, group=3,
           word_context=True),
    Action("word.delete", "Delete the word", lambda do: do.word.delete(), ("Shift+Del",), "delete", "Words", _word,
           tip="The cue keeps its times", why_not=_WORD_FIRST, group=3, word_context=True),
    Action("doubt.next", "Next doubt", lambda do: do.doubt.go_on(+1), ("F7",), "doubt", "Words", with_cues,
           tip="The next word that wants a look, in order of time", why_not=CUES_FIRST, group=4),
    Action("doubt.previous", "Previous doubt", lambda do: do.doubt.go_on(-1), ("Shift+F7",), "doubt", "Words",
           with_cues, tip="The word before that wants a look", why_not=CUES_FIRST, group=4),
    Action("doubt.right", "It is right", lambda do: do.doubt.is_right(), ("Ctrl+Return",), "check", "Words", _word,
           tip="Text and time of the word are right; on to the next doubt", why_not=_WORD_FIRST, group=4,
           word_context=True),
    Action("doubt.list", "Doubts", lambda do: do.doubt.show(), ("Ctrl+F7",), "doubt", "Words", with_cues,
           tip="Every word that wants a look, the most doubtful first", why_not=CUES_FIRST, group=4),
    Action("doubt.loop", "Repeat doubtful words", lambda do: do.doubt.loop(), (), "loop", "Words", with_cues,
           tip="Going to a doubt plays it again and again", why_not=CUES_FIRST,
           checked=lambda state: state.looping_doubts, group=4),
)  # fmt: skip
