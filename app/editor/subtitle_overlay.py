"""Draws cues over a picture as a viewer will see them: outlined, in the fonts of their script, in their direction.

Knows no player and no widget; drawn once per cue and size, then copied.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QImage,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from app.theme.fonts import Role, font_for
from core.cue import Cue
from core.language import is_right_to_left

_SIZE_SHARE = 0.062
"""Height of the type as a share of the picture's, as in the design: 22 px on 360."""

_LEAST_PX = 11.0
_BOTTOM_SHARE = 0.06
_SIDE_SHARE = 0.05
_OUTLINE_SHARE = 0.12
"""Width of the outline on each side of a stroke, as a share of the type's height."""

_LINE_BREAK = "\u2028"
"""What QTextLayout takes for a break inside a paragraph."""


class SubtitleOverlay:
    """The cues that stand at one moment.

    Attributes:
        ink, outline: "#rrggbb".
    """

    def __init__(self, ink: str, outline: str) -> None:
        self.ink, self.outline = ink, outline
        self._drawn: QImage | None = None
        self._key: tuple[object, ...] = ()

    def draw(self, painter: QPainter, picture: QRectF, cues: Sequence[Cue]) -> None:
        """Draw `cues` into the lower part of `picture` (logical pixels); the first is lowest."""
        if not cues or picture.width() < 1 or picture.height() < 1:
            return
        scale = painter.device().devicePixelRatioF()
        key = (tuple((cue.words, cue.language) for cue in cues), picture.size().toTuple(), scale)
        if key != self._key or self._drawn is None:
            self._key, self._drawn = key, self._made(picture.size(), scale, cues)
        painter.drawImage(picture.topLeft(), self._drawn)

    def _made(self, size: QSizeF, scale: float, cues: Sequence[Cue]) -> QImage:
        image = QImage(
            math.ceil(size.width() * scale), math.ceil(size.height() * scale), QImage.Format.Format_ARGB32_Premultiplied
        )
        image.setDevicePixelRatio(scale)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        bottom = size.height() * (1 - _BOTTOM_SHARE)
        for cue in cues:
            bottom -= self._draw_cue(painter, size, bottom, cue)
        painter.end()
        return image

    def _draw_cue(self, painter: QPainter, size: QSizeF, bottom: float, cue: Cue) -> float:
        """Draw one cue that ends at `bottom`; returns its height."""
        if not cue.words:
            return 0.0
        type_px = max(_LEAST_PX, size.height() * _SIZE_SHARE)
        room = size.width() * (1 - 2 * _SIDE_SHARE)
        rim = QTextCharFormat()
        rim.setTextOutline(_pen(self.outline, type_px * _OUTLINE_SHARE * 2))
        rim.setForeground(QBrush(QColor(self.outline)))
        fill = QTextCharFormat()
        fill.setForeground(QBrush(QColor(self.ink)))
        height = 0.0
        for look, with_colours in ((rim, False), (fill, True)):
            layout = _laid_out(
                cue, type_px, room, [_range(0, _units(cue.text), look), *_marks(cue, with_colours=with_colours)]
            )
            height = layout.boundingRect().height()
            layout.draw(painter, QPointF(size.width() * _SIDE_SHARE, max(0.0, bottom - height)))
        return height


def _laid_out(cue: Cue, type_px: float, room: float, looks: list[QTextLayout.FormatRange]) -> QTextLayout:
    """The cue's text, centred, broken where it says and where it would not fit."""
    shown = font_for(cue.language, Role.HEADING)
    shown.setPixelSize(round(type_px))
    shown.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    option = QTextOption(Qt.AlignmentFlag.AlignHCenter)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    right_to_left = is_right_to_left(cue.language)
    option.setTextDirection(Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight)
    layout = QTextLayout(cue.text.replace("\n", _LINE_BREAK), shown)
    layout.setTextOption(option)
    layout.setFormats(looks)  # before the lines are laid out: it drops them
    layout.beginLayout()
    top = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(room)
        line.setPosition(QPointF(0, top))
        top += line.height()
    layout.endLayout()
    return layout


def _marks(cue: Cue, *, with_colours: bool) -> list[QTextLayout.FormatRange]:
    """Italic, bold and underlined words; `with_colours` also those that bring a colour of their own."""
    ranges: list[QTextLayout.FormatRange] = []
    start = 0
    for word in cue.words:
        if word.marks:
            look = QTextCharFormat()
            if "i" in word.marks:
                look.setFontItalic(True)
            if "b" in word.marks:
                look.setFontWeight(QFont.Weight.Black)
            if "u" in word.marks and with_colours:
                look.setFontUnderline(True)
            colour = next((mark[2:] for mark in word.marks if mark.startswith("c:")), "") if with_colours else ""
            if QColor.isValidColorName(colour):
                look.setForeground(QBrush(QColor(colour)))
            ranges.append(_range(start, _units(word.text), look))
        start += _units(word.text) + len(word.after)
    return ranges


def _units(text: str) -> int:
    """Length as Qt counts it, in UTF-16 code units: an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _range(start: int, length: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length = start, length
    made.format = look
    return made


def _pen(colour: str, width: float) -> QPen:
    return QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
