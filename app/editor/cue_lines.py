"""A cue's text in lines, as libass breaks and sets them. Knows no outline, no colours and no picture.

Lengths are those of `EM_PX`. Each line of the text is a paragraph of its own, with its own direction.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from core.cue import Cue
from core.subtitles.pixel_look import PixelLook

_BREAK = "\u2028"
"""What QTextLayout takes for a break inside a paragraph; put where a space was, so that places stay."""
_UNITS = "utf-16-le"
_EVER = 1e6
_EVEN = (0, 3)
_NEVER = 2
_COLUMNS = {1: 0.0, 2: 0.5, 0: 1.0}
"""Share of the spare room that is left of a line, by the number pad's column."""
_MARKS = ("NSM", "BN")
"""Classes of Unicode's bidirectional algorithm that have no direction of their own."""
_BLANK = 0.5
"""A line without letters is half as high, as in VSFilter."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Where one word is in its paragraph, in UTF-16 code units, as Qt counts; and its marks."""

    start: int
    length: int
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of a cue's text: set in one line, or more where it is too long."""

    layout: QTextLayout
    pieces: tuple[Piece, ...]

    def lines(self) -> Iterator[QTextLine]:
        """The lines it is set in."""
        yield from (self.layout.lineAt(number) for number in range(self.layout.lineCount()))

    def letters(self, start: int, end: int) -> str:
        """What is written between two places."""
        units = self.layout.text().encode(_UNITS, "surrogatepass")
        return units[2 * start : 2 * end].decode(_UNITS, "surrogatepass")


def set_lines(
    cue: Cue, look: PixelLook, font: QFont, room: float, line: float, ascent: float
) -> tuple[list[Paragraph], float]:
    """The paragraphs of a cue, their lines below each other from 0 on, in their column of `room`; and the whole height.

    Args:
        font: the look's own. line: from line to line. ascent: from a line's top to its base line.
    """
    made, top = [], 0.0
    for text, pieces in _parted(cue):
        if not text.strip():
            top += line * _BLANK
            continue
        paragraph = Paragraph(_laid_out(text, pieces, look, font, room), pieces)
        for one in paragraph.lines():
            left = (room - one.naturalTextWidth()) * _COLUMNS[look.place % 3]
            one.setPosition(QPointF(left, top + ascent - one.ascent()))
            top += line
        made.append(paragraph)
    return made, top


def _parted(cue: Cue) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    """Each line of the text with its pieces."""
    text = ""
    pieces: list[Piece] = []
    last = len(cue.words) - 1
    for number, word in enumerate(cue.words):
        pieces.append(Piece(_units(text), _units(word.text), word.marks))
        behind, *others = word.after.split("\n") if number < last else [""]
        text += word.text + (behind.rstrip() if others else behind)
        for after in others:
            yield text, tuple(pieces)
            text, pieces = after.lstrip(), []
    yield text, tuple(pieces)


def _laid_out(text: str, pieces: Sequence[Piece], look: PixelLook, font: QFont, room: float) -> QTextLayout:
    turned = look.by_text and _from_the_right(text)
    first = _broken(text, pieces, font, turned=turned)
    line = first.lineAt(0)
    if look.wrap == _NEVER or line.naturalTextWidth() <= room:
        return first
    spaces = [at for at, letter in enumerate(text) if letter == " "]
    breaks = _breaks(text, spaces, line, room, even=look.wrap in _EVEN)
    text = "".join(_BREAK if at in breaks else letter for at, letter in enumerate(text))
    return _broken(text, pieces, font, turned=turned) if breaks else first


def _broken(text: str, pieces: Sequence[Piece], font: QFont, *, turned: bool) -> QTextLayout:
    """The paragraph, broken where it says and nowhere else."""
    option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    option.setWrapMode(QTextOption.WrapMode.ManualWrap)
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if turned else Qt.LayoutDirection.LeftToRight)
    layout = QTextLayout(text, font)
    layout.setTextOption(option)
    layout.setFormats([_format(piece) for piece in pieces if piece.marks & {"i", "b"}])
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(_EVER)
    layout.endLayout()
    return layout


