"""Which words make a cue: the cheapest division of a run of words, by dynamic programming. Knows no text and no ids.

Every cue that fits is priced once, by arrays over all cues with the same number of words; then the cheapest chain of
them is found from the left. The window is as long as the longest cue that fits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from core.cues import costs
from core.cues.costs import INFEASIBLE, Ints
from core.cues.layout import Measures, best_layouts, line_ends
from core.cues.line_breaks import Parting
from core.cues.scripts import columns
from core.cues.styles import Style
from core.transcript import Word

_NEVER_MS = 1 << 40


@dataclass(frozen=True, slots=True)
class Run:
    """Words to be divided, as arrays.

    Attributes:
        start_ms, end_ms, next_ms: (n,) each word's times and the start of the one behind it.
        parting: (n,) `Parting` behind each word.
        passage: (n,) number of the passage each word belongs to; no cue crosses from one to the next.
        measures: columns and line prices.
        style: what is built to.
        gap_ms: least gap between two cues.
        longest_ms: how long the words of a cue may last.
    """

    start_ms: Ints
    end_ms: Ints
    next_ms: Ints
    parting: Ints
    passage: Ints
    measures: Measures
    style: Style
    gap_ms: int
    longest_ms: int

    def __len__(self) -> int:
        return len(self.start_ms)

    @property
    def pauses_ms(self) -> Ints:
        """(n,) silence behind each word."""
        pauses: Ints = self.next_ms - self.end_ms
        return pauses


@dataclass(frozen=True, slots=True)
class Span:
    """One cue found: words first..last (half open) and how many words stand before each of its line breaks."""

    first: int
    last: int
    line_ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Division:
    """The cheapest division and its price."""

    spans: tuple[Span, ...]
    cost: int


def run_of(
    words: Sequence[Word],
    kinds: Sequence[Parting],
    passages: Sequence[int],
    style: Style,
    *,
    frame_rate: Fraction | None,
    next_start_ms: int | None,
) -> Run:
    """`words` (spaced by `line_breaks.spaced`) as arrays; `next_start_ms`: what comes behind them, None = nothing."""
    gap_ms = style.min_gap_ms(frame_rate)
    longest_ms = style.max_duration_ms - style.frame_ms(frame_rate)
    start_ms = _ints([word.start_ms for word in words])
    end_ms = _ints([word.end_ms for word in words])
    next_ms = np.append(start_ms[1:], next_start_ms if next_start_ms is not None else _NEVER_MS)
    space = _ints([columns(word.after) for word in words])
    width = _ints([columns(word.text) for word in words])
    parting = _ints(list(kinds))
    before = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(width + space)))
    price = costs.line_parting(parting, next_ms - end_ms)
    measures = Measures(before, space, price, style.max_line_columns, style.max_lines)
    return Run(start_ms, end_ms, next_ms, parting, _ints(list(passages)), measures, style, gap_ms, longest_ms)


def divide(run: Run) -> Division:
    """The cheapest division of `run` into cues."""
    if not len(run):
        return Division((), 0)
    prices, codes = priced(run)
    best, taken = _cheapest_chain(prices)
    spans: list[Span] = []
    last = len(run)
    while last:
        count = int(taken[last])
        spans.append(Span(last - count, last, line_ends(int(codes[last, count - 1]), count)))
        last -= count
    return Division(tuple(reversed(spans)), best)


def priced(run: Run) -> tuple[Ints, Ints]:
    """(prices, layout codes), both (n + 1, window): row j, column k - 1 is the cue of the k words before position j."""
    longest = _longest_cues(run)
    window = int(longest.max())
    prices = np.full((len(run) + 1, window), INFEASIBLE, dtype=np.int64)
    codes = np.zeros((len(run) + 1, window), dtype=np.int64)
    fixed = _EndPrices.of(run)
    for count in range(1, window + 1):
        first = np.flatnonzero(longest >= count)
        cost, code = best_layouts(run.measures, first, count)
        cost += fixed.price(run, first, count)
        prices[first + count, count - 1] = np.minimum(cost, INFEASIBLE)
        codes[first + count, count - 1] = code
    return prices, codes


@dataclass(frozen=True, slots=True)
class _EndPrices:
    """What depends on no layout, prepared as arrays over positions.

    Attributes:
        parting: (n,) price of a cue's end behind each word.
        pauses_before, sentences_before: (n + 1,) running sums of prices of pauses inside and of sentence ends.
        opens: (n,) whether a sentence or passage begins with the word.
        room_end_ms: (n,) the latest a cue ending with the word may stand, whatever for.
        shown_end_ms: (n,) the latest it may stand to be read.
    """

    parting: Ints
    pauses_before: Ints
    sentences_before: Ints
    opens: Ints
    room_end_ms: Ints
    shown_end_ms: Ints

    @classmethod
    def of(cls, run: Run) -> _EndPrices:
        ends = (run.parting == Parting.SENTENCE).astype(np.int64)
        room_end_ms = np.maximum(run.end_ms, run.next_ms - run.gap_ms)
        lead_end_ms = np.minimum(run.end_ms + run.style.lead_out_ms, room_end_ms)
        chained = run.next_ms - lead_end_ms <= run.style.chain_ms
        return cls(
            parting=costs.parting(run.parting, run.pauses_ms),
            pauses_before=_running(costs.pause_inside(np.minimum(run.pauses_ms, _NEVER_MS >> 10))),
            sentences_before=_running(ends),
            opens=np.concatenate((np.ones(1, dtype=np.int64), ends[:-1])),
            room_end_ms=room_end_ms,
            shown_end_ms=np.where(chained, room_end_ms, lead_end_ms),
        )

    def price(self, run: Run, first: Ints, count: int) -> Ints:
        """The price of the cues of `count` words from each position of `first`, lines left out."""
        style, last = run.style, first + count - 1
        start_ms = run.start_ms[first]
        shown_ms = np.minimum(self.shown_end_ms[last] - start_ms, style.max_duration_ms)
        inner = self.sentences_before[last] - self.sentences_before[first]
        whole = (self.opens[first] == 1) & (run.parting[last] == Parting.SENTENCE)
        cost: Ints = costs.CUE + self.parting[last] + self.pauses_before[last] - self.pauses_before[first]
        cost += costs.sentence_inside(inner, whole)
        cost += costs.stub(run.measures.columns(first, count), whole, style.max_line_columns)
        cost += costs.too_short(self.room_end_ms[last] - start_ms, style.min_duration_ms)
        cost += costs.reading_speed(_needed_ms(run, first, count), shown_ms)
        return cost


def _needed_ms(run: Run, first: Ints, count: int) -> Ints:
    """`measure.reading_ms` for arrays."""
    style = run.style
    total = run.measures.columns(first, count)
    by_words = -(-count * 60_000 // style.max_wpm) if style.max_wpm else 0
    if not style.max_cps:
        return np.full_like(total, by_words)
    needed: Ints = np.maximum(by_words, -(-total * 1000 // (style.max_cps * style.columns_per_char)))
    return needed


def _longest_cues(run: Run) -> Ints:
    """(n,) how many words the longest cue from each position may have by columns, time and passage; at least one."""
    n = len(run)
    position = np.arange(n, dtype=np.int64)
    ends = run.measures.before[1:] - run.measures.space
    by_columns = np.searchsorted(ends, run.measures.before[:-1] + run.measures.most_columns, side="right")
    spoken_by_ms = np.maximum.accumulate(run.end_ms)
    by_time = np.searchsorted(spoken_by_ms, run.start_ms + run.longest_ms, side="right")
    by_passage = np.searchsorted(run.passage, run.passage, side="right")
    most: Ints = np.minimum(np.minimum(by_columns, by_time), by_passage) - position
    return np.maximum(1, most)


def _cheapest_chain(prices: Ints) -> tuple[int, Ints]:
    """(price, words in the cue that ends at each position) of the cheapest chain of cues; shorter cues win ties."""
    positions, window = prices.shape
    # best[window + j] is the price of the first j words; the places before it keep the window whole at the start.
    best = np.full(window + positions, INFEASIBLE, dtype=np.int64)
    best[window] = 0
    taken = np.zeros(positions, dtype=np.int64)
    for last in range(1, positions):
        sums = best[last : last + window][::-1] + prices[last]
        count = int(sums.argmin())
        best[window + last] = sums[count]
        taken[last] = count + 1
    return int(best[-1]), taken


def _running(values: Ints) -> Ints:
    return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(values)))


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)
