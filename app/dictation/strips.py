"""Small drawings of live sound: the level now, that of the last while, the delay. Knows no device and no engine."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app import theme
from app.i18n import tr
from app.theme.fonts import Role, font, tabular

_LOWEST_DB = -60.0
_MARKS_DB = (-60, -24, -6)
_PEAK_FALLS_DB = 1.5
_BAR_PX, _BAR_GAP_PX = 3, 2


class LevelBar(QWidget):
    """How loud it is now, with the peak of the last while; −60 to 0 dBFS."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(28)
        self.setAccessibleName(tr("Level of the microphone"))
        self._rms, self._peak = _LOWEST_DB, _LOWEST_DB

    def show_level(self, rms_db: float, peak_db: float) -> None:
        """Another tenth of a second."""
        self._rms = max(_LOWEST_DB, rms_db)
        self._peak = max(_LOWEST_DB, peak_db, self._peak - _PEAK_FALLS_DB)
        self.update()

    def clear(self) -> None:
        """No sound comes."""
        self._rms = self._peak = _LOWEST_DB
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        tokens = theme.current().tokens
        painter = QPainter(self)
        width = float(self.width())
        painter.fillRect(QRectF(0, 2, width, 8), QColor(tokens.line))
        colour = tokens.error if self._peak > -1 else tokens.measured
        painter.fillRect(QRectF(0, 2, self._x(self._rms), 8), QColor(colour))
        if self._peak > _LOWEST_DB:
            painter.fillRect(QRectF(self._x(self._peak) - 1, 0, 2, 12), QColor(tokens.text))
        painter.setFont(font(Role.LANE_LABEL))
        painter.setPen(QColor(tokens.text3))
        for mark in _MARKS_DB:
            text = tr("{0} dB").format(f"−{-mark}") if mark == _MARKS_DB[-1] else f"−{-mark}"
            size = painter.fontMetrics().horizontalAdvance(text)
            left = min(max(0.0, self._x(mark) - size / 2), width - size)
            painter.drawText(QRectF(left, 13, size + 2, 15), Qt.AlignmentFlag.AlignLeft, text)

    def _x(self, db: float) -> float:
        return self.width() * min(1.0, (db - _LOWEST_DB) / -_LOWEST_DB)


Levels = deque[tuple[float, bool]]
"""Peaks in dBFS, a tenth of a second each, the newest last; whether they were recorded."""


class LevelHistory(QWidget):
    """The last while as bars; the newest at the right, in colour while it is recorded."""

    def __init__(self, height_px: int = 52, levels: Levels | None = None) -> None:
        """`levels`: shared with another one."""
        super().__init__()
        self.setFixedHeight(height_px)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Sound of the last seconds"))
        self.levels: Levels = levels if levels is not None else deque(maxlen=600)

    def add(self, peak_db: float, *, recorded: bool) -> None:
        """Another tenth of a second."""
        self.levels.append((peak_db, recorded))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        tokens = theme.current().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.canvas))
        painter.drawRoundedRect(self.rect(), 4, 4)
        middle, step = self.height() / 2, _BAR_PX + _BAR_GAP_PX
        x = self.width() - 12.0
        for index, (db, recorded) in enumerate(reversed(self.levels)):
            if x < 8:
                break
            share = max(0.0, (db - _LOWEST_DB) / -_LOWEST_DB)
            half = max(1.0, share**1.6 * (self.height() / 2 - 6))
            token = tokens.accent if recorded and index < 30 else tokens.wave if recorded else tokens.edge
            painter.setBrush(QColor(token))
            painter.drawRoundedRect(QRectF(x, middle - half, _BAR_PX, half * 2), 1.5, 1.5)
            x -= step


class DelayLine(QWidget):
    """The delay of the last three minutes, a point a second, 0 to 3 seconds and over."""

    _TOP_MS = 3_000

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(36)
        self.setAccessibleName(tr("Delay of the last minutes"))
        self._delays: deque[int] = deque(maxlen=180)

    def add(self, delay_ms: int) -> None:
        """One more."""
        self._delays.append(delay_ms)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        tokens = theme.current().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.line), 1, Qt.PenStyle.DotLine))
        painter.drawLine(0, 14, self.width(), 14)
        painter.setFont(tabular(font(Role.LANE_LABEL)))
        painter.setPen(QColor(tokens.text3))
        painter.drawText(QRectF(0, 0, self.width(), 13), Qt.AlignmentFlag.AlignRight, tr("{0} s").format(3))
        if len(self._delays) < 2:
            return
        room = self.height() - 16.0
        step = self.width() / (len(self._delays) - 1)
        points = QPolygonF()
        for index, delay in enumerate(self._delays):
            share = min(1.0, delay / self._TOP_MS)
            points.append(QRectF(index * step, self.height() - 2 - share * room, 0, 0).topLeft())
        slow = self._delays[-1] > self._TOP_MS
        painter.setPen(QPen(QColor(tokens.doubt if slow else tokens.accent), 1.5))
        painter.drawPolyline(points)
