"""Sound for tests: real files of the shared material as 16 kHz mono, and sound made by arithmetic. Uses PyAV itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np

from core.media.waveform import Samples, Waveform
from core.timecode import SAMPLE_RATE


def load(path: Path) -> Samples:
    """All of a file's first audio track: (n,) float32, 16 kHz mono. Independent of `core.media`."""
    resampler = av.AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE)
    with av.open(str(path)) as container:
        parts = [
            piece.to_ndarray().reshape(-1)
            for frame in [*container.decode(audio=0), None]
            for piece in resampler.resample(frame)
        ]
    return np.concatenate(parts).astype(np.float32)


def blocks_of(samples: Samples, block_samples: int = SAMPLE_RATE, *, first_sample: int = 0) -> Iterator[Waveform]:
    """`samples` as blocks, as a decoder gives them."""
    for start in range(0, len(samples), block_samples):
        yield Waveform(samples[start : start + block_samples], first_sample + start)


def silence(seconds: float) -> Samples:
    """Digital silence."""
    return np.zeros(round(seconds * SAMPLE_RATE), np.float32)
