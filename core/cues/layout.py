"""The best line breaks inside cues, for many cues at once. Knows columns and prices, no words and no times.

Every layout that fits is tried (exhaustive, with the ones that cannot fit cut off early): for k words in two lines
there are k - 1, and no more than a handful of them fit. The work runs over whole arrays of cues of equal word count.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.cues import costs
from core.cues.costs import INFEASIBLE, Ints


@dataclass(frozen=True, slots=True)
class Measures:
    """Columns of a run of words and the price of a line break behind each.

    Attributes:
        before: (n + 1,) columns of all words before each position, spaces included.
        space: (n,) columns of the space behind each word.
        line_parting: (n,) price of a line break behind each word.
        line_columns: columns a line may have.
        max_lines: lines a cue may have.
    """

    before: Ints
    space: Ints
    line_parting: Ints
    line_columns: int
    max_lines: int

    def columns(self, first: Ints, count: int) -> Ints:
        """Columns of `count` words from each position of `first`, without the space behind the last."""
        last = first + count
        length: Ints = self.before[last] - self.before[first] - self.space[last - 1]
        return length

    @property
    def most_columns(self) -> int:
        """Columns a cue may have: its lines and the spaces that line breaks replace."""
        return self.max_lines * self.line_columns + self.max_lines - 1


def best_layouts(measures: Measures, first: Ints, count: int) -> tuple[Ints, Ints]:
    """(cost, code) of the best lines for `count` words from each position of `first`.

    A cue has as few lines as will hold it; a single word always stands, however long. `code` is for `line_ends`; the
    cost is `INFEASIBLE` where nothing fits.
    """
    cost = np.full(len(first), INFEASIBLE, dtype=np.int64)
    code = np.zeros(len(first), dtype=np.int64)
    total = measures.columns(first, count)
    one = np.ones_like(total, dtype=np.bool_) if count == 1 else total <= measures.line_columns
    cost[one] = 0
    for lines in range(2, min(measures.max_lines, count) + 1):
        rest = np.flatnonzero((cost == INFEASIBLE) & (total <= lines * measures.line_columns + lines - 1))
        if len(rest):
            found, found_code = _split(measures, first[rest], count, lines, lines, total[rest])
            cost[rest] = np.minimum(INFEASIBLE, found + costs.LINE * (lines - 1))
            code[rest] = found_code
    return cost, code


def line_ends(code: int, count: int) -> tuple[int, ...]:
    """How many words stand before each line break, from the code of a layout of `count` words."""
    ends: list[int] = []
    done = 0
    while code:
        code, words = divmod(code, count + 1)
        done += words
        ends.append(done)
    return tuple(ends)


def _split(
    measures: Measures, first: Ints, count: int, lines: int, of_lines: int, total: Ints, base: int = 0
) -> tuple[Ints, Ints]:
    """Best (cost, code) for exactly `lines` more lines of a cue that has `of_lines` and `total` columns.

    A code lists the words a line has, first line lowest, in base `base` (the whole cue's word count + 1).
    """
    base = base or count + 1
    limit = measures.line_columns
    if lines == 1:
        length = measures.columns(first, count)
        cost = costs.balance(length, total, of_lines, last=True, line_limit=limit)
        return np.where(length <= limit, cost, INFEASIBLE), np.zeros_like(first)
    best = np.full(len(first), INFEASIBLE, dtype=np.int64)
    best_code = np.zeros(len(first), dtype=np.int64)
    for head in range(1, count - lines + 2):
        top = measures.columns(first, head)
        below = measures.columns(first + head, count - head)
        fits = np.flatnonzero((top <= limit) & (below <= (lines - 1) * (limit + 1) - 1))
        if not len(fits):
            continue
        here = first[fits]
        under, under_code = _split(measures, here + head, count - head, lines - 1, of_lines, total[fits], base)
        cost = under + measures.line_parting[here + head - 1]
        cost += costs.balance(top[fits], total[fits], of_lines, last=False, line_limit=limit)
        better = cost < best[fits]
        best[fits[better]] = cost[better]
        best_code[fits[better]] = (under_code * base + head)[better]
    return best, best_code
