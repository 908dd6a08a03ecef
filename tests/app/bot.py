"""A `qtbot` for a machine of any speed: it gives up late, by a clock that nobody sets, and it lets events run.

A wait ends as soon as what it waits for is there, so patience costs nothing where a test is right.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from pytestqt.exceptions import TimeoutError as WaitedTooLong
from pytestqt.qtbot import QtBot

PATIENCE_MS: Final = 60_000
"""For a child that starts on a processor which others have, too."""

_LOOKS_EVERY_MS: Final = 10


class PatientBot(QtBot):
    """As pytest-qt's, with other waits."""

    def wait(self, ms: int) -> None:
        """Let events run for so long; pytest-qt's own `wait(0)` lets none run."""
        super().wait(max(1, ms))

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        """Wait until `callback` says True. pytest-qt's goes by the time of day, which tests and systems set."""
        __tracebackhide__ = True
        until_s = time.monotonic() + timeout / 1000
        while not callback():
            if time.monotonic() > until_s:
                raise WaitedTooLong(f"waited for {timeout} ms")
            self.wait(_LOOKS_EVERY_MS)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **rest: Any) -> Any:
        """Wait for a signal."""
        return super().waitSignal(signal, timeout=timeout, **rest)
