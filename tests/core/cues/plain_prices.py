"""The builder's prices once more, word by word and without arrays, and every division tried. For comparison only.

Written from the prices' names and docstrings, not from the search: it shares their constants and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from core.cues import costs
from core.cues.line_breaks import Parting
from core.cues.measure import reading_ms
from core.cues.scripts import columns
from core.cues.styles import Style
from core.transcript import Word, words_text


class PlainPrices:
    """Prices of cues of one passage. Positions are half open: cue (first, last) holds words[first:last]."""

    def __init__(self, words: Sequence[Word], kinds: Sequence[Parting], style: Style, gap_ms: int) -> None:
        self._words, self._kinds, self._style, self._gap_ms = words, kinds, style, gap_ms

    def cheapest(self) -> int:
        """The least price of any division into cues, every one of them tried."""
        n = len(self._words)
        best = {(first, last): self.cue(first, last) for first in range(n) for last in range(first + 1, n + 1)}
        return min(sum(best[span] for span in spans) for spans in _divisions(n))

    def cue(self, first: int, last: int) -> int:
        """The price of a cue with its best lines."""
        return self._fixed(first, last) + min(
            self._lines(first, last, ends)
            for count in self._line_counts(first, last)
            for ends in _ends(first, last, count)
        )

    def cue_with_lines(self, first: int, last: int, line_ends: Sequence[int]) -> int:
        """The price of a cue whose lines end behind so many words."""
        return self._fixed(first, last) + self._lines(first, last, [first + end for end in line_ends])

    def _line_counts(self, first: int, last: int) -> list[int]:
        """The fewest lines that hold the words, or one where nothing does."""
        for count in range(1, self._style.max_lines + 1):
            if any(self._lines(first, last, ends) < costs.INFEASIBLE for ends in _ends(first, last, count)):
                return [count]
        return [1]

    def _pause_ms(self, index: int) -> int:
        if index + 1 == len(self._words):
            return 1 << 20
        return self._words[index + 1].start_ms - self._words[index].end_ms

    def _place(self, index: int) -> int:
        kind, pause_ms = self._kinds[index], min(self._pause_ms(index), costs.FULL_PAUSE_MS)
        share = {Parting.HELD: 80, Parting.FORBIDDEN: 0}.get(kind, 100)
        full = costs.PARTING[kind]
        return full - full * share * pause_ms // (100 * costs.FULL_PAUSE_MS)

    def _line_place(self, index: int) -> int:
        held = self._kinds[index] is Parting.HELD
        return self._place(index) * (costs.HELD_LINE_SHARE if held else costs.LINE_SHARE) // 100

    def _fixed(self, first: int, last: int) -> int:
        words, style = self._words, self._style
        spoken_ms = words[last - 1].end_ms - words[first].start_ms
        if spoken_ms > style.max_duration_ms and last - first > 1:
            return costs.INFEASIBLE
        inside = range(first, last - 1)
        text_columns = columns(words_text(words[first:last]))
        begins = first == 0 or self._kinds[first - 1] is Parting.SENTENCE
        whole = begins and self._kinds[last - 1] is Parting.SENTENCE
        price = costs.CUE + self._place(last - 1)
        price += sum(max(0, self._pause_ms(i) - costs.FREE_PAUSE_MS) * 4 // 10 for i in inside)
        sentences = sum(self._kinds[i] is Parting.SENTENCE for i in inside)
        price += sentences * (costs.WHOLE_SENTENCE if whole else costs.CUT_SENTENCE)
        enough = max(1, style.max_line_columns // 3)
        price += 0 if whole else max(0, enough - text_columns) * costs.STUB // enough
        room_ms, shown_ms = self._times(first, last)
        price += max(0, style.min_duration_ms - room_ms) * 300 // style.min_duration_ms
        return price + max(0, reading_ms(text_columns, last - first, style) - shown_ms) // 5

    def _times(self, first: int, last: int) -> tuple[int, int]:
        """(how long the cue could stand, how long it will stand to be read)."""
        start_ms, end_ms = self._words[first].start_ms, self._words[last - 1].end_ms
        next_ms = end_ms + self._pause_ms(last - 1)
        latest_ms = max(end_ms, next_ms - self._gap_ms)
        led_ms = min(end_ms + self._style.lead_out_ms, latest_ms)
        if next_ms - led_ms <= self._style.chain_ms:
            led_ms = latest_ms
        return latest_ms - start_ms, min(led_ms - start_ms, self._style.max_duration_ms)

    def _lines(self, first: int, last: int, ends: Sequence[int]) -> int:
        """The price of lines that end before each position of `ends`."""
        limit = self._style.max_line_columns
        edges = [first, *ends, last]
        lengths = [columns(words_text(self._words[a:b])) for a, b in pairwise(edges)]
        if last - first == 1:
            return 0
        if max(lengths) > limit:
            return costs.INFEASIBLE
        if not ends:
            return 0
        total = columns(words_text(self._words[first:last]))
        price = costs.LINE * len(ends) + sum(self._line_place(end - 1) for end in ends)
        for number, length in enumerate(lengths):
            over = (length * len(lengths) - total) * 60 // (len(lengths) * limit)
            price += abs(over) + (max(0, over) // 2 if number < len(lengths) - 1 else 0)
        return price


def _ends(first: int, last: int, lines: int) -> Iterator[tuple[int, ...]]:
    return combinations(range(first + 1, last), lines - 1)


def _divisions(n: int) -> Iterator[list[tuple[int, int]]]:
    """All 2^(n-1) ways to divide n words."""
    for count in range(n):
        for cuts in combinations(range(1, n), count):
            edges = [0, *cuts, n]
            yield list(pairwise(edges))
