"""Everything a person can do, in one table: id, text, keys, icon, menu, when it is possible, and what it does.

Menus, toolbars, tooltips, context menus and the command palette are drawn from it (`app.action_set`); a new action is
one line here and a verb. Knows no widget: an action calls a verb of `Hands` and looks at a `State`.

Keys are Subtitle Edit's where it has one. Space and the arrows type while a text has the focus.
"""

from __future__ import annotations

from app.action import CUES_FIRST as _CUES_FIRST
from app.action import OPEN_FIRST as _OPEN_FIRST
from app.action import SELECT_FIRST as _SELECT_FIRST
from app.action import Action, State
from app.action import in_editor as _editor
from app.action import with_cues as _cues
from app.action import with_current as _current
from app.action import with_film as _film
from app.action import with_selected as _selected
from app.action_places import PLACES, SOUND, TIMES
from app.action_words import WORDS
from app.dictation.actions import DICTATION
from app.editor.many_actions import MANY
from app.i18n import tr


def _idle_with_sound(state: State) -> bool:
    return state.sound and not state.running


def _undo_label(state: State) -> str:
    return tr("Undo “{0}”").format(tr(state.undo)) if state.undo else tr("Undo")


def _redo_label(state: State) -> str:
    return tr("Redo “{0}”").format(tr(state.redo)) if state.redo else tr("Redo")


FILE: tuple[Action, ...] = (
    Action("file.open", "Open…", lambda do: do.file.open(), ("Ctrl+O",), "open", "File",
           tip="A film, a recording or subtitles"),
    Action("file.subtitles", "Open subtitles for this film…", lambda do: do.file.open_subtitles(), (), "file", "File",
           _film, why_not=_OPEN_FIRST),
    Action("file.sample", "Open the sample film", lambda do: do.file.open_sample(), (), "film", "File"),
    Action("job.start", "Recognise…", lambda do: do.file.recognise(), ("Ctrl+Shift+R",), "words", "File",
           _idle_with_sound, tip="Turn the film's speech into cues",
           why_not="Open a film with sound first; one job runs at a time.", group=1),
    Action("job.align", "I have the text, time it…", lambda do: do.text.time(), ("Ctrl+Shift+T",), "retime", "File",
           _idle_with_sound, tip="Paste or open what is said; every word gets its time",
           why_not="Open a film with sound first; one job runs at a time.", group=1),
    Action("job.retime", "Re-time these cues…", lambda do: do.text.retime(), (), "retime", "File",
           lambda state: _idle_with_sound(state) and state.cues > 0,
           tip="Find the cues' times anew by their text; you look at each before it is taken",
           why_not="Open a film with sound and cues first; one job runs at a time.", group=1),
    Action("job.stop", "Stop recognising", lambda do: do.file.stop(), (), "stop", "File",
           lambda state: state.running, tip="What came is kept", why_not="Nothing is being recognised.", group=1),
    Action("job.go_on", "Go on recognising", lambda do: do.file.go_on(), (), "play", "File",
           lambda state: state.resumable and not state.running, tip="Do the rest of the job that stopped",
           why_not="No job has stopped.", group=1),
    Action("models.open", "Models…", lambda do: do.file.models(), (), "download", "File",
           tip="Get Qwen3-ASR, or bring it in from a folder; see what is installed", group=1),
    Action("job.follow", "Follow new cues", lambda do: do.view.follow_job(), (), "download", "View",
           lambda state: state.running, tip="Show each cue as it comes; touching one ends this",
           why_not="Nothing is being recognised.", checked=lambda state: state.following_job, group=2),
    Action("file.save", "Save", lambda do: do.file.save(), ("Ctrl+S",), "", "File",
           _editor, tip="Give this work a name; every change is on disk already", why_not=_OPEN_FIRST, group=2),
    Action("file.save_as", "Save as…", lambda do: do.file.save_as(), (), "", "File",
           _editor, tip="Go on under another name", why_not=_OPEN_FIRST, group=2),
    Action("file.export", "Export…", lambda do: do.file.export(), ("Ctrl+E",), "export", "File", _cues,
           tip="Write subtitle files", why_not=_CUES_FIRST, group=2),
    Action("file.quit", "Quit", lambda do: do.file.quit(), ("Ctrl+Q",), "close", "File",
           tip="Every change is saved already", group=3),
)  # fmt: skip

