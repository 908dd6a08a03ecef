"""Measures how fast speech is found: the sample film's sound, many times over. Knows no engine."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np

from core import paths
from core.errors import BadArgument
from core.media.decode import Decoder
from core.media.waveform import Samples, Waveform
from core.speech.chunker import ChunkSpan, planning
from core.timecode import SAMPLE_RATE

_BLOCK_SAMPLES = 10 * SAMPLE_RATE
"""As the decoder gives them."""


def measure(*, minutes: float = 15.0) -> dict[str, float]:
    """Find speech and plan chunks in `minutes` of sound; decoding is not measured.

    Returns:
        minutes; x_realtime and seconds_per_hour by the clock; x_realtime_cpu and cpu_seconds_per_hour by processor
        time, which other jobs on the machine do not stretch; chunks.

    Raises:
        BadArgument: `minutes` is not positive.
    """
    if minutes <= 0:
        raise BadArgument(what=f"{minutes} minutes of sound cannot be measured.", hint="Use a number over 0.")
    sound = _sample()
    # The first call of the network plans its memory; a run of hours pays that once.
    list(planning([Waveform(sound)]))
    started, started_cpu = time.perf_counter(), time.process_time()
    chunks = sum(isinstance(item, ChunkSpan) for item in planning(_over_and_over(sound, minutes)))
    wall_s, cpu_s = time.perf_counter() - started, time.process_time() - started_cpu
    return {
        "minutes": minutes,
        "x_realtime": round(minutes * 60 / wall_s, 1),
        "seconds_per_hour": round(wall_s * 60 / minutes, 2),
        "x_realtime_cpu": round(minutes * 60 / cpu_s, 1),
        "cpu_seconds_per_hour": round(cpu_s * 60 / minutes, 2),
        "chunks": chunks,
    }


def _sample() -> Samples:
    with Decoder(paths.resource("sample", "last_boat.mp4")) as decoder:
        return np.concatenate([block.samples for block in decoder])


def _over_and_over(sound: Samples, minutes: float) -> Iterator[Waveform]:
    total = round(minutes * 60 * SAMPLE_RATE)
    for first in range(0, total, _BLOCK_SAMPLES):
        places = np.arange(first, min(first + _BLOCK_SAMPLES, total)) % len(sound)
        yield Waveform(sound[places], first)
