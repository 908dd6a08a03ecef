"""A time that changes with every picture of the screen: figures of one width, no new layout. Knows no film."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app import theme
from app.theme.fonts import tabular
from core.timecode import format_ms


class TimecodeLabel(QWidget):
    """HH:MM:SS.mmm. A QLabel would ask its row for a new layout sixty times a second."""

    def __init__(self, name: str, shown_in: QFont, token: str, parent: QWidget | None = None) -> None:
        """`name` is read out; `token` names the colour."""
        super().__init__(parent)
        self._font, self._token = tabular(shown_in), token
        self._text = format_ms(0)
        self._name = name
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """What it shows."""
        return self._text

    def set_ms(self, ms: int, *, spoken: bool) -> None:
        """Show a time; `spoken`: also tell those who listen, which is too much while the film runs."""
        text = format_ms(ms)
        if text != self._text:
            longer = len(text) != len(self._text)
            self._text = text
            self.update()
            if longer:
                self.updateGeometry()
        if spoken:
            self.setAccessibleDescription(text)

    def sizeHint(self) -> QSize:
        """Room for the widest time of as many figures."""
        metrics = QFontMetrics(self._font)
        return QSize(metrics.horizontalAdvance("0" * len(self._text)), metrics.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The figures."""
        painter = QPainter(self)
        painter.setFont(self._font)
        painter.setPen(QColor(theme.current().tokens.colour(self._token)))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._text)
        painter.end()
