"""How long something is waited for, counted in looks and not by the clock. Knows nothing that is waited for.

A process that got no turn for a while (the machine slept, was paused, or had no memory) has not waited. By the clock
its patience would be over at its first look, though what it waited for had no turn either.
"""

from __future__ import annotations

from collections.abc import Iterator

_LOOK_S = 0.25


def looks(patience_s: float) -> Iterator[float]:
    """How long to wait before each look, in s; together `patience_s`, and one look at least."""
    count = max(1, round(patience_s / _LOOK_S))
    for _ in range(count):
        yield patience_s / count
