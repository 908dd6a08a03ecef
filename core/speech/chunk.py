"""The shapes that go from speech to recognition. Knows nothing of how chunks are cut."""

from __future__ import annotations

from dataclasses import dataclass

from core.media.waveform import Samples
from core.timecode import ms_from_samples


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """A stretch of speech to recognise, at most 30 s by default, cut at silences.

    Attributes:
        samples: (n,) float32 in [-1, 1], 16 kHz mono.
        first_sample: position of samples[0] on the media's clock.
        index: 0, 1, 2, … in order of time.
        speech: spans of speech inside, (first_sample, last_sample) on the media's clock, half-open, in order.
    """

    samples: Samples
    first_sample: int
    index: int
    speech: tuple[tuple[int, int], ...] = ()

    @property
    def last_sample(self) -> int:
        """One past the last sample's position."""
        return self.first_sample + len(self.samples)

    @property
    def start_ms(self) -> int:
        """Where the chunk begins, in ms of the media."""
        return ms_from_samples(self.first_sample)

    @property
    def end_ms(self) -> int:
        """Where the chunk ends, in ms of the media."""
        return ms_from_samples(self.last_sample)


@dataclass(frozen=True, slots=True)
class ChunkSpan:
    """Where a chunk lies. Plain numbers, so a plan can be kept and read back.

    Attributes:
        index: 0, 1, 2, … in order of time.
        first_sample, last_sample: half-open, on the media's clock at 16 kHz.
        speech: spans of speech inside, in order.
    """

    index: int
    first_sample: int
    last_sample: int
    speech: tuple[tuple[int, int], ...]

    @property
    def length_ms(self) -> int:
        """How long it is."""
        return ms_from_samples(self.last_sample - self.first_sample)
