"""What rooms, microphones and speakers do to speech, by chance: speed, echo, tone, noise, level. Knows no texts."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np

from core.media.waveform import Samples, Waveform
from core.timecode import SAMPLE_RATE


@dataclass(frozen=True, slots=True)
class Treated:
    """Sound after treatment; a time t in seconds before it is `t / speed + shift_s` now."""

    samples: Samples
    speed: float = 1.0
    shift_s: float = 0.0


def treated(rng: random.Random, samples: Samples, *, speeds: tuple[float, float] = (0.87, 1.15)) -> Treated:
    """`samples` (n,) as another speaker, room and microphone might give it, with a pause before and behind."""
    noise = np.random.default_rng(rng.getrandbits(32))
    speed = rng.uniform(*speeds) if rng.random() < 0.7 else 1.0
    if speed != 1.0:
        samples = Waveform.from_samples(samples, round(SAMPLE_RATE * speed)).samples
    if rng.random() < 0.4:
        samples = _echoed(rng, noise, samples)
    if rng.random() < 0.6:
        samples = _coloured(rng, noise, samples)
    shift = rng.uniform(0, 0.7) if rng.random() < 0.8 else 0.0
    behind = rng.uniform(0, 0.7) if rng.random() < 0.8 else 0.0
    samples = np.concatenate([_nothing(shift), samples, _nothing(behind)])
    samples = samples * (10 ** (rng.uniform(-32, -14) / 20) / max(_level(samples), 1e-6))
    if rng.random() < 0.75:
        samples = samples + some_noise(rng, len(samples)) * _level(samples) * 10 ** (-rng.uniform(12, 45) / 20)
    return Treated(np.clip(samples, -1, 1).astype(np.float32), speed, shift)


def some_noise(rng: random.Random, count: int) -> Samples:
    """(count,) noise of level 1: from white to brown, now and then with a hum."""
    noise = np.random.default_rng(rng.getrandbits(32))
    spectrum = np.fft.rfft(noise.standard_normal(count))
    hz = np.maximum(np.fft.rfftfreq(count, 1 / SAMPLE_RATE), 30)
    samples = np.fft.irfft(spectrum * hz ** -rng.uniform(0, 1), count)
    samples /= max(_level(samples), 1e-9)
    if rng.random() < 0.2:
        seconds = np.arange(count) / SAMPLE_RATE
        samples = samples + sum(np.sin(2 * np.pi * 50 * k * seconds) / k for k in (1, 2, 3))
    return (samples / max(_level(samples), 1e-9)).astype(np.float32)


def _echoed(rng: random.Random, noise: np.random.Generator, samples: Samples) -> Samples:
    """In a room: a tail of decaying noise behind the direct sound."""
    length = int(rng.uniform(0.08, 0.5) * SAMPLE_RATE)
    tail = noise.standard_normal(length) * np.exp(-6.9 * np.arange(length) / length)
    tail *= rng.uniform(0.1, 0.6) / np.sqrt(np.sum(tail**2))
    tail[0] = 1.0
    size = len(samples) + length
    wet = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(tail, size), size)
    return wet[: len(samples) + length // 3].astype(np.float32)


def _coloured(rng: random.Random, noise: np.random.Generator, samples: Samples) -> Samples:
    """Another microphone: up to ±8 dB by a smooth curve, and now and then only what a telephone carries."""
    hz = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE)
    knots = noise.uniform(-8, 8, 7)
    gain = 10 ** (np.interp(np.sqrt(hz), np.linspace(0, np.sqrt(SAMPLE_RATE / 2), 7), knots) / 20)
    if rng.random() < 0.25:
        gain = gain / (1 + (hz / rng.uniform(3400, 6000)) ** 12)
    return np.fft.irfft(np.fft.rfft(samples) * gain, len(samples)).astype(np.float32)


def _nothing(seconds: float) -> Samples:
    return np.zeros(int(seconds * SAMPLE_RATE), dtype=np.float32)


def _level(samples: Samples) -> float:
    return float(np.sqrt(np.mean(samples.astype(np.float64) ** 2)))
