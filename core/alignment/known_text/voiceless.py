"""Finds long stretches of music without any voice, and takes them out of sound and out of its clock. Knows no text.

A detector of speech takes singing for speech only now and then, but long instrumental parts leave no trace at all in
its probabilities. Taken out before lyrics are aligned, they cannot swallow words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from core.media.waveform import Samples, Waveform
from core.speech.detector import SpeechDetector
from core.speech.silero import WINDOW_SAMPLES
from core.timecode import ms_from_samples, samples_from_ms

_NO_HINT = 0.0035
"""A window of 32 ms under this probability has no hint of a voice. In the one song it was chosen on, quiet singing
reached 0.006 every two seconds, instrumental parts stayed under 0.002."""
_LEAST_MS = 8_000
_MARGIN_MS = 1_500
_LEAST_KEPT = 0.3
"""Where less would be left, nothing is taken out: such a voice is none the detector can hear."""
_BLOCK_SAMPLES = 160_000

Span = tuple[int, int]


def voiced_parts(samples: Samples) -> list[Span]:
    """What is left of `samples` without the long voiceless stretches: (first, last) samples, half-open, in order."""
    parts = [part for part in _outside(_voiceless(samples), len(samples)) if part[0] < part[1]]
    if sum(last - first for first, last in parts) < _LEAST_KEPT * len(samples):
        return [(0, len(samples))]
    return parts


def _voiceless(samples: Samples) -> Iterator[Span]:
    detector = SpeechDetector()
    for first in range(0, len(samples), _BLOCK_SAMPLES):
        detector.feed(Waveform(samples[first : first + _BLOCK_SAMPLES], first))
    detector.finish()
    hints = np.flatnonzero(detector.track().probabilities >= _NO_HINT)
    edges = [-1, *hints.tolist(), len(detector.track().probabilities)]
    margin = samples_from_ms(_MARGIN_MS)
    for before, after in pairwise(edges):
        first, last = (before + 1) * WINDOW_SAMPLES, min(after * WINDOW_SAMPLES, len(samples))
        if last - first >= samples_from_ms(_LEAST_MS):
            yield first + margin, last - margin


def _outside(spans: Iterator[Span], total: int) -> Iterator[Span]:
    at = 0
    for first, last in spans:
        yield at, first
        at = last
    yield at, total


def joined_parts(samples: Samples, parts: Sequence[Span]) -> Samples:
    """The parts one behind the other: (n,) float32."""
    return np.concatenate([samples[first:last] for first, last in parts])


def original_ms(ms: int, parts: Sequence[Span]) -> int:
    """Where a place in the joined parts stands in the whole sound."""
    before = 0
    for first, last in parts:
        length = ms_from_samples(last - first)
        if ms <= before + length:
            return ms_from_samples(first) + ms - before
        before += length
    return ms_from_samples(parts[-1][1])