def _format(piece: Piece) -> QTextLayout.FormatRange:
    made, form = QTextLayout.FormatRange(), QTextCharFormat()
    if "i" in piece.marks:
        form.setFontItalic(True)
    if "b" in piece.marks:
        form.setFontWeight(QFont.Weight.Bold)
    made.start, made.length, made.format = piece.start, piece.length, form
    return made


def _breaks(text: str, spaces: Sequence[int], line: QTextLine, room: float, *, even: bool) -> set[int]:
    """Which spaces become line breaks: each line as full as can be; then words go down while that makes lines alike.

    libass's own way (`wrap_lines_smart`): a word that is longer than the room stays whole, and sticks out.
    """
    words = text.split(" ")
    places = list(accumulate((_units(word) + 1 for word in words), initial=0))
    across = [_width(line, word, at) for word, at in zip(words, places[:-1], strict=True)]
    gaps = [_width(line, " ", at - 1) for at in places[1:-1]]
    starts = _full(across, gaps, room)
    if even:
        _evened(starts, across, gaps)
    return {spaces[start - 1] for start in starts[1:]}


def _width(line: QTextLine, letters: str, start: int) -> float:
    """Width of the letters that stand at a place of a line, as long as they are read one after the other."""
    return sum(width for _, width in stretches(line, letters, start))


def stretches(line: QTextLine, letters: str, start: int) -> Iterator[tuple[float, float]]:
    """Left edge and width of what letters cover of a line; those that run another way may stand elsewhere.

    Args:
        letters: what is written at that place. start: the place, in UTF-16 code units.
    """
    for part in _one_way(letters):
        length = _units(part)
        for rect in (run.boundingRect() for run in line.glyphRuns(start, length)):
            yield rect.left(), rect.width()
        start += length


def _one_way(letters: str) -> Iterator[str]:
    """`letters` in parts of one direction each, marks with what they stand on."""
    start, before = 0, ""
    for at, letter in enumerate(letters):
        way = unicodedata.bidirectional(letter)
        if way in _MARKS:
            continue
        if before and way != before:
            yield letters[start:at]
            start = at
        before = way
    yield letters[start:]


def _full(across: Sequence[float], gaps: Sequence[float], room: float) -> list[int]:
    """The first word of each line, where lines are filled one after the other."""
    starts, width = [0], across[0]
    for number in range(1, len(across)):
        width += gaps[number - 1] + across[number]
        if width >= room:
            starts.append(number)
            width = across[number]
    return starts


def _evened(starts: list[int], across: Sequence[float], gaps: Sequence[float]) -> None:
    """Moves last words to the next line as long as the two lines are more alike for it."""

    def width(first: int, behind: int) -> float:
        return sum(across[first:behind]) + sum(gaps[first : behind - 1])

    moved = True
    while moved:
        moved = False
        for row in range(1, len(starts)):
            above, start = starts[row - 1], starts[row]
            below = starts[row + 1] if row + 1 < len(starts) else len(across)
            if start - above < 2:
                continue
            now = abs(width(above, start) - width(start, below))
            then = abs(width(above, start - 1) - width(start - 1, below))
            if then < now:
                starts[row], moved = start - 1, True


def _from_the_right(text: str) -> bool:
    """Whether the first letter with a direction is written from the right (Unicode's rules P2 and P3)."""
    directions = map(unicodedata.bidirectional, text)
    return next((found != "L" for found in directions if found in ("L", "R", "AL")), False)


def _units(text: str) -> int:
    """Length as Qt counts it, in UTF-16 code units: an emoji is two."""
    return len(text.encode(_UNITS, "surrogatepass")) // 2
