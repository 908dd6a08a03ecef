"""A recording without a picture."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np

from app.shots.cues import sample_cues
from app.shots.stage import Stage
from core.timecode import SAMPLE_RATE, samples_from_ms

_DURATION_MS = 44_000
_ROW = 5
_LOUDNESS = 0.3


def prepare(stage: Stage) -> None:
    """A made-up recording that is loud where the sample's cues are, and those cues."""
    stage.open(_write_sound(stage.home / "last_boat.wav"), has_speech=False)
    stage.show_cues(sample_cues())
    stage.select(_ROW)


def _write_sound(path: Path) -> Path:
    draw = np.random.default_rng(20261120)
    samples = np.zeros(samples_from_ms(_DURATION_MS), np.float32)  # (n,) in [-1, 1]
    for word in (word for cue in sample_cues() for word in cue.words):
        first, last = samples_from_ms(word.start_ms), samples_from_ms(word.end_ms)
        samples[first:last] = draw.standard_normal(last - first) * np.hanning(last - first) * _LOUDNESS
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes((np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes())
    return path
