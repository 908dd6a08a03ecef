"""Spoken digits with known times, put together as a test wants them: 36 words read by six people."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.media.waveform import Samples
from core.timecode import SAMPLE_RATE
from tests.fakes.sound import load


@dataclass(frozen=True)
class Spoken:
    """Sound, its words, and when each of them ends (ms)."""

    samples: Samples
    words: tuple[str, ...]
    ends_ms: tuple[int, ...]


@dataclass(frozen=True)
class Digits:
    """The words, cut out with a little sound around them."""

    words: tuple[tuple[str, Samples], ...]

    @classmethod
    def of(cls, material: Path) -> Digits:
        words: list[tuple[str, Samples]] = []
        for path in sorted((material / "B_timed" / "digits_constructed").glob("dev_*.flac")):
            sound = load(path)
            for word in json.loads(path.with_suffix("").with_suffix(".truth.json").read_text())["words"]:
                first, last = (round(word[edge] * SAMPLE_RATE) for edge in ("start", "end"))
                words.append((word["word"], sound[max(0, first - 320) : last + 320]))
        return cls(tuple(words))

    def spoken(self, count: int, seed: int, *, gap_s: tuple[float, float] = (0.05, 0.2)) -> Spoken:
        """`count` words drawn by `seed`, with pauses of `gap_s` between them and silence at both ends."""
        rng = np.random.default_rng(seed)
        parts: list[Samples] = [_silence(0.5)]
        words, ends = [], []
        for place in rng.integers(0, len(self.words), count):
            word, sound = self.words[place]
            parts += [sound, _silence(rng.uniform(*gap_s))]
            words.append(word)
            ends.append(sum(map(len, parts[:-1])) * 1000 // SAMPLE_RATE - 20)
        parts.append(_silence(1.2))
        return Spoken(np.concatenate(parts), tuple(words), tuple(ends))


def _silence(seconds: float) -> Samples:
    rng = np.random.default_rng(1)
    return (rng.standard_normal(round(seconds * SAMPLE_RATE)) * 1e-4).astype(np.float32)
