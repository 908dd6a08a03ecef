"""Which cues and words are visible or nearest, by binary search. Pure: knows no Qt and no pixels."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from core.cue import Cue
from core.transcript import Word


class CueIndex:
    """Cues of one document by time. Cues are ordered by start and may overlap, so ends are searched as running maxima.

    Attributes:
        cues: as in the document.
        starts_ms, ends_ms: (n,) int64, of each cue in row order.
    """

    def __init__(self, cues: tuple[Cue, ...]) -> None:
        self.cues = cues
        starts, ends = [cue.start_ms for cue in cues], [cue.end_ms for cue in cues]
        self.starts_ms: npt.NDArray[np.int64] = np.array(starts, np.int64)
        self.ends_ms: npt.NDArray[np.int64] = np.array(ends, np.int64)
        self._starts = starts
        self._ends_so_far = list(accumulate(ends, max))

    def rows(self, start_ms: float, end_ms: float) -> range:
        """Rows of which some may show in start_ms…end_ms: none outside it shows, a few inside may not."""
        first = bisect.bisect_left(self._ends_so_far, start_ms)
        last = bisect.bisect_right(self._starts, end_ms)
        return range(first, max(first, last))

    def row_at(self, ms: float) -> int | None:
        """The row of the cue that stands at `ms`, the latest to begin; None between cues."""
        hits = [row for row in self.rows(ms, ms) if self.cues[row].start_ms <= ms < self.cues[row].end_ms]
        return hits[-1] if hits else None

    def rows_of(self, ids: frozenset[str]) -> list[int]:
        """Rows of the cues with these ids, in order."""
        return [row for row, cue in enumerate(self.cues) if cue.id in ids] if ids else []


def visible_words(words: Sequence[Word], start_ms: float, end_ms: float) -> Sequence[Word]:
    """The words of one cue that show in start_ms…end_ms; inside a cue words are in order and do not overlap."""
    if not words or (words[0].end_ms >= start_ms and words[-1].start_ms <= end_ms):
        return words
    first = bisect.bisect_left(words, start_ms, key=_end_of)
    last = bisect.bisect_right(words, end_ms, key=_start_of)
    return words[first:last]


def word_at(words: Sequence[Word], ms: float) -> Word | None:
    """The word spoken at `ms`, or None between words."""
    index = bisect.bisect_right(words, ms, key=_start_of) - 1
    return words[index] if index >= 0 and ms < words[index].end_ms else None


def _start_of(word: Word) -> int:
    return word.start_ms


def _end_of(word: Word) -> int:
    return word.end_ms
