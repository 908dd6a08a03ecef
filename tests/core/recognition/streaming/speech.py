"""Speech of known words for the small model: said by espeak-ng, put together and treated by the model's own scripts."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np

from core.media.waveform import Samples
from core.timecode import SAMPLE_RATE
from tests.data.toy import voices
from tests.data.toy.utterances import whole
from tests.data.toy.vocabulary import WORDS

_SPEAKERS = tuple(voices.Voice("espeak-ng", name) for name in ("en-us", "en-us+f3"))
_LONGEST_S = 8.0
"""What the small model was made for."""


@dataclass(frozen=True)
class Spoken:
    """Sound, its words, and when each of them ends (ms); () where nobody knows."""

    samples: Samples
    words: tuple[str, ...]
    ends_ms: tuple[int, ...] = ()


@dataclass(frozen=True)
class Speech:
    """Every word of the small model's vocabulary in two voices, without the silence around it."""

    words: tuple[tuple[str, Samples], ...]

    @classmethod
    def said(cls) -> Speech:
        """Said now: 44 runs of espeak-ng."""
        return cls(tuple((word, voices.say_alone(voice, word)) for voice in _SPEAKERS for word in WORDS))

    def spoken(self, count: int, seed: int, *, gap_s: tuple[float, float] = (0.05, 0.2)) -> Spoken:
        """`count` words drawn by `seed`, with pauses of `gap_s` between them and silence at both ends."""
        rng = np.random.default_rng(seed)
        parts: list[Samples] = [silence(0.5)]
        words, ends = [], []
        for place in rng.integers(0, len(self.words), count):
            word, sound = self.words[place]
            parts += [sound, silence(rng.uniform(*gap_s))]
            words.append(word)
            ends.append(sum(map(len, parts[:-1])) * 1000 // SAMPLE_RATE)
        parts.append(silence(1.2))
        return Spoken(np.concatenate(parts), tuple(words), tuple(ends))

    def minute(self, seed: int) -> Samples:
        """Sixty seconds of speech, the last two of them silent."""
        sound = self.spoken(150, seed).samples[: 58 * SAMPLE_RATE]
        return np.concatenate([sound, np.zeros(60 * SAMPLE_RATE - len(sound), np.float32)])


def utterances(count: int) -> list[Spoken]:
    """Texts the small model was never trained on, in voices it never heard, in rooms with noise; 8 s at most each."""
    rng = random.Random("streaming")
    made: list[Spoken] = []
    while len(made) < count:
        one = whole(rng, _stranger, held_back=True)
        if len(one.samples) <= _LONGEST_S * SAMPLE_RATE:
            sound = np.concatenate([silence(0.5), one.samples, silence(1.2)])
            made.append(Spoken(sound, tuple(one.text.split())))
    return made


def silence(seconds: float) -> Samples:
    """A quiet room: −80 dBFS of noise."""
    rng = np.random.default_rng(1)
    return (rng.standard_normal(round(seconds * SAMPLE_RATE)) * 1e-4).astype(np.float32)


def _stranger(rng: random.Random) -> voices.Voice:
    """A voice held back from training, of the program that every machine with the tests has."""
    while (voice := voices.unseen(rng)).program != "espeak-ng":
        pass
    return voice
