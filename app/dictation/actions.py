"""Actions of dictation: part of the table in `app.actions`. Loads nothing of dictation itself."""

from __future__ import annotations

from app.action import Action, State
from app.i18n import tr

_RECORDS = ("recording", "paused")


def _can_record(state: State) -> bool:
    return state.phase != "ending"


def _talk_label(state: State) -> str:
    if state.phase == "recording":
        return tr("Pause dictating")
    return tr("Go on dictating") if state.phase == "paused" else tr("Start dictating")


_DICTATE_FIRST = "Nothing has been dictated yet."

DICTATION: tuple[Action, ...] = (
    Action("dictation.record", "Start dictating", lambda do: do.dictation.record(), ("Ctrl+Alt+D",), "microphone",
           "Dictation", _can_record, tip="Speak, and firm words appear; the sound is on disk first",
           why_not="The last words are still being recognised.", label=_talk_label, repeats=False),
    Action("dictation.talk", "Hold to talk", lambda do: do.dictation.talk(), ("F4",), "microphone", "Dictation",
           lambda state: state.dictation and _can_record(state),
           tip="Records while its key is held; let go, it pauses", why_not="Go to the tab Dictation first.",
           repeats=False),
    Action("dictation.finish", "Finish dictating", lambda do: do.dictation.finish(), ("Ctrl+Alt+F",), "stop",
           "Dictation", lambda state: state.phase in _RECORDS, tip="The last words come, and the recording is whole",
           why_not="Nothing is being recorded.", repeats=False),
    Action("dictation.copy", "Copy the dictation", lambda do: do.dictation.copy(), ("Ctrl+Alt+C",), "copy",
           "Dictation", lambda state: state.dictated, tip="All firm text, a passage a line", why_not=_DICTATE_FIRST,
           group=1),
    Action("dictation.save", "Save the dictation…", lambda do: do.dictation.save(), (), "save", "Dictation",
           lambda state: state.dictated, tip="As text, or as subtitles with the times of its words",
           why_not=_DICTATE_FIRST, group=1),
    Action("dictation.timeline", "Open the dictation on the timeline", lambda do: do.dictation.open_on_timeline(), (),
           "film", "Dictation", lambda state: state.dictated and state.phase == "idle",
           tip="The recording is a film then, its words are cues", why_not="Dictate something and finish first.",
           group=1),
    Action("dictation.show", "Go to dictation", lambda do: do.dictation.show(), (), "microphone", "Dictation",
           lambda state: not state.dictation, tip="Its tab; the microphone is open while it is in sight",
           why_not="Its tab is in sight.", group=2),
    Action("dictation.small", "Small window on top", lambda do: do.dictation.small(), (), "detach", "Dictation",
           tip="The last words and the buttons, over other programs; takes no keys from them",
           checked=lambda state: state.small, group=2),
)  # fmt: skip
