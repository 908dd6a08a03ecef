"""Sound inside the program: 16 kHz mono float32 with its place in the media. Knows no files.

`Waveform` is a piece of sound; `Samples` the bare array. Decoders yield `Waveform` blocks in order.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.timecode import SAMPLE_RATE, ms_from_samples

Samples = npt.NDArray[np.float32]
"""(n,) float32 in [-1, 1] at 16 kHz."""


@dataclass(frozen=True, slots=True, eq=False)
class Waveform:
    """A piece of sound and where it stands.

    Attributes:
        samples: (n,) float32 in [-1, 1], 16 kHz mono.
        first_sample: position of samples[0] on the media's clock (the clock of the picture; a track that starts
            1.5 s late has its first block at 24,000).
    """

    samples: Samples
    first_sample: int = 0

    @property
    def last_sample(self) -> int:
        """One past the last sample's position."""
        return self.first_sample + len(self.samples)

    @property
    def start_ms(self) -> int:
        """Position of the first sample in ms."""
        return ms_from_samples(self.first_sample)

    @property
    def end_ms(self) -> int:
        """Position past the last sample in ms."""
        return ms_from_samples(self.last_sample)

    @property
    def duration_ms(self) -> int:
        """Length in ms."""
        return ms_from_samples(len(self.samples), SAMPLE_RATE)
