"""Which words of a cue are visible or spoken now, by binary search. Pure: knows no Qt, no pixels and no NumPy."""

from __future__ import annotations

import bisect
from collections.abc import Sequence

from core.transcript import Word


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
