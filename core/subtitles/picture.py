"""Cues as they are drawn on a picture: one ASS text for the film, the overlay and the paused preview. Knows no ffmpeg.

Every cue gets a font that has its letters, by its language, before anything is drawn; what no font has is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core import fonts
from core.cue import Cue
from core.progress import Notice
from core.subtitles import ass_header
from core.subtitles.ass import Ass
from core.subtitles.look import DEFAULT, Look, look_of
from core.subtitles.protocol import Subtitles

_SHOWN_LETTERS = 12
_ARIAL_RATIO = 1.117
"""Height of a line of Arial in ems; what a font is measured by that is not here."""


@dataclass(frozen=True, slots=True)
class OnPicture:
    """Cues to be drawn.

    Attributes:
        ass: an ASS file's text, sized for the picture.
        notices: letters that no font here can show, and a font that is replaced.
    """

    ass: str
    notices: tuple[Notice, ...] = ()


def on_picture(subtitles: Subtitles, width: int, height: int) -> OnPicture:
    """The cues with their looks and fonts, for a picture of this size in pixels.

    A header of ASS that was read stays; cues without a style of their own get the document's look.
    """
    plain = Look().scaled(ass_header.scale(subtitles.header))
    look = look_of(subtitles.styles) or _own_look(subtitles.header) or plain
    named: dict[str, str] = {}
    drawn, missing = [], ""
    for cue in subtitles.cues:
        style, lost = _style_for(cue, look, subtitles.language, named)
        missing += lost
        drawn.append(replace(cue, style=style) if style != cue.style else cue)
    styles = {**subtitles.styles, **named}
    text = Ass().write(replace(subtitles, cues=tuple(drawn), styles=styles))
    return OnPicture(ass_header.fitted(text, width, height), _notices(look, named, missing, subtitles.cues))


def _own_look(header: str) -> Look | None:
    return look_of(ass_header.styles_of(header)) if ass_header.is_header(header) else None


def _style_for(cue: Cue, look: Look, language: str, named: dict[str, str]) -> tuple[str, str]:
    """The style a cue is drawn in, which is put into `named`; and its letters that no font has."""
    if cue.style and cue.style != DEFAULT:
        return cue.style, ""
    chosen = fonts.choose(cue.text, cue.language or language, look.font)
    lost = fonts.missing_letters(cue.text, cue.language or language, look.font) if chosen.missing else ""
    if chosen.family in ("", look.font):
        return "", lost
    name = f"{DEFAULT} {chosen.family}"
    named[name] = replace(look, font=chosen.family, size=_same_letters(look, chosen.family)).ass_fields()
    return name, lost


def _same_letters(look: Look, family: str) -> float:
    """The size at which letters of `family` are as large as the look's own: scripts need lines of unlike height."""
    own = fonts.height_ratio(look.font) if fonts.is_installed(look.font) else _ARIAL_RATIO
    return round(look.size * fonts.height_ratio(family) / own, 2)


def _notices(look: Look, named: dict[str, str], missing: str, cues: Sequence[Cue]) -> tuple[Notice, ...]:
    found = []
    if named and cues and not fonts.is_installed(look.font):
        families = ", ".join(sorted(name.removeprefix(f"{DEFAULT} ") for name in named))
        text = f"The font {look.font} is not installed here; {families} is used."
        found.append(Notice("render.font", text, {"font": look.font, "used": families}))
    if missing:
        letters = "".join(sorted(set(missing)))
        shown = " ".join(letters[:_SHOWN_LETTERS]) + (" …" if len(letters) > _SHOWN_LETTERS else "")
        text = f"No font here can show {shown}; boxes will stand there. Install a font for that script."
        found.append(Notice("render.letters", text, {"letters": letters[:200]}, finding=True))
    return tuple(found)
