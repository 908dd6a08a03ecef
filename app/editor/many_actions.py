"""The lines of the table of actions for what is done to many cues at once. Knows no widget."""

from __future__ import annotations

from app.action import CUES_FIRST, OPEN_FIRST, SELECT_FIRST, Action, in_editor, with_cues, with_selected

MANY: tuple[Action, ...] = (
    Action("edit.replace", "Find and replace…", lambda do: do.many.replace(), ("Ctrl+H",), "search", "Edit", with_cues,
           tip="Every word keeps its time", why_not=CUES_FIRST, group=1),
    Action("edit.copy", "Copy cues", lambda do: do.many.copy(), ("Ctrl+C",), "copy", "Edit", with_selected,
           tip="With their words; other programs get SRT", why_not=SELECT_FIRST, group=3, context=True),
    Action("edit.cut", "Cut cues", lambda do: do.many.cut(), ("Ctrl+X",), "copy", "Edit", with_selected,
           why_not=SELECT_FIRST, group=3, context=True),
    Action("edit.paste", "Paste at playhead", lambda do: do.many.paste(), ("Ctrl+V",), "add", "Edit", in_editor,
           tip="The first cue starts at the playhead; subtitles and plain text too", why_not=OPEN_FIRST, group=3,
           context=True),
    Action("edit.paste_there", "Paste at the same times", lambda do: do.many.paste(at_playhead=False),
           ("Ctrl+Shift+V",), "add", "Edit", in_editor, why_not=OPEN_FIRST, group=3),
    Action("times.shift", "Shift or stretch times…", lambda do: do.many.shift(), ("Ctrl+Shift+A",), "retime", "Cue",
           with_cues, tip="All cues, the selected ones, or all from the current one on", why_not=CUES_FIRST, group=4),
    Action("times.frame_rate", "Convert frame rate…", lambda do: do.many.frame_rate(), (), "film", "Cue", with_cues,
           tip="Subtitles made for a film at another speed", why_not=CUES_FIRST, group=4),
)  # fmt: skip