EDIT: tuple[Action, ...] = (
    Action("edit.undo", "Undo", lambda do: do.steps.undo(), ("Ctrl+Z",), "undo", "Edit", lambda state: bool(state.undo),
           why_not="Nothing to take back.", label=_undo_label),
    Action("edit.redo", "Redo", lambda do: do.steps.redo(), ("Ctrl+Y", "Ctrl+Shift+Z"), "redo", "Edit",
           lambda state: bool(state.redo), why_not="Nothing to do again.", label=_redo_label),
    Action("edit.select_all", "Select all cues", lambda do: do.cue.select_all(), ("Ctrl+A",), "select", "Edit", _cues,
           why_not=_CUES_FIRST, group=1),
    Action("edit.find", "Find in text", lambda do: do.view.find(), ("Ctrl+F",), "search", "Edit", _editor,
           why_not=_OPEN_FIRST, group=1),
    Action("edit.palette", "All commands…", lambda do: do.view.palette(), ("Ctrl+Shift+P",), "more", "Edit",
           tip="Find any command by its name", group=2),
    Action("edit.settings", "Settings…", lambda do: do.view.settings(), ("Ctrl+Alt+S",), "settings", "Edit",
           tip="What the program keeps, and where", group=2),
    Action("edit.rebuild", "Build cues anew…", lambda do: do.view.rebuild(), (), "retime", "Edit", _cues,
           tip="To another style or other limits, with a preview; locked cues stay", why_not=_CUES_FIRST, group=2),
    Action("edit.table", "Save findings as a table…", lambda do: do.view.save_findings(), (), "save", "Edit", _cues,
           tip="A CSV file with a line for each finding", why_not=_CUES_FIRST, group=2),
    Action("edit.look", "Style of the picture…", lambda do: do.view.look(), (), "words", "Edit", _editor,
           tip="Font, size, colours, outline and place of the cues on the picture", why_not=_OPEN_FIRST, group=2),
)  # fmt: skip

CUE: tuple[Action, ...] = (
    Action("cue.split", "Split", lambda do: do.cue.split(), ("Ctrl+Alt+V",), "split", "Cue", _current,
           tip="At the caret, else before the selected word, else at the playhead", why_not=_SELECT_FIRST,
           context=True),
    Action("cue.split_playhead", "Split at playhead", lambda do: do.cue.split_at_playhead(), ("Ctrl+Alt+P",), "split",
           "Cue", _cues, tip="Between the two words nearest to the playhead", why_not=_CUES_FIRST),
    Action("cue.merge", "Merge", lambda do: do.cue.merge(), ("Ctrl+Shift+M",), "merge", "Cue",
           lambda state: state.selected > 0 and state.cues > 1, tip="The selected cues, or this one with the next",
           why_not=_SELECT_FIRST, context=True),
    Action("cue.word_back", "Word to previous cue", lambda do: do.cue.word_to_previous_cue(), ("Ctrl+Alt+Up",),
           "previous-cue", "Cue", lambda state: state.words > 0, tip="The first word, or up to the selected one",
           why_not=_SELECT_FIRST),
    Action("cue.word_on", "Word to next cue", lambda do: do.cue.word_to_next_cue(), ("Ctrl+Alt+Down",), "next-cue",
           "Cue", lambda state: state.words > 0, tip="The last word, or from the selected one on",
           why_not=_SELECT_FIRST),
    Action("cue.insert", "Insert at playhead", lambda do: do.cue.insert_at_playhead(), ("Insert",), "add", "Cue",
           _editor, why_not=_OPEN_FIRST, group=1),
    Action("cue.insert_after", "Insert after", lambda do: do.cue.insert_after(), ("Alt+Insert",), "add", "Cue",
           _current, why_not=_SELECT_FIRST, group=1, context=True),
    Action("cue.insert_before", "Insert before", lambda do: do.cue.insert_before(), ("Ctrl+Shift+Insert",), "add",
           "Cue", _current, why_not=_SELECT_FIRST, group=1, context=True),
    Action("cue.redo", "Do again…", lambda do: do.text.redo(), ("Ctrl+Alt+R",), "loop", "Cue",
           lambda state: state.sound and state.selected > 0,
           tip="Recognise or time the selected cues again; you look at what is different before you take it",
           why_not=_SELECT_FIRST, group=2, context=True),
    Action("cue.delete", "Delete", lambda do: do.cue.delete(), ("Del",), "delete", "Cue", _selected,
           tip="Take the selected cues away", why_not=_SELECT_FIRST, group=1, context=True),
    Action("cue.start_here", "Start here", lambda do: do.cue.start_here(), ("F11",), "retime", "Cue", _current,
           tip="The cue starts at the playhead", why_not=_SELECT_FIRST, group=2, context=True),
    Action("cue.end_here", "End here", lambda do: do.cue.end_here(), ("F12",), "retime", "Cue", _current,
           tip="The cue ends at the playhead", why_not=_SELECT_FIRST, group=2, context=True),
    Action("cue.extend_next", "Extend to next", lambda do: do.cue.extend_to_next(), ("Ctrl+Shift+E",), "next-cue",
           "Cue", _current, tip="Up to the style's gap before the next cue", why_not=_SELECT_FIRST, group=2),
    Action("cue.extend_previous", "Extend to previous", lambda do: do.cue.extend_to_previous(), ("Alt+Shift+E",),
           "previous-cue", "Cue", _current, tip="Back to the style's gap behind the cue before",
           why_not=_SELECT_FIRST, group=2),
    Action("cue.nudge_back", "One frame earlier", lambda do: do.cue.nudge(-1), ("Ctrl+,",), "previous-frame", "Cue",
           _selected, tip="Move the selected cues", why_not=_SELECT_FIRST, group=2),
    Action("cue.nudge_on", "One frame later", lambda do: do.cue.nudge(+1), ("Ctrl+.",), "next-frame", "Cue",
           _selected, tip="Move the selected cues", why_not=_SELECT_FIRST, group=2),
    Action("cue.italic", "Italic", lambda do: do.cue.mark("i"), ("Ctrl+I",), "words", "Cue", _selected,
           why_not=_SELECT_FIRST, group=3, context=True),
    Action("cue.lock", "Lock", lambda do: do.cue.lock(), ("Ctrl+L",), "lock", "Cue", _selected,
           tip="Keep the cue as it is when cues are built or recognised again", why_not=_SELECT_FIRST, group=3,
           context=True),
)  # fmt: skip

