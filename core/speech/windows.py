"""Cuts blocks of sound of any length into the fixed windows the detector counts in. Knows no speech.

The grid begins at the first block's first sample and never moves, so what is found does not depend on how the
sound was cut into blocks. A hole between blocks is silence; sound that comes twice is taken once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.media.waveform import Samples, Waveform
from core.speech.silero import SEQUENCE_WINDOWS, WINDOW_SAMPLES, Windows


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Consecutive windows to listen to, or a hole.

    Attributes:
        windows: (n, 512); (0, 512) for a hole.
        hole_windows: how many windows of nothing; the state of whatever listens ends here.
    """

    windows: Windows
    hole_windows: int = 0


class Framer:
    """Takes blocks in order and gives stretches of exactly `sequence_windows` windows, the rest at `finish`."""

    def __init__(self, sequence_windows: int = SEQUENCE_WINDOWS) -> None:
        self._size = sequence_windows * WINDOW_SAMPLES
        self._parts: list[Samples] = []
        self._waiting = 0
        self._origin: int | None = None
        self._next = 0

    @property
    def first_sample(self) -> int:
        """Where the grid begins on the media's clock."""
        return self._origin or 0

    @property
    def last_sample(self) -> int:
        """One past the last sample taken."""
        return self._next

    def feed(self, block: Waveform) -> list[Stretch]:
        """Take the next block; what is complete now."""
        if self._origin is None:
            self._origin = self._next = block.first_sample
        samples = block.samples[max(0, self._next - block.first_sample) :]
        if not len(samples):
            return []
        found = self._hole(block.first_sample - self._next)
        self._append(_finite(samples))
        return found + self._complete()

    def finish(self) -> list[Stretch]:
        """The sound is over: the rest, its last window filled up with silence."""
        return self._flush()

    def _append(self, samples: Samples) -> None:
        self._parts.append(samples)
        self._waiting += len(samples)
        self._next += len(samples)

    def _hole(self, gap_samples: int) -> list[Stretch]:
        """Close what waits, skip the windows that hold nothing, and begin the next window with silence."""
        if gap_samples <= 0:
            return []
        rest = -self._waiting % WINDOW_SAMPLES
        if gap_samples <= rest:
            self._append(np.zeros(gap_samples, np.float32))
            return []
        found = self._flush()
        skipped, lead = divmod(gap_samples - rest, WINDOW_SAMPLES)
        self._next += gap_samples - lead
        self._append(np.zeros(lead, np.float32))
        return [*found, Stretch(_no_windows(), skipped)] if skipped else found

    def _complete(self) -> list[Stretch]:
        if self._waiting < self._size:
            return []
        samples = np.concatenate(self._parts)
        whole = len(samples) // self._size * self._size
        self._parts, self._waiting = [samples[whole:].copy()], len(samples) - whole
        return [
            Stretch(samples[start : start + self._size].reshape(-1, WINDOW_SAMPLES))
            for start in range(0, whole, self._size)
        ]

    def _flush(self) -> list[Stretch]:
        if not self._waiting:
            return []
        fill = np.zeros(-self._waiting % WINDOW_SAMPLES, np.float32)
        samples = np.concatenate([*self._parts, fill])
        self._parts, self._waiting = [], 0
        return [Stretch(samples.reshape(-1, WINDOW_SAMPLES))]


def _no_windows() -> Windows:
    return np.zeros((0, WINDOW_SAMPLES), np.float32)


def _finite(samples: Samples) -> Samples:
    """`samples` with NaN and infinity as silence: one of them would spoil the network's state for good."""
    samples = np.asarray(samples, np.float32)
    if np.isfinite(samples.sum(dtype=np.float64)):
        return samples
    return np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0)
