"""How a word's block looks: fill by the source of its time, dot, wave and corner. Knows no text and no lanes."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPolygonF

from app.timeline.meaning import Look, is_doubtful
from app.timeline.scene import Inks, Scene
from core.transcript import Word

RADIUS_PX = 3.0
_CORNER_PX = 8.0
_WAVE_STEP_PX = 2.5
_TILDE_PX = 7.0
_TILDE_FROM_PX = 20.0


class Block(NamedTuple):
    """A word on the picture; `rect` is the path of its 1 px edge."""

    word: Word
    language: str
    look: Look
    rect: QRectF


def set_tools(painter: QPainter, inks: Inks, look: Look) -> None:
    """Pen and brush of a look: measured solid, estimated hollow and dashed, re-timed hatched."""
    if look is Look.ESTIMATED:
        painter.setPen(inks.pen("estimated", dashed=True))
        painter.setBrush(Qt.BrushStyle.NoBrush)
    elif look is Look.HEALING:
        painter.setPen(inks.pen("healing"))
        painter.setBrush(inks.hatch("canvas", "healingbg"))
    else:
        painter.setPen(inks.pen("measured"))
        painter.setBrush(inks.colour("measuredbg"))


def draw_grounds(painter: QPainter, scene: Scene, blocks: list[Block]) -> None:
    """Fill and edge of each block; the word being spoken is a step brighter."""
    inks, now_ms = scene.inks, scene.playhead_ms
    for look in Look:
        set_tools(painter, inks, look)
        for block in blocks:
            if block.look is not look:
                continue
            if look is Look.HEALING:
                painter.setBrushOrigin(block.rect.topLeft())  # the hatch moves with its block
            if block.word.start_ms <= now_ms < block.word.end_ms and look is not Look.HEALING:
                painter.setBrush(inks.tint if look is Look.ESTIMATED else inks.spoken)
                painter.drawRoundedRect(block.rect, RADIUS_PX, RADIUS_PX)
                set_tools(painter, inks, look)
            else:
                painter.drawRoundedRect(block.rect, RADIUS_PX, RADIUS_PX)


def draw_marks(painter: QPainter, inks: Inks, blocks: list[Block]) -> None:
    """The dot of words set by hand, the ~ of estimated ones, wave and corner of doubtful ones."""
    for block in blocks:
        if block.look is Look.ESTIMATED and block.rect.width() >= _TILDE_FROM_PX:
            _draw_tilde(painter, inks, block.rect)
        if block.look is Look.BY_HAND:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(inks.colour("measured"))
            painter.drawEllipse(QRectF(block.rect.left() + 3, block.rect.top() + 3, 4, 4))
        if is_doubtful(block.word):
            _draw_doubt(painter, inks, block.rect)


def _draw_tilde(painter: QPainter, inks: Inks, rect: QRectF) -> None:
    """A small ~ that interrupts the top edge; drawn, since a font's own is a smudge at this size."""
    left, top = rect.left() + 5, rect.top()
    painter.fillRect(QRectF(left, top - 1, _TILDE_PX + 4, 2), inks.colour("canvas"))
    wave = QPainterPath(QPointF(left + 2, top + 1.4))
    wave.cubicTo(
        QPointF(left + 4, top - 4), QPointF(left + _TILDE_PX, top + 4), QPointF(left + 2 + _TILDE_PX, top - 1.4)
    )
    painter.setPen(inks.pen("onestimated", 1.3))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(wave)


def _draw_doubt(painter: QPainter, inks: Inks, rect: QRectF) -> None:
    """A wave along the base and a folded corner at the top right."""
    painter.setPen(inks.pen("doubt", 1.4))
    base = rect.bottom() - 3.5
    count = int((rect.width() - 5) // _WAVE_STEP_PX)
    left = rect.left() + 3
    points = [QPointF(left + n * _WAVE_STEP_PX, base + (1.3 if n % 2 else -1.3)) for n in range(count + 1)]
    painter.drawPolyline(QPolygonF(points))
    corner = rect.topRight() + QPointF(0.5, -0.5)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(inks.colour("doubt"))
    fold = [corner, corner - QPointF(_CORNER_PX, 0), corner + QPointF(0, _CORNER_PX)]
    painter.drawPolygon(QPolygonF(fold))