PLAY: tuple[Action, ...] = (
    Action("play.toggle", "Play or pause", lambda do: do.play.toggle(), ("Space", "Ctrl+Space"), "play", "Play", _film,
           why_not=_OPEN_FIRST),
    Action("play.cue", "Play the cue", lambda do: do.play.play_cue(), ("F5",), "loop", "Play",
           lambda state: state.film and state.current, why_not=_SELECT_FIRST, context=True),
    Action("play.loop", "Repeat", lambda do: do.play.loop(), (), "loop", "Play", _film,
           tip="What is played as a stretch begins again at its end", why_not=_OPEN_FIRST,
           checked=lambda state: state.looping),
    Action("play.mute", "Mute", lambda do: do.play.mute(), ("Ctrl+M",), "mute", "Play", _film, why_not=_OPEN_FIRST,
           checked=lambda state: state.muted),
    Action("play.back", "Half a second back", lambda do: do.play.skip(-500), ("Alt+Left",), "previous-frame", "Play",
           _film, why_not=_OPEN_FIRST, group=1),
    Action("play.on", "Half a second on", lambda do: do.play.skip(+500), ("Alt+Right",), "next-frame", "Play", _film,
           why_not=_OPEN_FIRST, group=1),
    Action("play.previous_frame", "Previous frame", lambda do: do.play.frame(-1), ("Ctrl+Alt+Left",),
           "previous-frame", "Play", _film, why_not=_OPEN_FIRST, group=1),
    Action("play.next_frame", "Next frame", lambda do: do.play.frame(+1), ("Ctrl+Alt+Right",), "next-frame", "Play",
           _film, why_not=_OPEN_FIRST, group=1),
    Action("play.previous_cue", "Previous cue", lambda do: do.cue.step(-1), ("Alt+Up",), "previous-cue", "Play", _cues,
           why_not=_CUES_FIRST, group=2),
    Action("play.next_cue", "Next cue", lambda do: do.cue.step(+1), ("Alt+Down",), "next-cue", "Play", _cues,
           why_not=_CUES_FIRST, group=2),
    Action("play.slower", "Slower", lambda do: do.play.faster(-1), ("Ctrl+Shift+,",), "previous-frame", "Play", _film,
           why_not=_OPEN_FIRST, group=3),
    Action("play.faster", "Faster", lambda do: do.play.faster(+1), ("Ctrl+Shift+.",), "next-frame", "Play", _film,
           why_not=_OPEN_FIRST, group=3),
)  # fmt: skip

