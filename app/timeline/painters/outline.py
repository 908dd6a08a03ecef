"""How a selected block is marked: 2 px outside, grips inside. Knows no lanes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from app.timeline.scene import Inks

_OUTLINE_PX = 2.0
_GRIP_PX = 3.0
_GRIPS_FROM_PX = 24.0
_GRIP_INSET_PX = 4.0


def draw_selected(painter: QPainter, inks: Inks, rect: QRectF, radius: float, *, grips: bool = True) -> None:
    """The outline around `rect` (the path of its own 1 px edge) and, where it can be held, grips inside both ends."""
    grown = rect.adjusted(-0.5, -0.5, 0.5, 0.5)
    painter.setPen(inks.pen("accent", _OUTLINE_PX))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(grown, radius + 0.5, radius + 0.5)
    if not grips or rect.width() < _GRIPS_FROM_PX:
        return
    height = min(rect.height() * 0.5, 22.0)
    top = rect.center().y() - height / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(inks.colour("accent"))
    for left in (rect.left() + _GRIP_INSET_PX, rect.right() - _GRIP_INSET_PX - _GRIP_PX):
        painter.drawRoundedRect(QRectF(left, top, _GRIP_PX, height), _GRIP_PX / 2, _GRIP_PX / 2)
