"""The thin line under the picture: how far the film is, and a place to go elsewhere by pointer. Knows no player.

By keyboard one goes elsewhere with the actions and in the timeline, so the line takes no focus.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app import theme
from app.editor.session import Session
from app.i18n import tr

LINE_PX = 4
_HIT_PX = 24


class ProgressLine(QWidget):
    """Four pixels to see, 24 to hit."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._filled_px = -1
        self.setFixedHeight(_HIT_PX)
        self.setAccessibleName(tr("Progress through the film"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        session.playheadMoved.connect(self._moved)
        session.mediaChanged.connect(self._moved)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Done and to come, from left to right in every language: it is time."""
        tokens = theme.current().tokens
        painter = QPainter(self)
        top = self.height() - LINE_PX
        painter.fillRect(QRectF(0, top, self.width(), LINE_PX), QColor(tokens.line))
        painter.fillRect(QRectF(0, top, self._width_done(), LINE_PX), QColor(tokens.accent))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._seek(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go along."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._seek(event.position().x())

    def _seek(self, x: float) -> None:
        share = min(max(x / max(1, self.width()), 0.0), 1.0)
        self._session.seek(round(self._session.duration_ms * share))

    def _width_done(self) -> float:
        duration_ms = self._session.duration_ms
        return self.width() * min(1.0, self._session.playhead_ms / duration_ms) if duration_ms else 0.0

    def _moved(self, _ms: int = 0) -> None:
        """Paint only when it shows: in a long film a pixel takes seconds."""
        filled_px = round(self._width_done())
        if filled_px != self._filled_px:
            self._filled_px = filled_px
            self.update(0, self.height() - LINE_PX, self.width(), LINE_PX)
