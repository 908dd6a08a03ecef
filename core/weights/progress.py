"""How far a model has come: bytes, speed, time left. Knows no network and no clock of its own.

Speed is that of the last ten seconds: networks have good and bad stretches.
"""

from __future__ import annotations

import enum
from collections import deque
from dataclasses import dataclass

_WINDOW_S = 10.0
_LEAST_S = 1.0
"""Nothing is said of speed before so long."""


class Phase(enum.StrEnum):
    """What is being done."""

    ASK = "ask"
    FETCH = "fetch"
    WAIT = "wait"
    CHECK = "check"
    COPY = "copy"
    CONVERT = "convert"


@dataclass(frozen=True, slots=True)
class FetchProgress:
    """A model has come to `done_bytes` of `total_bytes`.

    Attributes:
        model_id: of the catalogue, or a folder's name.
        phase: what is being done.
        source: host or folder it comes from; "" = not known yet.
        bytes_per_s: 0 = not known.
        left_s: -1 = not known.
        wait_s: in `Phase.WAIT`, how long until the next try.
    """

    model_id: str
    phase: Phase
    done_bytes: int
    total_bytes: int
    source: str = ""
    bytes_per_s: int = 0
    left_s: int = -1
    wait_s: int = 0


class Rate:
    """Speed and time left, from how far it had come at what time."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def note(self, now_s: float, done_bytes: int) -> None:
        """It had come to `done_bytes` at `now_s`, of a clock that never goes back."""
        if self._seen and done_bytes < self._seen[-1][1]:
            self._seen.clear()  # begun again
        self._seen.append((now_s, done_bytes))
        while len(self._seen) > 2 and now_s - self._seen[0][0] > _WINDOW_S:
            self._seen.popleft()

    def bytes_per_s(self) -> int:
        """0 while it is not known."""
        if len(self._seen) < 2:
            return 0
        (first_s, first), (last_s, last) = self._seen[0], self._seen[-1]
        return int((last - first) / (last_s - first_s)) if last_s - first_s >= _LEAST_S else 0

    def left_s(self, left_bytes: int) -> int:
        """Seconds for so many more; -1 while it is not known."""
        speed = self.bytes_per_s()
        return -1 if speed <= 0 else int(left_bytes / speed)
