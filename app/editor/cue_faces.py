"""Fonts as the window's own system has them, by the rules the film's fonts are chosen by. Knows no cue.

`core.fonts` reads every font file here in Python, which takes seconds of the window's thread; Qt has them open already.
A letter none of the suggested families has is left to Qt, which finds one by itself, as libass does.
"""

from __future__ import annotations

import functools
import struct
from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontDatabase, QRawFont

from core import fonts

EM_PX = 256
"""Size that text is laid out at, to be scaled: Qt takes whole pixels only, and unhinted letters scale without harm."""

_WIN_ASCENT = 74
"""Where a font's table OS/2 has usWinAscent, and usWinDescent behind it."""
_ASCENT = 4
"""Where its table hhea has the ascent, and the descent behind it."""


@dataclass(frozen=True, slots=True)
class Measures:
    """How libass measures a font, in ems: it fits a line of it, and not its letters, into a style's size.

    Attributes:
        line: height of a line. ascent: what of it is above the base line.
    """

    line: float = 1.0
    ascent: float = 0.8


class CueFaces:
    """See above; a `core.fonts.Faces`."""

    def called(self, name: str) -> str:
        """The family of this name; "" = none."""
        return name if _is_here(name) else ""

    def choose(self, text: str, language: str = "", wanted: str = "") -> fonts.Choice:
        """The family to show `text` in, as in the film."""
        return fonts.first_that_has(text, language, wanted, _lacking)

    def missing_letters(self, text: str, language: str = "", wanted: str = "") -> str:
        """Letters of `text` that none of the families it could be shown in has."""
        return self.choose(text, language, wanted).missing

    def height_ratio(self, family: str) -> float:
        """How high libass takes a line of this family to be, in ems."""
        return measures(family).line if _is_here(family) else 1.0


def face(family: str, *, bold: bool = False, italic: bool = False) -> QFont:
    """A font of `EM_PX`, unhinted, to lay text out in."""
    made = QFont()
    made.setFamilies([family])
    made.setPixelSize(EM_PX)
    made.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    made.setItalic(italic)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    made.setKerning(False)  # libass leaves it out unless a header asks for it
    return made


@functools.lru_cache(maxsize=64)
def measures(family: str, *, bold: bool = False, italic: bool = False) -> Measures:
    """How libass measures a face: by what Windows clips it at, else by its own line (`ass_face_set_size`)."""
    raw = QRawFont.fromFont(face(family, bold=bold, italic=italic))
    em = raw.unitsPerEm()
    up, down = _pair(raw, "OS/2", _WIN_ASCENT)
    if up + down == 0:
        up, below = _pair(raw, "hhea", _ASCENT)
        down = -below
    if em > 0 and up + down > 0:
        return Measures((up + down) / em, up / em)
    ascent, line = raw.ascent(), raw.ascent() + raw.descent()  # a Type 1 font has no tables
    return Measures(line / EM_PX, ascent / EM_PX) if line > 0 else Measures()


def _pair(raw: QRawFont, table: str, place: int) -> tuple[int, int]:
    data = raw.fontTable(table).data()
    return struct.unpack_from(">hh", data, place) if len(data) >= place + 4 else (0, 0)


def _lacking(family: str, letters: frozenset[str]) -> frozenset[str] | None:
    if not _is_here(family):
        return None
    raw = QRawFont.fromFont(face(family))
    return frozenset(letter for letter in letters if not raw.supportsCharacter(ord(letter)))


@functools.cache
def _is_here(family: str) -> bool:
    return bool(QFontDatabase.hasFamily(family))
