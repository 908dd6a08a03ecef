"""The ruler's lane: ticks and times. Knows no cues; where ticks stand is `timeline.ruler`'s."""

from __future__ import annotations

from PySide6.QtCore import QLine
from PySide6.QtGui import QPainter

from app.theme.fonts import Role
from app.timeline.ruler import ticks
from app.timeline.scene import Scene
from app.timeline.texts import Texts

_TALL_PX = 9
_SMALL_PX = 4
_LABEL_GAP_PX = 4


class RulerPainter:
    """Draws the ruler."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def draw(self, painter: QPainter, scene: Scene) -> None:
        """Draw ground, ticks and labels."""
        band, inks = scene.layout.ruler, scene.inks
        width = scene.right_px - scene.left_px
        painter.fillRect(scene.left_px, band.top, width, band.height, inks.colour("panel"))
        painter.fillRect(scene.left_px, band.bottom - 1, width, 1, inks.colour("line"))
        marks = ticks(scene.view, scene.document.frame_rate)
        foot = band.bottom - 2
        lines = []
        painter.setPen(inks.colour("text2"))
        for tick in marks:
            x = round(scene.view.x_of(tick.ms))
            lines.append(QLine(x, foot - (_TALL_PX if tick.label else _SMALL_PX), x, foot))
            if tick.label:
                line = self._texts.line(tick.label, role=Role.SMALL)
                line.draw(painter, x + _LABEL_GAP_PX, band.top + (band.height - 2 - line.height) / 2)
        painter.setPen(inks.pen("edge"))
        painter.drawLines(lines)
