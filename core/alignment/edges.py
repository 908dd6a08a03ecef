"""Moves the edges of timed words to where the sound begins and ends, at pauses only. A stage of its own.

Knows no engine and no text. An aligner lets words reach into the silence around them: the built-in one starts spliced
digits 24 ms early in the median. Inside running speech there is no edge to see, and nothing is moved: only where the
sound is soft for a while beside the word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from core.media.waveform import Samples
from core.timecode import samples_from_ms
from core.transcript import Source, Word

_HOP_MS = 5
_UNDER_PEAK_DB = 30.0
"""Softer than the word's loudest frame by this much is not the word. Human cutters work by about that rule."""
_OVER_FLOOR_DB = 8.0
"""And so near the softest frame around it is not the word either, where there is noise."""
_LEAST_PAUSE_MS = 60
"""Shorter soft stretches may be the closure of a stop inside running speech."""
_INWARD_MS = 250
_OUTWARD_MS = 80
"""How far an edge is moved into the word, and away from it."""
_LEAST_WORD_MS = 60

Levels = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Sound:
    """Levels of a stretch of sound: (n,) dB, a frame each `_HOP_MS` from `start_ms`."""

    levels: Levels
    start_ms: int

    def frame(self, ms: int) -> int:
        """The frame that begins at or before `ms`, clipped to those there are."""
        return int(np.clip((ms - self.start_ms) // _HOP_MS, 0, len(self.levels)))

    def ms(self, frame: int) -> int:
        """Where a frame begins."""
        return self.start_ms + frame * _HOP_MS


def refined(words: Sequence[Word], samples: Samples, start_ms: int) -> tuple[Word, ...]:
    """`words` (in order) with edges at the sound's where a pause is beside them; the same count, order and ids.

    Args:
        words: timed by an aligner; estimated ones are left alone.
        samples: (n,) float32 in [-1, 1], 16 kHz, that hold all of `words`.
        start_ms: where samples[0] stands in the media.
    """
    sound = _Sound(_levels_db(samples), start_ms)
    found: list[Word] = []
    for index, word in enumerate(words):
        earliest_ms = found[-1].end_ms if found else start_ms
        latest_ms = words[index + 1].start_ms if index + 1 < len(words) else sound.ms(len(sound.levels))
        found.append(_refined(word, sound, min(earliest_ms, word.start_ms), max(latest_ms, word.end_ms)))
    return tuple(found)


def _levels_db(samples: Samples) -> Levels:
    hop = samples_from_ms(_HOP_MS)
    count = len(samples) // hop
    power = np.mean(np.square(samples[: count * hop].reshape(count, hop), dtype=np.float64), axis=1)
    smooth = np.convolve(power, np.ones(3) / 3, "same") if count else power
    levels: Levels = 10 * np.log10(smooth + 1e-10)
    return levels


def _refined(word: Word, sound: _Sound, earliest_ms: int, latest_ms: int) -> Word:
    first, last = sound.frame(word.start_ms), sound.frame(word.end_ms)
    if word.source is not Source.ALIGNED or last - first < 2:
        return word
    soft = sound.levels < _limit_db(sound, first, last)
    start = _edge(soft, first, sound.frame(earliest_ms), last)
    end = len(soft) - _edge(soft[::-1], len(soft) - last, len(soft) - sound.frame(latest_ms), len(soft) - first)
    start_ms, end_ms = sound.ms(start), sound.ms(end)
    if start == first:
        start_ms = word.start_ms
    if end == last:
        end_ms = word.end_ms
    if end_ms - start_ms < _LEAST_WORD_MS:
        return word
    return replace(word, start_ms=max(start_ms, earliest_ms), end_ms=min(end_ms, latest_ms))


def _limit_db(sound: _Sound, first: int, last: int) -> float:
    around = sound.levels[max(0, first - 60) : last + 60]
    peak = float(np.max(sound.levels[first:last]))
    floor = float(np.percentile(around, 5))
    return min(max(peak - _UNDER_PEAK_DB, floor + _OVER_FLOOR_DB), peak - 10)


def _edge(soft: npt.NDArray[np.bool_], at: int, earliest: int, latest: int) -> int:
    """Where the word begins, seen from frame `at`, if a pause is beside it, else `at`. `soft` may run backwards."""
    if at < len(soft) and soft[at]:
        loud = np.flatnonzero(~soft[at : min(latest, at + _INWARD_MS // _HOP_MS)])
        if not len(loud):
            return at
        start = at + int(loud[0])
    else:
        start = at
        while start > max(earliest, at - _OUTWARD_MS // _HOP_MS) and not soft[start - 1]:
            start -= 1
        if start == 0 or not soft[start - 1]:
            return at  # no silence within reach: running speech
    pause = _run_before(soft, start)
    return start if pause * _HOP_MS >= _LEAST_PAUSE_MS else at


def _run_before(soft: npt.NDArray[np.bool_], end: int) -> int:
    """How many soft frames stand right before frame `end`."""
    loud = np.flatnonzero(~soft[max(0, end - 40) : end])
    return min(end, 40) - 1 - int(loud[-1]) if len(loud) else min(end, 40)
