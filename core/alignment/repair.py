"""Gives time to words that an aligner left without any, out of the sound around them. Knows no engine.

The forced aligner is known to end some words where they begin, most of all in noise
(github.com/QwenLM/Qwen3-ASR/issues/197). Such words share what lies between their neighbours, and where that is too
little, half of each neighbour; silence in there is passed over. What is placed so is an estimate and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.alignment.interpolate import audible_spans, spread
from core.media.waveform import Samples
from core.timecode import samples_from_ms
from core.transcript import Source, Word

LEAST_MS = 80
"""The shortest time a word is given: one class of the aligner."""
_SURE = 0.2
"""`time_confidence` of words placed here."""


def repaired(words: Sequence[Word], samples: Samples, start_ms: int, end_ms: int) -> tuple[Word, ...]:
    """`words` with time for those that have none; the same count, order and ids.

    Args:
        words: in order and not overlapping, within start_ms..end_ms.
        samples: (n,) float32, 16 kHz, from start_ms to end_ms.
    """
    made = list(words)
    first = 0
    while first < len(made):
        last = first
        while last < len(made) and made[last].end_ms <= made[last].start_ms:
            last += 1
        if last > first:
            _place(made, first, last, samples, start_ms, end_ms)
        first = last + 1
    return tuple(made)


def _place(words: list[Word], first: int, last: int, samples: Samples, start_ms: int, end_ms: int) -> None:
    """Put words[first:last], which have no time, between their neighbours."""
    left_ms = words[first - 1].end_ms if first else start_ms
    right_ms = words[last].start_ms if last < len(words) else end_ms
    if right_ms - left_ms < LEAST_MS * (last - first):
        if first:
            words[first - 1], left_ms = _halved(words[first - 1], keep_first=True)
        if last < len(words):
            words[last], right_ms = _halved(words[last], keep_first=False)
    own = samples[samples_from_ms(left_ms - start_ms) : samples_from_ms(right_ms - start_ms)]
    spans = audible_spans(own) if len(own) else ((0, right_ms - left_ms),)
    shared = spread([(word.text, word.after) for word in words[first:last]], spans, left_ms)
    for index, placed in enumerate(shared, start=first):
        ends = (min(placed.start_ms, right_ms), min(placed.end_ms, right_ms))
        words[index] = replace(
            words[index], start_ms=ends[0], end_ms=ends[1], source=Source.ESTIMATED, time_confidence=_SURE
        )


def _halved(word: Word, *, keep_first: bool) -> tuple[Word, int]:
    """The word with half its time, and the edge in the middle; a word that short keeps all of it."""
    if word.end_ms - word.start_ms < 2 * LEAST_MS:
        return word, word.end_ms if keep_first else word.start_ms
    middle_ms = (word.start_ms + word.end_ms) // 2
    if keep_first:
        return replace(word, end_ms=middle_ms), middle_ms
    return replace(word, start_ms=middle_ms), middle_ms
