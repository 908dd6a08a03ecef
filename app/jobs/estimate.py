"""How long a job will still take. Pure: knows no Qt and no clock; honest enough to say that it does not know yet."""

from __future__ import annotations

from collections import deque

FINDING_OUT_S = 10.0
"""Nothing is said before so long: the first passage also loads the model, and guesses jump."""

_WINDOW_S = 90.0
"""Speed is that of the last so many seconds: films have easy and hard stretches."""


class Estimate:
    """Speed and time left, from how far the job had come at what time."""

    def __init__(self) -> None:
        self._began_s: float | None = None
        self._seen: deque[tuple[float, int]] = deque()
        self._total_ms = 0

    def note(self, now_s: float, done_ms: int, total_ms: int) -> None:
        """The job has come to `done_ms` of `total_ms` of sound; `now_s` from a clock that never goes back."""
        if self._began_s is None:
            self._began_s = now_s
        self._total_ms = total_ms
        self._seen.append((now_s, done_ms))
        while len(self._seen) > 2 and now_s - self._seen[0][0] > _WINDOW_S:
            self._seen.popleft()

    def skip(self, now_s: float, done_ms: int) -> None:
        """What is done up to here came from an earlier run and says nothing about speed."""
        self._seen = deque([(now_s, done_ms)])
        self._began_s = now_s

    def speed(self) -> float | None:
        """Sound done in a second of work, in seconds; None while it is not known."""
        if len(self._seen) < 2:
            return None
        (first_s, first_ms), (last_s, last_ms) = self._seen[0], self._seen[-1]
        if last_s <= first_s or last_ms <= first_ms:
            return None
        return (last_ms - first_ms) / 1000 / (last_s - first_s)

    def left_s(self, now_s: float) -> float | None:
        """Seconds still to go; None while it is being found out."""
        speed = self.speed()
        if speed is None or self._began_s is None or now_s - self._began_s < FINDING_OUT_S:
            return None
        last_s, done_ms = self._seen[-1]
        since_s = min(now_s - last_s, 5.0)
        return max(0.0, (self._total_ms - done_ms) / 1000 / speed - since_s)


def rounded_s(seconds: float) -> int:
    """Time left as it is shown: to 5 s below a minute, to a minute below an hour, then to 5 min; never 0.

    >>> rounded_s(2), rounded_s(33), rounded_s(130), rounded_s(4000)
    (5, 35, 120, 3900)
    """
    step = 5 if seconds < 57.5 else 60 if seconds < 3570 else 300
    return max(step, round(seconds / step) * step)
