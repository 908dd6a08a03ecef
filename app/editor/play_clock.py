"""Where the film stands between two reports of the player. Pure arithmetic: knows no player and no timer.

The player says about every 50 ms where it is; a playhead that follows only these jumps. Between them time runs on at
the playing rate. It never runs backwards but for a real jump, and never far past the last report: a player that
stalls, or whose reports wait in a busy window, takes the playhead with it.
"""

from __future__ import annotations

_JUMP_MS = 150.0
"""A report that is so far ahead of what was shown is a jump, not jitter."""

_MOST_AHEAD_MS = 250.0
"""How far time runs on without a report, at normal speed; reports come every 40 to 65 ms. A report that is further
behind than this and jitter is a jump; a nearer one is of a player that stalled."""


class PlayClock:
    """Positions in ms of film, clock readings in seconds."""

    def __init__(self) -> None:
        self._reported_ms = 0.0
        self._reported_at_s = 0.0
        self._rate = 1.0
        self._shown_ms = 0.0

    def start(self, ms: float, rate: float, now_s: float) -> None:
        """Play on from `ms` at `rate` (1.0 = normal)."""
        self._reported_ms = self._shown_ms = ms
        self._reported_at_s, self._rate = now_s, rate

    def report(self, ms: float, now_s: float) -> None:
        """The player says that it is at `ms`."""
        self._reported_ms, self._reported_at_s = ms, now_s
        faster = max(1.0, self._rate)
        if not -(_MOST_AHEAD_MS + _JUMP_MS) * faster <= ms - self._shown_ms <= _JUMP_MS * faster:
            self._shown_ms = ms

    def ms(self, now_s: float) -> int:
        """Where to show the playhead."""
        ahead_ms = min((now_s - self._reported_at_s) * 1000, _MOST_AHEAD_MS) * self._rate
        self._shown_ms = max(self._shown_ms, self._reported_ms + ahead_ms)
        return round(self._shown_ms)
