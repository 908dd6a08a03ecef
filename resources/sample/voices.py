"""Sentences into speech by flite, with the true times of every word. Knows no story, no film and no recognizer.

flite says which sounds it made and when each ends (`-psdur`). A word's times are those of its sounds; how many sounds a
word has is what flite makes of the word alone.
"""

from __future__ import annotations

import subprocess
import tempfile
import wave
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

SAMPLE_RATE_HZ = 16_000
_LOUDNESS_DBFS = -21.0  # root mean square of each sentence, so that no voice is louder than the other
_SILENCE = "pau"

Samples = npt.NDArray[np.float32]
Sound = tuple[str, int, int]  # name, start_ms, end_ms


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word as written, and when it sounds, in ms from the start of its sentence."""

    text: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence without the silence around it."""

    samples: Samples  # (n,) float32 in [-1, 1] at SAMPLE_RATE_HZ
    words: tuple[SpokenWord, ...]


def speak(voice: str, text: str) -> Spoken:
    """`text` in one of flite's voices.

    Raises:
        ValueError: the sentence has other sounds than its words have one by one, so word times would be wrong.
    """
    samples, sounds = _flite(voice, text)
    spoken = [sound for sound in sounds if sound[0] != _SILENCE]
    from_ms, to_ms = spoken[0][1], spoken[-1][2]
    kept = samples[_samples(from_ms) : _samples(to_ms)]
    return Spoken(_levelled(kept), _words(voice, text, spoken, from_ms))


def _words(voice: str, text: str, sounds: list[Sound], from_ms: int) -> tuple[SpokenWord, ...]:
    """Deal the sentence's sounds out to its words, in order."""
    words: list[SpokenWord] = []
    at = 0
    for word in text.split():
        own = sounds[at : at + _sound_count(voice, word)]
        at += len(own)
        words.append(SpokenWord(word, own[0][1] - from_ms, own[-1][2] - from_ms))
    if at != len(sounds):
        raise ValueError(f"{text!r} has {len(sounds)} sounds, its words have {at}: write it otherwise")
    return tuple(words)


@cache
def _sound_count(voice: str, word: str) -> int:
    return sum(name != _SILENCE for name, _, _ in _flite(voice, word)[1])


def _flite(voice: str, text: str) -> tuple[Samples, list[Sound]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "speech.wav")
        command = ["flite", "-voice", voice, "-psdur", "-o", str(path), "-t", text]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return _read(path), _sounds(told)


def _sounds(told: str) -> list[Sound]:
    """`"pau:0.176 dh:0.342"` (name and end in seconds) as sounds with both ends."""
    sounds: list[Sound] = []
    start_ms = 0
    for name, _, end_s in (item.partition(":") for item in told.split()):
        end_ms = round(float(end_s) * 1000)
        sounds.append((name, start_ms, end_ms))
        start_ms = end_ms
    return sounds


def _read(path: Path) -> Samples:
    with wave.open(str(path)) as reader:
        if (reader.getframerate(), reader.getnchannels(), reader.getsampwidth()) != (SAMPLE_RATE_HZ, 1, 2):
            raise ValueError(f"flite wrote {reader.getparams()}, not 16 kHz mono of 16 bit")
        data = reader.readframes(reader.getnframes())
    return (np.frombuffer(data, "<i2") / 32_768).astype(np.float32)


def _levelled(samples: Samples) -> Samples:
    rms = float(np.sqrt(np.mean(np.square(samples))))
    louder = samples * np.float32(10 ** (_LOUDNESS_DBFS / 20) / rms)
    levelled: Samples = np.clip(louder, -0.98, 0.98).astype(np.float32)
    return levelled


def _samples(ms: int) -> int:
    return ms * SAMPLE_RATE_HZ // 1000
