"""What sound looks like by pitch: loudness in bands over time, at every zoom. Knows no files and no Qt.

Level 0 has one column for 256 samples (16 ms), seen through a Hann window of 512; each level above takes the loudest
of four columns below. Bands are equally wide on the mel scale (O'Shaughnessy's formula) from 50 Hz to 8 kHz. It is kept
in chunks of 1,024 columns (16.4 s) with all their upper columns; about 20 MB for an hour. Only NumPy is needed.
"""

from __future__ import annotations

import functools
import math
from typing import Protocol

import numpy as np
import numpy.typing as npt

from core.media.waveform import Samples, Waveform
from core.timecode import SAMPLE_RATE

HOP_SAMPLES = 256
WINDOW_SAMPLES = 512
BANDS = 64
FACTOR = 4
LEVELS = 6
CHUNK_COLUMNS = FACTOR ** (LEVELS - 1)
CHUNK_SAMPLES = CHUNK_COLUMNS * HOP_SAMPLES

LEVEL_SIZES = tuple(CHUNK_COLUMNS // FACTOR**level for level in range(LEVELS))
"""Columns of each level in one chunk: 1024, 256, 64, 16, 4, 1."""

LEVEL_STARTS = tuple(sum(LEVEL_SIZES[:level]) for level in range(LEVELS))
CHUNK_ROWS = sum(LEVEL_SIZES)

LEAST_DB, MOST_DB = -84.0, -16.0
"""What is shown as 0 and as 255: a band's power, 0 dB = a sine of full scale."""

_LOWEST_HZ, _HIGHEST_HZ = 50.0, SAMPLE_RATE / 2
_MARGIN = (WINDOW_SAMPLES - HOP_SAMPLES) // 2

Columns = npt.NDArray[np.uint8]
"""(n, BANDS) uint8: loudness of each band, the lowest first; 0 = at most −84 dB, 255 = at least −16 dB."""


class Levels(Protocol):
    """Where columns come from: a file or memory."""

    def read(self, level: int, first: int, last: int) -> Columns:
        """Columns `first` to `last` (half-open) of a level, all of them known."""
        ...


def columns_of(levels: Levels, known_samples: int, start_ms: float, ms_per_column: float, count: int) -> Columns:
    """`count` columns for drawing, the first from `start_ms` on, each `ms_per_column` (> 0) wide; zeros where unknown.

    Taken from the level whose columns are half to twice as wide; under 16 ms a column they are blended.
    """
    wide = ms_per_column * SAMPLE_RATE / 1000 / HOP_SAMPLES
    level = min(max(0, round(math.log(wide, FACTOR))), LEVELS - 1)
    scale = FACTOR**level
    known = -(-known_samples // (HOP_SAMPLES * scale))
    middle_ms = start_ms + (np.arange(count) + 0.5) * ms_per_column
    places = middle_ms * (SAMPLE_RATE / 1000 / HOP_SAMPLES / scale) - 0.5  # a column's middle is a whole number
    drawn = np.zeros((count, BANDS), np.uint8)
    inside = np.flatnonzero((places > -1) & (places < known))
    if not len(inside):
        return drawn
    shown = np.clip(places[inside], 0, known - 1)
    first = int(shown[0])
    rows = levels.read(level, first, min(known, int(shown[-1]) + 2))
    drawn[inside] = _blended(rows, shown - first) if wide < 1 else rows[np.round(shown - first).astype(np.intp)]
    return drawn


def _blended(rows: Columns, places: npt.NDArray[np.float64]) -> Columns:
    before = places.astype(np.intp)
    behind = np.minimum(before + 1, len(rows) - 1)
    share = (places - before).astype(np.float32)[:, None]
    mixed = rows[before] * (1 - share) + rows[behind] * share
    return mixed.astype(np.uint8)


class SpectrumBuilder:
    """Turns blocks of sound, in order, into whole chunks; gaps between them and before the first count as silence."""

    def __init__(self) -> None:
        self.built_samples = 0
        self._waiting = np.zeros(_MARGIN, np.float32)
        self._at = 0

    def add(self, block: Waveform) -> list[Columns]:
        """The chunks that `block` completes, (CHUNK_ROWS, BANDS) each."""
        gap = np.zeros(max(0, block.first_sample - self._at), np.float32)
        self._waiting = np.concatenate((self._waiting, gap, block.samples))
        self._at = max(self._at, block.first_sample) + len(block.samples)
        made = []
        while len(self._waiting) >= CHUNK_SAMPLES + 2 * _MARGIN:
            made.append(chunk_of(self._waiting[: CHUNK_SAMPLES + 2 * _MARGIN]))
            self._waiting = self._waiting[CHUNK_SAMPLES:]
            self.built_samples += CHUNK_SAMPLES
        return made

    def finish(self) -> list[Columns]:
        """What is left, silent behind the sound's end: none, one chunk, or two where the last window needs a second."""
        count = -(-(self._at - self.built_samples) // CHUNK_SAMPLES)
        padded = np.pad(self._waiting, (0, (count + 1) * CHUNK_SAMPLES - len(self._waiting)))
        self.built_samples = self._at
        firsts = range(0, count * CHUNK_SAMPLES, CHUNK_SAMPLES)
        return [chunk_of(padded[first : first + CHUNK_SAMPLES + 2 * _MARGIN]) for first in firsts]


def chunk_of(samples: Samples) -> Columns:
    """A chunk, (CHUNK_ROWS, BANDS), of CHUNK_SAMPLES with 128 more before and behind."""
    frames = np.lib.stride_tricks.sliding_window_view(samples, WINDOW_SAMPLES)[::HOP_SAMPLES]
    spectrum = np.fft.rfft(frames * _window())
    power = (spectrum.real**2 + spectrum.imag**2) @ _filters()
    decibels = 10 * np.log10(power + 1e-12)
    base = np.clip((decibels - LEAST_DB) * (255 / (MOST_DB - LEAST_DB)), 0, 255).astype(np.uint8)
    rows = [base]
    for _ in range(1, LEVELS):
        rows.append(rows[-1].reshape(-1, FACTOR, BANDS).max(axis=1))
    return np.concatenate(rows)


@functools.cache
def _window() -> npt.NDArray[np.float32]:
    """(WINDOW_SAMPLES,) Hann, so that a sine of full scale has power 1 in its bin."""
    hann = np.hanning(WINDOW_SAMPLES + 1)[:-1]
    window: npt.NDArray[np.float32] = (hann * 2 / hann.sum()).astype(np.float32)
    return window


@functools.cache
def _filters() -> npt.NDArray[np.float32]:
    """(WINDOW_SAMPLES // 2 + 1, BANDS): triangles on the mel scale, each at least one bin wide, peak 1."""
    mels = np.linspace(_mel(_LOWEST_HZ), _mel(_HIGHEST_HZ), BANDS + 2)
    edges_hz = 700 * (10 ** (mels / 2595) - 1)
    bins = edges_hz * WINDOW_SAMPLES / SAMPLE_RATE
    at = np.arange(WINDOW_SAMPLES // 2 + 1)[:, None]
    below, peak, above = bins[:-2], bins[1:-1], bins[2:]
    rising = (at - below) / np.maximum(peak - below, 1.0)
    falling = (above - at) / np.maximum(above - peak, 1.0)
    filters = np.clip(np.minimum(rising, falling), 0, None)
    nearest = np.clip(np.round(peak), 0, len(at) - 1).astype(int)
    filters[nearest, np.arange(BANDS)] = np.maximum(filters[nearest, np.arange(BANDS)], 0.5)  # low bands hold no bin
    return filters.astype(np.float32)


def _mel(hertz: float) -> float:
    return 2595 * math.log10(1 + hertz / 700)
