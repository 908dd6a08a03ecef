"""What a cue's look comes to in the pixels of one picture, for who draws it without libass. Knows no window, no ffmpeg.

The header is the one libass gets, the rules are libass's (0.17, `ass_render.c`): what goes up and down is in the units
of the header's lines, margins at the sides in those of its columns; a cue's own margins and place come before its
style's.
Left out is what only libass draws: turned, moved, stretched, spaced, kerned and blurred letters, karaoke, places by
coordinates, and outlines wider than high, which a script of another shape than the picture gets.
"""

from __future__ import annotations

import contextlib
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from core import fonts
from core.cue import Cue
from core.subtitles import ass_header, embedded_fonts
from core.subtitles.look import DEFAULT, Look
from core.subtitles.picture import Fitting
from core.subtitles.places import place_for
from core.subtitles.protocol import Subtitles

_FIELDS = 22
_BOX = "3"
_BY_TEXT = "-1"
_SCALED = re.compile(r"^ScaledBorderAndShadow:[ \t]*(?:yes|1)", re.IGNORECASE | re.MULTILINE)
_WRAP = re.compile(r"^WrapStyle:[ \t]*([0-3])", re.IGNORECASE | re.MULTILINE)
_COLOUR = re.compile(r"&?H?([0-9a-f]{1,8})&?", re.IGNORECASE)
_PAD = re.compile(r"\\an([1-9])", re.ASCII)
_WHITE = "#ffffffff"
_LEAST_PX = 0.1
_MOST_PICTURES = 4
_MOST = 1e5
"""No number of a style counts for more, whatever a stranger wrote."""


@dataclass(frozen=True, slots=True)
class PixelLook:
    """A look on a picture of a certain size.

    Attributes:
        font: a family.
        line_px: height of a line; letters are as large as lets their font's own line fill it (`fonts.height_ratio`).
        ink, edge, shade: of letters, of outline or box, of what lies behind: "#aarrggbb", aa = 255 is opaque.
        outline_px: on each side of a stroke; of a box, beyond its line. shadow_px: to the right and down.
        box: a box behind each line, in place of the outline.
        place: as on a number pad: 2 = bottom middle, 8 = top middle.
        left_px, right_px, edge_px: margins; the last is from the top or the bottom, whichever the cue stands at.
        wrap: 0 and 3 = lines too long are broken at spaces into even ones, 1 = into full ones, 2 = not at all.
        by_text: each line's direction is that of its letters; otherwise all run from the left.
    """

    font: str
    line_px: float
    bold: bool
    italic: bool
    underline: bool
    ink: str
    edge: str
    shade: str
    outline_px: float
    shadow_px: float
    box: bool
    place: int
    left_px: float
    right_px: float
    edge_px: float
    wrap: int = 0
    by_text: bool = True


class Looks:
    """The looks of a document's cues. Made once a document's header or styles are others: it reads the whole header.

    Args:
        header: the document's own of ASS, "" = none. styles: its looks by name.
        faces: the fonts that are here.
    """

    def __init__(self, header: str = "", styles: Mapping[str, str] | None = None, faces: fonts.Faces = fonts) -> None:
        self._fitting = Fitting(Subtitles((), header, styles=dict(styles or {})), faces)
        own = header.partition("\n[Events]\n")[0] if ass_header.is_header(header) else ""
        self._head = ass_header.header_for(embedded_fonts.without(own), styles or {}, ())
        self._fields = ass_header.styles_of(self._head)
        self._wrap = int(found[1]) if (found := _WRAP.search(self._head)) else 0
        self._scaled = _SCALED.search(self._head) is not None

    def of(self, cue: Cue, width: int, height: int, language: str = "") -> PixelLook:
        """The look of a cue on a picture of this size in pixels.

        Args:
            language: of cues that say none.
        """
        name = self._fitting.fitted(cue if cue.language else replace(cue, language=language)).style
        known = {**self._fitting.made, **self._fields}
        fields = known.get(ass_header.field_text(name), known[DEFAULT]).split(",")
        usable = fields if len(fields) == _FIELDS else Look().ass_fields().split(",")
        return self._in_pixels(usable, cue, width, height)

    def _in_pixels(self, fields: list[str], cue: Cue, width: int, height: int) -> PixelLook:
        columns, lines = ass_header.play_size(ass_header.fitted(self._head, width, height))
        across, down = width / columns, height / lines
        rim = down if self._scaled else 1.0
        left, right, edge = _margins(fields, cue)
        return PixelLook(
            font=fields[0].strip().removeprefix("@"),
            line_px=min(max(_LEAST_PX, _number(fields[1], 60) * down), _MOST_PICTURES * height),
            bold=_number(fields[6]) != 0,
            italic=_number(fields[7]) != 0,
            underline=_number(fields[8]) != 0,
            ink=_colour(fields[2]),
            edge=_colour(fields[4]),
            shade=_colour(fields[5]),
            outline_px=min(max(0.0, _number(fields[15])) * rim, height),
            shadow_px=min(max(0.0, _number(fields[16])) * rim, height),
            box=fields[14].strip() == _BOX,
            place=_place(fields, cue),
            left_px=left * across,
            right_px=right * across,
            edge_px=edge * down,
            wrap=self._wrap,
            by_text=fields[21].strip() == _BY_TEXT,
        )


def _margins(fields: list[str], cue: Cue) -> tuple[float, float, float]:
    """Left, right and vertical: the cue's own where they are not 0, else its style's."""
    placed = cue.settings.get("ass", "").split(",")
    own = [_number(text) for text in placed[1:4]] if len(placed) > 3 else [0.0] * 3
    left, right, edge = (mine or _number(text) for mine, text in zip(own, fields[18:21], strict=True))
    return left, right, edge


def _place(fields: list[str], cue: Cue) -> int:
    own = _PAD.search(place_for(cue.settings, "ass"))
    return int(own[1]) if own else min(9, max(1, int(_number(fields[17], 2))))


def _colour(text: str) -> str:
    """ "#aarrggbb" for ASS's &HAABBGGRR, where 0 is opaque."""
    found = _COLOUR.fullmatch(text.strip())
    if found is None:
        return _WHITE
    digits = found[1].rjust(8, "0").lower()
    return f"#{255 - int(digits[:2], 16):02x}{digits[6:8]}{digits[4:6]}{digits[2:4]}"


def _number(text: str, default: float = 0.0) -> float:
    with contextlib.suppress(ValueError):
        number = float(text)
        return min(max(number, -_MOST), _MOST) if math.isfinite(number) else default
    return default
