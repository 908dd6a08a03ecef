"""A check box drawn from tokens: the style's own is nearly invisible on dark ground. Knows no document."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox

from app import theme
from app.theme import mixed, pixmap
from app.theme.palette import DISABLED_SHARE

_BOX_PX, _GAP_PX, _LEAST_PX, _RING_PX = 16, 8, 24, 2


class CheckBox(QCheckBox):
    """16 px in a target of 24, with the ring of the keys around it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setAccessibleName(text)
        theme.current().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Room for the ring, the box and the text."""
        metrics = self.fontMetrics()
        width_px = 2 * _RING_PX + _BOX_PX + _GAP_PX + metrics.horizontalAdvance(self.text()) + 2
        return QSize(width_px, max(_LEAST_PX, metrics.height() + 4))

    def hitButton(self, pos: QPointF) -> bool:  # type: ignore[override]  # the stubs name QPoint, Qt gives either
        """All of it, text included."""
        return self.rect().contains(int(pos.x()), int(pos.y()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Box, check, text."""
        tokens = theme.current().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self._box()
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), _RING_PX))
            painter.drawRoundedRect(box.adjusted(-1.5, -1.5, 1.5, 1.5), 4, 4)
        on, edge = self.isChecked(), tokens.accentfill if self.isChecked() else tokens.edge
        painter.setPen(QColor(edge))
        painter.setBrush(QColor(tokens.accentfill if on else tokens.field))
        painter.drawRoundedRect(box, 3, 3)
        if on:
            scale = self.devicePixelRatioF()
            painter.drawPixmap(box.topLeft(), pixmap("check", tokens.onaccent, _BOX_PX - 1, scale=scale))
        colour = tokens.text if self.isEnabled() else mixed(tokens.text, tokens.panel, DISABLED_SHARE)
        painter.setPen(QColor(colour))
        painter.drawText(self._text_rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, self.text())
        painter.end()

    def _box(self) -> QRectF:
        left = self.width() - _RING_PX - _BOX_PX if self.isRightToLeft() else _RING_PX
        return QRectF(left + 0.5, (self.height() - _BOX_PX) // 2 + 0.5, _BOX_PX - 1, _BOX_PX - 1)

    def _text_rect(self) -> QRect:
        taken = _RING_PX + _BOX_PX + _GAP_PX
        return self.rect().adjusted(0, 0, -taken, 0) if self.isRightToLeft() else self.rect().adjusted(taken, 0, 0, 0)
