"""A timer that ticks as often as the screen shows a picture. Knows nothing of what moves."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

_PLAIN_HERTZ = 60.0
_LEAST_HERTZ = 30.0
_LEAST_MS = 4


class ScreenTicks(QTimer):
    """Calls `then` while it runs."""

    def __init__(self, then: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setTimerType(Qt.TimerType.PreciseTimer)
        self.timeout.connect(then)

    def begin(self) -> None:
        """Tick, at the rate of the screen as it is now."""
        screen = QGuiApplication.primaryScreen()
        hertz = screen.refreshRate() if screen is not None else _PLAIN_HERTZ
        self.start(max(_LEAST_MS, round(1000 / max(hertz, _LEAST_HERTZ))))
