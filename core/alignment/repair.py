"""Gives time to words that an aligner left without any, or put into silence, out of the sound around them.

The forced aligner is known to end some words where they begin, most of all in noise
(github.com/QwenLM/Qwen3-ASR/issues/197), and it times words that nobody spoke. Such words share the sound between their
neighbours that no other word has; words without time take half of each neighbour where there is too little, and half of
short neighbours too where there is nothing. Where nothing is to be heard they stay where they were put. Either way they
are estimates and say so. Knows no engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.alignment.interpolate import Span, audible_spans, spread
from core.media.waveform import Samples
from core.transcript import Source, Word

LEAST_MS = 80
"""The shortest time a word is given: one class of the aligner."""
_SURE = 0.2
"""`time_confidence` of words placed here."""
_SURE_ENOUGH = 0.5
"""A word in silence stays where it is if its aligner was as sure as this."""


def repaired(words: Sequence[Word], samples: Samples, start_ms: int, end_ms: int) -> tuple[Word, ...]:
    """`words` with time in the sound for those that have none; the same count, order and ids.

    Args:
        words: in order and not overlapping, within start_ms..end_ms.
        samples: (n,) float32, 16 kHz, from start_ms to end_ms.
    """
    made = list(words)
    audible = [(start_ms + first, start_ms + last) for first, last in audible_spans(samples)]
    first = 0
    while first < len(made):
        last = first
        while last < len(made) and _is_lost(made[last], audible):
            last += 1
        if last > first:
            _place(made, first, last, audible, start_ms, end_ms)
        first = last + 1
    return tuple(made)


def _is_lost(word: Word, audible: Sequence[Span]) -> bool:
    """Whether a word has no time, or one in silence that its aligner was not sure of."""
    if word.end_ms <= word.start_ms:
        return True
    # A mark without letters stands behind its word, and what is whispered after a shout is sure of its place.
    unsure = word.source is Source.ALIGNED and (word.time_confidence or 0.0) < _SURE_ENOUGH
    return unsure and not _inside(audible, word.start_ms, word.end_ms)


def _inside(spans: Sequence[Span], start_ms: int, end_ms: int) -> list[Span]:
    """What of `spans` lies between start and end."""
    cut = [(max(first, start_ms), min(last, end_ms)) for first, last in spans]
    return [(first, last) for first, last in cut if last > first]


def _place(words: list[Word], first: int, last: int, audible: Sequence[Span], start_ms: int, end_ms: int) -> None:
    """Put words[first:last], which are lost, between their neighbours."""
    left_ms = words[first - 1].end_ms if first else start_ms
    right_ms = words[last].start_ms if last < len(words) else end_ms
    least_ms = LEAST_MS * (last - first)
    for wanted_ms, short_ms in ((least_ms, 2 * LEAST_MS), (1, 2)):
        if right_ms - left_ms >= wanted_ms:
            break
        if first:
            words[first - 1], left_ms = _halved(words[first - 1], short_ms, keep_first=True)
        if last < len(words):
            words[last], right_ms = _halved(words[last], short_ms, keep_first=False)
    lost = words[first:last]
    spans = _inside(audible, left_ms, right_ms)
    if sum(span[1] - span[0] for span in spans) >= least_ms:
        words[first:last] = _shared(lost, spans)
    elif any(word.end_ms <= word.start_ms for word in lost):
        words[first:last] = _shared(lost, [_around(lost, left_ms, right_ms)])
    else:
        words[first:last] = [_estimated(word, word.start_ms, word.end_ms) for word in lost]


def _around(lost: Sequence[Word], left_ms: int, right_ms: int) -> Span:
    """Where lost words were put, and at least `LEAST_MS` for each of them where left..right has it."""
    least_ms = LEAST_MS * len(lost)
    start_ms = max(left_ms, min(lost[0].start_ms, right_ms - least_ms))
    return start_ms, max(start_ms, min(right_ms, max(lost[-1].end_ms, start_ms + least_ms)))


def _shared(lost: Sequence[Word], spans: Sequence[Span]) -> list[Word]:
    """Lost words, `spans` shared out between them."""
    placed = spread([(word.text, word.after) for word in lost], spans)
    return [_estimated(word, to.start_ms, to.end_ms) for word, to in zip(lost, placed, strict=True)]


def _estimated(word: Word, start_ms: int, end_ms: int) -> Word:
    return replace(word, start_ms=start_ms, end_ms=end_ms, source=Source.ESTIMATED, time_confidence=_SURE)


def _halved(word: Word, short_ms: int, *, keep_first: bool) -> tuple[Word, int]:
    """The word with half its time, and the edge in the middle; one shorter than `short_ms` keeps all of it."""
    if word.end_ms - word.start_ms < short_ms:
        return word, word.end_ms if keep_first else word.start_ms
    middle_ms = (word.start_ms + word.end_ms) // 2
    if keep_first:
        return replace(word, end_ms=middle_ms), middle_ms
    return replace(word, start_ms=middle_ms), middle_ms
