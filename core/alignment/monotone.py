"""Makes predicted times rise: the step between the forced aligner's classes and word times. Knows no model.

Same result as transformers' `_fix_timestamps` (from qwen-asr's `fix_timestamp`), to the last tie, in O(n log n) instead
of O(n²): the longest run that never falls is kept; what lies outside it is snapped to its neighbours (one or two
values) or shared out evenly between them (more).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

_SNAPPED = 2
"""Up to so many stray values in a row take a neighbour's."""


def rising(values: Sequence[float]) -> list[int]:
    """`values` made to rise, truncated to integers; the same count."""
    if not values:
        return []
    made = list(values)
    kept = sorted(longest_rise(values))
    edges = [-1, *kept, len(values)]
    for left, right in pairwise(edges):
        if right - left > 1:
            before = made[left] if left >= 0 else None
            after = values[right] if right < len(values) else None
            made[left + 1 : right] = _filled(before, after, right - left - 1)
    return [int(value) for value in made]


def longest_rise(values: Sequence[float]) -> list[int]:
    """Indices of the longest subsequence that never falls, last first.

    Of equally long ones: the first end, and at each step the earliest predecessor.
    """
    ranks = {value: rank for rank, value in enumerate(sorted(set(values)), start=1)}
    best = _PrefixBest(len(ranks))
    lengths: list[int] = []
    parents: list[int] = []
    for index, value in enumerate(values):
        length, parent = best.up_to(ranks[value])
        lengths.append(length + 1)
        parents.append(parent)
        best.put(ranks[value], length + 1, index)
    index = lengths.index(max(lengths))
    rise = []
    while index >= 0:
        rise.append(index)
        index = parents[index]
    return rise


class _PrefixBest:
    """The longest run, and the earliest index where it ends, over all values up to a rank (a Fenwick tree)."""

    def __init__(self, size: int) -> None:
        self._best = [(0, 1)] * (size + 1)  # (length, −index): the greatest is the longest, then the earliest

    def up_to(self, rank: int) -> tuple[int, int]:
        """(length, index), or (0, -1) where there is none."""
        found = (0, 1)
        while rank:
            found = max(found, self._best[rank])
            rank -= rank & -rank
        return found[0], -found[1]

    def put(self, rank: int, length: int, index: int) -> None:
        """A run of `length` ends at `index` with the value of `rank`."""
        while rank < len(self._best):
            self._best[rank] = max(self._best[rank], (length, -index))
            rank += rank & -rank


def _filled(before: float | None, after: float | None, count: int) -> list[float]:
    """Values for `count` strays between two kept ones; at an end there is only one."""
    if before is None or after is None:
        near = after if before is None else before
        return [near if near is not None else 0.0] * count
    if count <= _SNAPPED:
        return [before if place <= count + 1 - place else after for place in range(1, count + 1)]
    step = (after - before) / (count + 1)
    return [before + step * place for place in range(1, count + 1)]
