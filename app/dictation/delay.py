"""How far the words are behind the sound, said honestly while the engine says nothing, too. Knows no engine."""

from __future__ import annotations

from core.timecode import ms_from_samples

SLOW_MS = 3_000
"""A delay over this is said in so many words."""


class Delay:
    """What the engine said last, and what was recorded since it said it.

    An engine in a long step, or one that still loads, says nothing; the delay grows all the same.
    """

    def __init__(self) -> None:
        self._told_ms = self._told_samples = 0

    def told(self, lag_ms: int, samples: int) -> None:
        """The engine says that it is `lag_ms` behind; `samples` are recorded."""
        self._told_ms, self._told_samples = lag_ms, samples

    def begin(self, samples: int) -> None:
        """Another stretch of speech begins there; what is still to come of the one before stays to come."""
        self._told_samples = samples

    def ms(self, samples: int) -> int:
        """The delay now that `samples` are recorded."""
        return self._told_ms + ms_from_samples(max(0, samples - self._told_samples))
