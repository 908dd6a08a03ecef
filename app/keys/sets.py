"""The two sets of keys. “Subtitle Edit” is what the table of actions says; “Aegisub” is where it differs from that.

Aegisub's are the keys of its audio and edit contexts, as far as it has the command; what it lacks keeps its other key
where that is free. Plain letters work everywhere but where one types.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.action import Action

Keys = tuple[str, ...]
"""Shortcuts as Qt writes them portably ("Ctrl+Shift+M"), the first one shown."""

SUBTITLE_EDIT, AEGISUB = "subtitle-edit", "aegisub"

NAMES = {SUBTITLE_EDIT: "Subtitle Edit", AEGISUB: "Aegisub"}

_AEGISUB: Mapping[str, Keys] = {
    "play.toggle": ("Ctrl+P", "B", "Ctrl+Space"),
    "play.cue": ("Space", "S", "R", "F5"),
    "play.before": ("Q",),
    "play.after": ("W",),
    "play.first": ("E",),
    "play.last": ("D",),
    "play.on_from": ("T",),
    "play.stop": ("H",),
    "play.previous_cue": ("Z", "Alt+Up"),
    "play.next_cue": ("X", "Alt+Down"),
    "cue.start_here": ("Ctrl+3", "F11"),
    "cue.end_here": ("Ctrl+4", "F12"),
    "cue.end_next": ("G",),
    "cue.lead_in": ("C",),
    "cue.lead_out": ("V",),
    "cue.split_playhead": ("Ctrl+D",),
    "timeline.scroll_back": ("A",),
    "timeline.scroll_on": ("F",),
}


def keys_of(set_name: str, actions: Iterable[Action]) -> dict[str, Keys]:
    """The keys of every action in a set; unknown sets are Subtitle Edit's."""
    plain = {action.id: action.keys for action in actions}
    if set_name != AEGISUB:
        return plain
    taken = {key for keys in _AEGISUB.values() for key in keys}
    free = {name: tuple(key for key in keys if key not in taken) for name, keys in plain.items()}
    return free | {name: keys for name, keys in _AEGISUB.items() if name in plain}
