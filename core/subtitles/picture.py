"""Cues as they are drawn on a picture: one ASS text for the film, the overlay and the paused preview. Knows no ffmpeg.

Every cue gets a font that has its letters, by its language, before anything is drawn; what no font has is told.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace

from core import fonts
from core.cue import Cue
from core.progress import Notice
from core.subtitles import ass_header, embedded_fonts
from core.subtitles.ass import Ass
from core.subtitles.look import DEFAULT, Look, look_of
from core.subtitles.protocol import Subtitles

_SHOWN_LETTERS = 12
_SHOWN_FONTS = 5
_ARIAL_RATIO = 1.117
"""Height of a line of Arial in ems; what a font is measured by that is not here."""
_FIELDS = 22
"""Values of a style behind its name; others are another program's and are left alone."""


@dataclass(frozen=True, slots=True)
class OnPicture:
    """Cues to be drawn.

    Attributes:
        ass: an ASS file's text, sized for the picture.
        notices: letters that no font here can show, and fonts that are replaced.
    """

    ass: str
    notices: tuple[Notice, ...] = ()


def on_picture(subtitles: Subtitles, width: int, height: int) -> OnPicture:
    """The cues with their looks and fonts, for a picture of this size in pixels.

    A header of ASS that was read stays; cues without a style of their own get the document's look. Where the font of a
    cue's style has not all its letters, the cue is drawn in that style with a font that has them.
    """
    fitting = Fitting(subtitles)
    drawn = tuple(fitting.fitted(cue) for cue in subtitles.cues)
    text = Ass().write(replace(subtitles, cues=drawn, styles={**subtitles.styles, **fitting.made}))
    return OnPicture(ass_header.fitted(text, width, height), fitting.notices())


class Fitting:
    """Gives each cue a style whose font has its letters.

    Args:
        subtitles: whose header, styles and language count. faces: the fonts there are.

    Attributes:
        made: styles that were made for that, by name.
    """

    def __init__(self, subtitles: Subtitles, faces: fonts.Faces = fonts) -> None:
        self._faces = faces
        header = subtitles.header if ass_header.is_header(subtitles.header) else ""
        lines = embedded_fonts.without(header)
        read = ass_header.styles_of(lines)
        usual = Look().scaled(ass_header.scale(lines)).ass_fields()
        chosen = (styles[DEFAULT] for styles in (subtitles.styles, read) if look_of(styles) is not None)
        self.made: dict[str, str] = {}
        self._styles = {**subtitles.styles, **read, DEFAULT: next(chosen, usual)}
        self._language = subtitles.language
        self._carried = functools.cache(lambda: embedded_fonts.names_of(header))
        self._away: dict[str, set[str]] = {}
        self._missing: set[str] = set()

    def fitted(self, cue: Cue) -> Cue:
        """The cue, in another style where its own has not the font for it: only font and size are others there."""
        style = cue.style if cue.style in self._styles else DEFAULT  # as libass takes a name nobody knows
        fields = self._styles[style]
        font = fields.partition(",")[0].strip().removeprefix("@")
        here = self._faces.called(font)
        if fields.count(",") != _FIELDS - 1 or (not here and font.casefold() in self._carried()):
            return cue
        language = cue.language or self._language
        chosen = self._faces.choose(cue.text, language, here)
        if chosen.missing:
            self._missing.update(self._faces.missing_letters(cue.text, language, here))
        if chosen.family in ("", here):
            return cue
        if not here:
            self._away.setdefault(font, set()).add(chosen.family)
        name = ass_header.field_text(f"{style} {chosen.family}")
        self.made[name] = _in_font(fields, here, chosen.family, self._faces)
        return replace(cue, style=name)

    def notices(self) -> tuple[Notice, ...]:
        """What became of fonts and letters."""
        found = [_fonts_away(self._away)] if self._away else []
        if self._missing:
            letters = "".join(sorted(self._missing))
            shown = " ".join(letters[:_SHOWN_LETTERS]) + (" …" if len(letters) > _SHOWN_LETTERS else "")
            text = "No font here can show {shown}; boxes will stand there. Install a font for that script."
            found.append(Notice("render.letters", text, {"letters": letters[:200], "shown": shown}, finding=True))
        return tuple(found)


def _in_font(fields: str, here: str, family: str, faces: fonts.Faces) -> str:
    """A style's values with this family, its letters as large as before: scripts need lines of unlike height.

    `here`: the family before; "" = it is not here.
    """
    font, _size, rest = fields.split(",", 2)
    upright = "@" if font.strip().startswith("@") else ""
    own = faces.height_ratio(here) if here else _ARIAL_RATIO
    size = round(Look.of_ass(fields).size * faces.height_ratio(family) / own, 2)
    return f"{upright}{ass_header.field_text(family)},{size:g},{rest}"


def _fonts_away(away: Mapping[str, set[str]]) -> Notice:
    used = ", ".join(sorted(set().union(*away.values())))
    names = ", ".join(sorted(away)[:_SHOWN_FONTS]) + (" …" if len(away) > _SHOWN_FONTS else "")
    text = "The font {font} is not installed here; {used} is used."
    if len(away) > 1:
        text = "These fonts are not installed here: {font}. In their place: {used}."
    return Notice("render.font", text, {"font": names, "used": used})
