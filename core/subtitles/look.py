"""How cues look on the picture: font, size, colours, outline, place. Knows no cues, no renderer and no window.

A document keeps looks by name as the fields of an ASS style, the richest form there is (`Document.styles`); this is
the same in plain words, for the dialog and for formats that write looks in their own way. Sizes are in lines of a
picture of 1080, whatever the film has; a header of ASS that was read has units of its own (`ass_header.scale`), and the
document's looks are in them.
"""

from __future__ import annotations

import contextlib
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

DEFAULT = "Default"
"""The look of cues that name no style."""

_FIELDS = 22
_BY_TEXT = -1
"""As encoding: libass then takes each paragraph's direction from its letters, so that Arabic ends on the left."""
_COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
_ASS_COLOUR = re.compile(r"&?H?([0-9a-f]{1,8})&?", re.IGNORECASE)
_NOT_IN_A_FIELD = re.compile(r"[,\r\n]")


@dataclass(frozen=True, slots=True)
class Look:
    """One look.

    Attributes:
        font: a family.
        size: height of a line's letters, outline, margin: in lines of a picture of 1080. The usual size makes letters
            of Arial's em 6.2 % of the picture, as in the design's pictures; players' own 5 % is hard to read in a pane.
        colour, outline_colour: "#rrggbb".
        box: a box in the outline's colour behind the text, in place of the outline.
        place: as on a number pad: 2 = bottom middle, 8 = top middle.
        margin: from the edge of the picture.
    """

    font: str = "Arial"
    size: float = 75.0
    colour: str = "#ffffff"
    outline_colour: str = "#000000"
    outline: float = 4.0
    box: bool = False
    bold: bool = False
    italic: bool = False
    place: int = 2
    margin: int = 54

    def ass_fields(self) -> str:
        """The values of an ASS style behind its name; in karaoke what is not sung yet is grey."""
        font = _NOT_IN_A_FIELD.sub(" ", self.font).strip() or "Arial"
        back = _to_ass(self.outline_colour)
        values = (
            font, f"{self.size:g}", _to_ass(self.colour), "&H00969696", back, back, -self.bold, -self.italic, 0, 0,
            100, 100, 0, 0, 3 if self.box else 1, f"{self.outline:g}", 0, self.place, 96, 96, self.margin, _BY_TEXT,
        )  # fmt: skip
        return ",".join(map(str, values))

    def scaled(self, factor: float) -> Look:
        """The same look in a picture of `factor` times as many lines."""
        size, outline = round(self.size * factor, 2), round(self.outline * factor, 2)
        return replace(self, size=size, outline=outline, margin=round(self.margin * factor))

    @classmethod
    def of_ass(cls, fields: str) -> Look:
        """The look of an ASS style's values, as far as they can be understood; others are as by default."""
        values = [value.strip() for value in fields.split(",")]
        if len(values) != _FIELDS:
            return cls()
        plain = cls()
        return cls(
            font=values[0] or plain.font,
            size=_number(values[1], plain.size, 1, 1000),
            colour=_of_ass(values[2], plain.colour),
            outline_colour=_of_ass(values[4], plain.outline_colour),
            outline=_number(values[15], plain.outline, 0, 100),
            box=values[14] == "3",
            bold=values[6] in ("-1", "1"),
            italic=values[7] in ("-1", "1"),
            place=int(_number(values[17], plain.place, 1, 9)),
            margin=int(_number(values[20], plain.margin, 0, 1080)),
        )


def look_of(styles: Mapping[str, str]) -> Look | None:
    """What a document's cues look like where they name no style; None = nobody chose."""
    fields = styles.get(DEFAULT, "")
    return Look.of_ass(fields) if fields.count(",") == _FIELDS - 1 else None


def in_plain_units(styles: Mapping[str, str], scale: float) -> dict[str, str]:
    """The looks in lines of 1080, for formats that do not carry the header whose units they are in."""
    look = look_of(styles)
    return dict(styles) if look is None or scale == 1 else {**styles, DEFAULT: look.scaled(1 / scale).ass_fields()}


def _to_ass(colour: str) -> str:
    wanted = colour if _COLOUR.fullmatch(colour) else "#ffffff"
    red, green, blue = wanted[1:3], wanted[3:5], wanted[5:7]
    return f"&H00{blue}{green}{red}".upper()


def _of_ass(text: str, default: str) -> str:
    match = _ASS_COLOUR.fullmatch(text)
    if match is None:
        return default
    digits = match[1].rjust(8, "0")[-6:].lower()
    return f"#{digits[4:6]}{digits[2:4]}{digits[0:2]}"


def _number(text: str, default: float, least: float, most: float) -> float:
    with contextlib.suppress(ValueError):
        number = float(text)
        return default if math.isnan(number) else min(max(number, least), most)
    return default
