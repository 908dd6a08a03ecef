"""Sound inside the program: 16 kHz mono float32 with its place in the media. Knows no files.

`Waveform` is a piece of sound; `Samples` the bare array. Decoders yield `Waveform` blocks in order. Arrays at other
rates come in through `Waveform.from_samples`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.registry import Registry
from core.timecode import SAMPLE_RATE, ms_from_samples

Samples = npt.NDArray[np.float32]
"""(n,) float32 in [-1, 1] at 16 kHz."""


# Named by string: resampling needs PyAV, which the window, who draws waveforms, must not load.
_CONVERTERS: Registry[Callable[[object, int], Samples]] = Registry({"array": "core.media.samples:to_16k_mono"})


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

    @classmethod
    def from_samples(cls, array: object, sample_rate: int, *, first_sample: int = 0) -> Waveform:
        """A NumPy array of any usual kind as sound of the program, mixed to mono and resampled to 16 kHz.

        Args:
            array: (n,), (n, channels) or (channels, n): of two axes the shorter one is the channels. Floats in
                [-1, 1] (up to ±4 is clipped), or int16, int32, uint8 over their whole range.
            sample_rate: samples a second of `array`, 1,000 to 768,000.
            first_sample: where it stands on the media's clock, at 16 kHz.

        Raises:
            BadSamples: empty, not finite, of another type or shape, or an impossible rate.
        """
        return cls(_CONVERTERS.get("array")(array, sample_rate), first_sample)

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
