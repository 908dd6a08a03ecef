"""Laid-out lines of text, cached: shaping a line costs more than drawing it. Knows no lanes and no document.

A line's direction and font come from the language it is given with, never from its first letter or a fallback.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QStaticText, QTextOption

from app.theme.fonts import Role, font_for, tabular
from app.timeline.lru import Lru
from core.language import is_right_to_left

_LIMIT = 8192


@dataclass(frozen=True, slots=True)
class Line:
    """One laid-out line.

    Attributes:
        width, height: in logical pixels.
        right_to_left: whether it runs from the right.
    """

    laid_out: QStaticText
    font: QFont
    width: float
    height: float
    right_to_left: bool

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Draw with its left top at (x, y), in the painter's pen."""
        painter.setFont(self.font)
        painter.drawStaticText(QPointF(x, y), self.laid_out)


class Texts:
    """Lines by text, language and role."""

    def __init__(self) -> None:
        self._lines: Lru[tuple[str, str, Role, int], Line] = Lru(_LIMIT)
        self._widths: Lru[tuple[str, str, Role], float] = Lru(_LIMIT)
        self._fonts: dict[tuple[str, Role], tuple[QFont, QFontMetricsF]] = {}

    def clear(self) -> None:
        """Forget all: the system's font has changed."""
        self._lines.clear()
        self._widths.clear()
        self._fonts.clear()

    def line(self, text: str, language: str = "", role: Role = Role.BODY) -> Line:
        """The whole text on one line."""
        return self._kept(text, language, role, -1)

    def elided(self, text: str, width_px: float, language: str = "", role: Role = Role.BODY) -> Line:
        """The text on one line of at most `width_px`, its end elided where it is longer."""
        if self._width(text, language, role) <= width_px:
            return self._kept(text, language, role, -1)
        return self._kept(text, language, role, max(0, int(width_px)))

    def height(self, role: Role = Role.BODY, language: str = "") -> float:
        """Height of a line in pixels."""
        return self._font(language, role)[1].height()

    def _kept(self, text: str, language: str, role: Role, width_px: int) -> Line:
        key = (text, language, role, width_px)
        line = self._lines.get(key)
        if line is None:
            line = self._laid_out(text, language, role, width_px)
            self._lines.put(key, line)
        return line

    def _width(self, text: str, language: str, role: Role) -> float:
        """Width of the whole text: measuring costs less than laying out what is then elided."""
        width = self._widths.get((text, language, role))
        if width is None:
            width = self._font(language, role)[1].horizontalAdvance(text)
            self._widths.put((text, language, role), width)
        return width

    def _laid_out(self, text: str, language: str, role: Role, width_px: int) -> Line:
        font, metrics = self._font(language, role)
        if width_px >= 0:
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width_px)
        from_right = is_right_to_left(language)
        made = QStaticText(text)
        made.setTextFormat(Qt.TextFormat.PlainText)
        made.setTextOption(_option(from_right))
        width = metrics.horizontalAdvance(text) if width_px >= 0 else self._width(text, language, role)
        return Line(made, font, width, metrics.height(), from_right)

    def _font(self, language: str, role: Role) -> tuple[QFont, QFontMetricsF]:
        found = self._fonts.get((language, role))
        if found is None:
            font = font_for(language, role)
            if role in (Role.SMALL, Role.LANE_LABEL):
                font = tabular(font)
            found = self._fonts[(language, role)] = (font, QFontMetricsF(font))
        return found


def _option(right_to_left: bool) -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    if right_to_left:
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
    return option
