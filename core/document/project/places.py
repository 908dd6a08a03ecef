"""Places of rows: integers in the order of the cues, with gaps, so that most edits touch only their own rows. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

GAP = 2**32
"""Between fresh neighbours: a place can be halved 32 times before all are dealt out anew."""


@dataclass(frozen=True, slots=True)
class Dealt:
    """What a splice does to places.

    Attributes:
        places: of all rows afterwards, ascending.
        gone: places no row has any more.
        anew: every row has another place.
    """

    places: list[int]
    gone: tuple[int, ...] = ()
    anew: bool = False


def fresh(count: int) -> list[int]:
    """Places of `count` rows, evenly apart."""
    return [GAP * n for n in range(1, count + 1)]


def spliced(places: Sequence[int], first: int, removed: int, inserted: int) -> Dealt:
    """Places after rows first…first + removed gave way to `inserted` ones; rows that stay keep theirs."""
    kept = min(removed, inserted)
    above, below = [*places[: first + kept]], [*places[first + removed :]]
    gone = tuple(places[first + kept : first + removed])
    between = _between(above[-1] if above else 0, below[0] if below else None, inserted - kept)
    if between is None:
        return Dealt(fresh(len(above) + inserted - kept + len(below)), anew=True)
    return Dealt(above + between + below, gone)


def _between(low: int, high: int | None, count: int) -> list[int] | None:
    """`count` places between two, or None where there is no room."""
    if high is None:
        return [low + GAP * n for n in range(1, count + 1)]
    step = (high - low) // (count + 1)
    if count and step < 1:
        return None
    return [low + step * n for n in range(1, count + 1)]
