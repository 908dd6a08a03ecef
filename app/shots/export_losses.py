"""What a format cannot carry, where the document has everything: voices, places, looks, tags, notes, measured words."""

from __future__ import annotations

from dataclasses import replace

from app.shots.cues import script_cues
from app.shots.stage import Stage
from core.cue import Cue
from core.document import edits
from core.subtitles.look import DEFAULT, Look

_MARKS = (frozenset({"i"}), frozenset({"c:#ffd54f"}), frozenset({"ass:\\blur3"}))
_PLACES: tuple[dict[str, str], ...] = ({"ass-tags": "{\\an8}"}, {"ass-tags": "{\\pos(320,40)}"}, {})


def prepare(stage: Stage) -> None:
    """The dialog over Arabic, Chinese and other cues that came from an ASS file."""
    stage.open()
    stage.show_cues(_rich(row, cue) for row, cue in enumerate(script_cues()))
    history = stage.program.session.bridge.history
    looks = {DEFAULT: Look(font="Noto Sans", place=8).ass_fields()}
    for field, value in (("styles", looks), ("header", {"ass": "[Script Info]\nTitle: Last boat"})):
        history.apply(edits.set_field(history.document, field, value, label="shot"))
    stage.window.commands.refresh_now()
    stage.window.commands["file.export"].trigger()
    stage.rest(600)


def _rich(row: int, cue: Cue) -> Cue:
    words = tuple(replace(word, marks=_MARKS[at]) if at < len(_MARKS) else word for at, word in enumerate(cue.words))
    voice, style = ("ليلى", "", "王小明")[row % 3], ("", "Sign")[row % 2]
    return replace(cue, words=words, voice=voice, style=style, settings=_PLACES[row % 3])
