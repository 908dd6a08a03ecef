"""Reference cycles are searched for in the window's thread only. Knows no widget.

Python searches in whichever thread has just made an object, and what it finds dies there. Timers and widgets of Qt may
only die in the window's thread: a timer in a cycle, found by another thread, ended the program with signal 11 (PySide6
6.11.3, a dozen lines of Python). Children have no window; they search as ever.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer

from core import collector

EVERY_MS = 200
"""How often it is looked whether a search is due; looking takes microseconds."""


class Collecting:
    """From now until `close`."""

    def __init__(self) -> None:
        self._timer = QTimer()
        self._timer.timeout.connect(collector.search_if_due)
        self._timer.start(EVERY_MS)
        collector.take_over()

    def close(self) -> None:
        """Let Python search wherever it likes again; to be called when no window is left."""
        self._timer.stop()
        collector.hand_back()
