"""Short work off the window's thread: reading a file, looking through a folder. Knows nothing of what the work is.

Work that takes longer than a second, or that opens media, belongs to a child process (`app.engine_bridge`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from core.errors import CuesmithError, wrap_unexpected


class Background(QObject):
    """Runs functions on one thread of its own, in order; answers come in the window's thread.

    Signals:
        _ended(then, value): internal, from the thread to the window.
    """

    _ended = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._closed = False
        self._ended.connect(self._answer, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], Any],
        then: Callable[[Any], object],
        failed: Callable[[CuesmithError], object],
    ) -> None:
        """Call `work` on the thread, then `then` with what it returned, or `failed`, in the window's thread."""
        if not self._closed:
            self._pool.start(_Task(work, then, failed, self._ended.emit))

    def close(self) -> None:
        """Wait for what runs; answers that are still on their way are dropped."""
        self._closed = True
        self._pool.clear()
        self._pool.waitForDone()

    @Slot(object, object)
    def _answer(self, then: Callable[[Any], object], value: Any) -> None:
        if not self._closed:
            then(value)


class _Task(QRunnable):
    """One piece of work."""

    def __init__(
        self,
        work: Callable[[], Any],
        then: Callable[[Any], object],
        failed: Callable[[CuesmithError], object],
        tell: Callable[[object, object], None],
    ) -> None:
        super().__init__()
        self._work, self._then, self._failed, self._tell = work, then, failed, tell

    def run(self) -> None:
        """Called by the pool."""
        try:
            value = self._work()
        except Exception as error:  # noqa: BLE001 - the border of a thread: the window must hear of it
            self._tell(self._failed, wrap_unexpected(error))
        else:
            self._tell(self._then, value)
