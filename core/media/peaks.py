"""What a waveform looks like at every zoom: smallest, largest and mean level of short stretches. Knows no files, no Qt.

A pyramid: level 0 has one column for 64 samples (4 ms), each level above one for four of the level below. It is kept
in chunks of 4,096 columns of level 0 (16.4 s) with all their upper columns, so it grows at its end only, and what has
been built never moves. About 3.6 MB for an hour. Only NumPy is needed: the window draws from it.

After the peaks of audio editors (Audacity's summary blocks of 256 and 65,536 samples); the figures are ours.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from core.media.waveform import Samples, Waveform
from core.timecode import SAMPLE_RATE, ms_from_samples

HOP_SAMPLES = 64
FACTOR = 4
LEVELS = 7
CHUNK_COLUMNS = FACTOR ** (LEVELS - 1)
CHUNK_SAMPLES = CHUNK_COLUMNS * HOP_SAMPLES

LEVEL_SIZES = tuple(CHUNK_COLUMNS // FACTOR**level for level in range(LEVELS))
"""Columns of each level in one chunk: 4096, 1024, 256, 64, 16, 4, 1."""

LEVEL_STARTS = tuple(sum(LEVEL_SIZES[:level]) for level in range(LEVELS))
CHUNK_ROWS = sum(LEVEL_SIZES)

Columns = npt.NDArray[np.int8]
"""(n, 3) int8: smallest, largest, root mean square of a stretch; ±127 = full scale."""

_FULL = 127


class Peaks:
    """The pyramid of one track, as far as it is built.

    Attributes:
        built_samples: how much of the track it covers, from time 0 on, at 16 kHz.
        complete: the whole track is covered.
    """

    def __init__(self, duration_ms: int = 0) -> None:
        self.built_samples = 0
        self.complete = False
        self._duration_ms = duration_ms
        self._rows: npt.NDArray[np.int8] = np.zeros((1, CHUNK_ROWS, 3), np.int8)

    @property
    def built_ms(self) -> int:
        """How far it is built, in ms."""
        return ms_from_samples(self.built_samples)

    @property
    def duration_ms(self) -> int:
        """Length of the track as announced, or as built where that is more or all there is."""
        return self.built_ms if self.complete else max(self._duration_ms, self.built_ms)

    def columns(self, start_ms: float, ms_per_column: float, count: int) -> Columns:
        """`count` columns for drawing, the first from `start_ms` on (may be negative), each `ms_per_column` (> 0) wide.

        Zeros where there is no sound or it is not built yet. Each column takes in every stretch that begins inside it
        at a level with two to eight stretches a column; below 8 ms a column, the 4 ms it lies in.
        """
        samples_per_column = ms_per_column * SAMPLE_RATE / 1000
        level = _level_for(samples_per_column)
        hop = HOP_SAMPLES * FACTOR**level
        known = -(-self.built_samples // hop)
        edges = np.floor((start_ms * SAMPLE_RATE / 1000 + np.arange(count + 1) * samples_per_column) / hop)
        drawn = np.zeros((count, 3), np.int8)
        inside = np.flatnonzero((edges[:-1] < known) & (np.maximum(edges[1:], edges[:-1] + 1) > 0))
        if len(inside):
            bounds = np.clip(edges[inside[0] : inside[-1] + 2], 0, known).astype(np.int64)
            drawn[inside[0] : inside[-1] + 1] = _folded(self._level(level, bounds[0], bounds[-1] + 1), bounds)
        return drawn

    def chunk(self, number: int) -> npt.NDArray[np.int8]:
        """Chunk `number` as stored, (CHUNK_ROWS, 3) int8."""
        rows: npt.NDArray[np.int8] = self._rows[number]
        return rows

    def put_chunks(self, number: int, rows: npt.NDArray[np.int8], built_samples: int) -> None:
        """Set whole chunks from `number` on, (chunks, CHUNK_ROWS, 3) int8; it is then built to `built_samples`."""
        self._reserve(number + len(rows))
        self._rows[number : number + len(rows)] = rows
        self.built_samples = built_samples

    def put_base(self, first_column: int, columns: Columns, built_samples: int) -> None:
        """Set columns of level 0 from `first_column` on and derive what stands above them."""
        last_column = first_column + len(columns)
        first, last = first_column // CHUNK_COLUMNS, -(-last_column // CHUNK_COLUMNS)
        self._reserve(last)
        base = self._rows[first:last, :CHUNK_COLUMNS].reshape(-1, 3)
        base[first_column - first * CHUNK_COLUMNS : last_column - first * CHUNK_COLUMNS] = columns
        self._rows[first:last, :CHUNK_COLUMNS] = base.reshape(last - first, CHUNK_COLUMNS, 3)
        _derive(self._rows[first:last])
        self.built_samples = built_samples

    def _reserve(self, chunks: int) -> None:
        if chunks > len(self._rows):
            more = max(chunks, 2 * len(self._rows)) - len(self._rows)
            self._rows = np.concatenate([self._rows, np.zeros((more, CHUNK_ROWS, 3), np.int8)])

    def _level(self, level: int, first: int, last: int) -> Columns:
        """Columns `first` to `last` (half-open) of a level; past the end of what is kept, the last one again."""
        size, start = LEVEL_SIZES[level], LEVEL_STARTS[level]
        low, high = first // size, min(-(-last // size), len(self._rows))
        flat = self._rows[low:high, start : start + size].reshape(-1, 3)
        return flat[first - low * size : last - low * size]


class PeaksBuilder:
    """Builds `peaks` from blocks of sound in order; gaps between them and before the first count as silence."""

    def __init__(self, duration_ms: int = 0) -> None:
        self.peaks = Peaks(duration_ms)
        self._rest: Samples = np.zeros(0, np.float32)
        self._at = 0

    def add(self, block: Waveform) -> None:
        """Take the next block; a block that begins before what is there already is cut."""
        sound = block.samples[max(0, self._at - block.first_sample) :]
        gap = max(0, block.first_sample - self._at)
        if gap:
            self._take(np.zeros(min(gap, HOP_SAMPLES - len(self._rest)), np.float32))
            silent = max(0, block.first_sample - self._at)
            self._leave(silent // HOP_SAMPLES)
            sound = np.concatenate([np.zeros(silent % HOP_SAMPLES, np.float32), sound])
        self._take(sound)

    def finish(self) -> Peaks:
        """Take in the last samples, fewer than a column, and mark the pyramid complete."""
        if len(self._rest):
            padded = np.pad(self._rest, (0, HOP_SAMPLES - len(self._rest)), mode="edge")
            self.peaks.put_base((self._at - len(self._rest)) // HOP_SAMPLES, _base(padded), self._at)
            self._rest = self._rest[:0]
        self.peaks.complete = True
        return self.peaks

    def _take(self, sound: Samples) -> None:
        joined = np.concatenate([self._rest, sound]) if len(self._rest) else sound
        first = (self._at - len(self._rest)) // HOP_SAMPLES
        whole = len(joined) - len(joined) % HOP_SAMPLES
        self._at += len(sound)
        self._rest = joined[whole:]
        if whole:
            self.peaks.put_base(first, _base(joined[:whole]), self._at - len(self._rest))

    def _leave(self, columns: int) -> None:
        """Skip whole columns of silence, which the pyramid holds as zeros anyway."""
        if columns:
            self._at += columns * HOP_SAMPLES
            self.peaks.put_base(self._at // HOP_SAMPLES - 1, np.zeros((1, 3), np.int8), self._at)


def _base(sound: Samples) -> Columns:
    """Columns of level 0 of (n · 64,) float32."""
    parts = sound.reshape(-1, HOP_SAMPLES)
    power = np.einsum("ij,ij->i", parts, parts) / HOP_SAMPLES
    levels = np.stack([parts.min(axis=1), parts.max(axis=1), np.sqrt(power)], axis=1)
    columns: Columns = np.rint(np.clip(levels, -1, 1) * _FULL).astype(np.int8)
    return columns


def _derive(chunks: npt.NDArray[np.int8]) -> None:
    """Fill the upper levels of (chunks, CHUNK_ROWS, 3) from their level 0, in place."""
    for level in range(1, LEVELS):
        below, above, size = LEVEL_STARTS[level - 1], LEVEL_STARTS[level], LEVEL_SIZES[level]
        four = chunks[:, below:above].reshape(len(chunks), size, FACTOR, 3)
        target = chunks[:, above : above + size]
        target[:, :, 0] = four[..., 0].min(axis=2)
        target[:, :, 1] = four[..., 1].max(axis=2)
        squares = four[..., 2].astype(np.float32) ** 2
        target[:, :, 2] = np.rint(np.sqrt(squares.mean(axis=2)))


def _level_for(samples_per_column: float) -> int:
    """The highest level with at least two of its columns in one drawn column."""
    level = 0
    while level < LEVELS - 1 and 2 * HOP_SAMPLES * FACTOR ** (level + 1) <= samples_per_column:
        level += 1
    return level


def _folded(columns: Columns, bounds: npt.NDArray[np.int64]) -> Columns:
    """One column for each stretch between neighbouring `bounds`; at least the one a stretch begins in."""
    starts = np.minimum(bounds - bounds[0], len(columns) - 1)[:-1]
    counts = np.maximum(np.diff(bounds), 1)
    counts[-1] = max(1, min(counts[-1], len(columns) - starts[-1]))
    used = columns[: starts[-1] + counts[-1]]
    folded = np.empty((len(starts), 3), np.int8)
    folded[:, 0] = np.minimum.reduceat(used[:, 0], starts)
    folded[:, 1] = np.maximum.reduceat(used[:, 1], starts)
    squares = np.add.reduceat(used[:, 2].astype(np.float32) ** 2, starts)
    folded[:, 2] = np.rint(np.sqrt(squares / counts))
    return folded