TIMELINE: tuple[Action, ...] = (
    Action("timeline.select", "Select and move", lambda do: do.view.tool("select"), (), "select", "Timeline", _editor,
           tip="Click seeks; drag a cue or its edge", why_not=_OPEN_FIRST,
           checked=lambda state: not state.range_tool),
    Action("timeline.range", "Select a range", lambda do: do.view.tool("range"), (), "select-range", "Timeline",
           _editor, tip="Drag over a stretch of time", why_not=_OPEN_FIRST, checked=lambda state: state.range_tool),
    Action("timeline.zoom_in", "Zoom in", lambda do: do.view.zoom(1.5), ("Ctrl++", "Ctrl+="), "zoom-in", "Timeline",
           _editor, why_not=_OPEN_FIRST, group=1),
    Action("timeline.zoom_out", "Zoom out", lambda do: do.view.zoom(1 / 1.5), ("Ctrl+-",), "zoom-out", "Timeline",
           _editor, why_not=_OPEN_FIRST, group=1),
    Action("timeline.zoom_cue", "Zoom to the cue", lambda do: do.view.zoom_to_cue(), ("Ctrl+0",), "waveform",
           "Timeline", _current, why_not=_SELECT_FIRST, group=1),
    Action("timeline.zoom_film", "Show the whole film", lambda do: do.view.zoom_to_film(), ("Ctrl+Shift+0",), "film",
           "Timeline", _editor, why_not=_OPEN_FIRST, group=1),
    Action("timeline.snap", "Snap", lambda do: do.view.snap(), ("Ctrl+Shift+S",), "snap", "Timeline", _editor,
           tip="Dragged edges are drawn to speech, neighbours and frames; Ctrl lets go", why_not=_OPEN_FIRST,
           checked=lambda state: state.snapping, group=2),
    Action("timeline.follow", "Follow", lambda do: do.view.follow(), ("Ctrl+Shift+F",), "follow", "Timeline", _editor,
           tip="The timeline turns its page with the playhead", why_not=_OPEN_FIRST,
           checked=lambda state: state.following, group=2),
)  # fmt: skip

VIEW: tuple[Action, ...] = (
    Action("view.next_pane", "Next pane", lambda do: do.view.pane(+1), ("F6",), "", "View", _editor,
           why_not=_OPEN_FIRST),
    Action("view.previous_pane", "Previous pane", lambda do: do.view.pane(-1), ("Shift+F6",), "", "View", _editor,
           why_not=_OPEN_FIRST),
    Action("view.next_finding", "Next finding", lambda do: do.view.next_finding(), ("F8",), "warning", "View", _cues,
           tip="Where a cue does not keep to the style", why_not=_CUES_FIRST, group=1),
    Action("view.previous_finding", "Previous finding", lambda do: do.view.next_finding(-1), ("Shift+F8",), "warning",
           "View", _cues, why_not=_CUES_FIRST, group=1),
    Action("view.history", "History", lambda do: do.view.history(), ("Ctrl+Shift+H",), "clock", "View", _editor,
           tip="Every step; click one to go back to it", why_not=_OPEN_FIRST, group=1),
    Action("view.detach", "Picture in its own window", lambda do: do.view.detach(), ("Ctrl+Shift+D",), "detach",
           "View", _film, why_not=_OPEN_FIRST, checked=lambda state: state.detached, group=3),
    Action("view.full_screen", "Full screen", lambda do: do.view.full_screen(), ("Alt+Return",), "full-screen", "View",
           _film, why_not=_OPEN_FIRST, group=3),
    Action("view.system", "As the system", lambda do: do.view.theme("system"), (), "theme", "View",
           tip="Light or dark as the system", checked=lambda state: state.theme == "system", group=4),
    Action("view.light", "Light", lambda do: do.view.theme("light"), (), "theme", "View", tip="Light colours",
           checked=lambda state: state.theme == "light", group=4),
    Action("view.dark", "Dark", lambda do: do.view.theme("dark"), (), "theme", "View", tip="Dark colours",
           checked=lambda state: state.theme == "dark", group=4),
)  # fmt: skip

HELP: tuple[Action, ...] = (
    Action("help.keys", "Keys…", lambda do: do.view.palette(), ("F1",), "info", "Help",
           tip="Every command with its key"),
    Action("help.sheet", "Keys at a glance…", lambda do: do.view.key_sheet(), ("Shift+F1",), "info", "Help",
           tip="All keys on one sheet"),
    Action("help.change_keys", "Change keys…", lambda do: do.view.change_keys(), (), "settings", "Help",
           tip="Another set, other keys, Subtitle Edit's own shortcuts"),
    Action("help.logs", "Open the folder of logs", lambda do: do.file.open_logs(), (), "open", "Help"),
)  # fmt: skip

ACTIONS: tuple[Action, ...] = (
    *FILE, *EDIT, *MANY, *CUE, *TIMES, *WORDS, *PLAY, *PLACES, *TIMELINE, *SOUND, *DICTATION, *VIEW, *HELP
)  # fmt: skip

MENUS = ("File", "Edit", "Cue", "Words", "Play", "Timeline", "Dictation", "View", "Help")


def by_id(action_id: str) -> Action:
    """The action of this id.

    Raises:
        KeyError: there is none; a fault of ours.
    """
    found = next((action for action in ACTIONS if action.id == action_id), None)
    if found is None:
        raise KeyError(action_id)
    return found
