"""Utterances of known text: whole as a synthesiser says them, spliced from single words, and without speech.

Knows no model and no files. Spliced ones know when each word is said; that is what the frame loss of training needs.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from core.media.waveform import Samples
from core.timecode import SAMPLE_RATE
from tests.data.toy import augment, voices
from tests.data.toy.vocabulary import PHRASES, WORDS, some_text

LONGEST_S = 9.0
PickVoice = Callable[[random.Random], voices.Voice]


@dataclass(frozen=True, slots=True, eq=False)
class Utterance:
    """Sound and what is said in it.

    Attributes:
        samples: (n,) float32 at 16 kHz.
        text: the words, blank-separated; "" = no speech.
        words: (unit, start, end) in seconds, where known; a unit may be several words.
        voice: who says it, "mixed" for several.
        kind: "whole", "spliced" or "silence".
    """

    samples: Samples
    text: str
    words: tuple[tuple[str, float, float], ...]
    voice: str
    kind: str


@dataclass(slots=True)
class Bank:
    """Renderings of single words and short phrases, to splice."""

    renderings: dict[str, list[tuple[str, Samples]]] = field(default_factory=lambda: defaultdict(list))

    def fill(self, rng: random.Random, pick: PickVoice, each: int) -> Bank:
        """`each` renderings of every word, and a third of that of every phrase."""
        for unit in (*WORDS, *PHRASES):
            for _ in range(each if unit in WORDS else each // 3):
                voice = pick(rng)
                if unit == "a" and voice.program == "flite":  # says the letter's name
                    voice = voices.Voice("espeak-ng", rng.choice(voices.ACCENTS), voice.tempo, voice.pitch)
                self.renderings[unit].append((voice.name, voices.say_alone(voice, unit)))
        return self

    def pick(self, rng: random.Random, unit: str, voice: str) -> tuple[str, Samples]:
        """(voice, (n,) samples) of `unit`, in `voice` where there is one."""
        all_of_it = self.renderings[unit]
        same = [one for one in all_of_it if one[0] == voice]
        return rng.choice(same or all_of_it)


def whole(rng: random.Random, pick: PickVoice, *, held_back: bool = False, clean: bool = False) -> Utterance:
    """A text as one voice says it."""
    while True:
        text, voice = some_text(rng, held_back=held_back), pick(rng)
        said = voices.say(voice, text)
        done = augment.Treated(said) if clean else augment.treated(rng, said)
        if len(done.samples) <= LONGEST_S * SAMPLE_RATE:
            return Utterance(done.samples, text, (), voice.name, "whole")


def spliced(rng: random.Random, bank: Bank, *, held_back: bool = False, clean: bool = False) -> Utterance:
    """A text put together from the bank, with pauses of 10 ms to 1.6 s."""
    while True:
        text = some_text(rng, held_back=held_back)
        samples, placed, voice = _joined(rng, bank, units_of(rng, text))
        done = augment.Treated(samples) if clean else augment.treated(rng, samples)
        if len(done.samples) > LONGEST_S * SAMPLE_RATE:
            continue
        words = tuple(
            (unit, round(start / done.speed + done.shift_s, 3), round(end / done.speed + done.shift_s, 3))
            for unit, start, end in placed
        )
        return Utterance(done.samples, text, words, voice, "spliced")


def silence(rng: random.Random) -> Utterance:
    """No speech: nothing at all, noise, or clicks in noise."""
    count = int(rng.uniform(0.5, 6) * SAMPLE_RATE)
    level = 10 ** (-rng.uniform(20, 75) / 20)
    samples = augment.some_noise(rng, count) * level if rng.random() < 0.85 else np.zeros(count, np.float32)
    for _ in range(rng.choice((0, 0, 1, 3))):
        at = rng.randrange(count - 200)
        samples[at : at + 160] += augment.some_noise(rng, 160) * level * 6
    return Utterance(np.clip(samples, -1, 1).astype(np.float32), "", (), "", "silence")


def units_of(rng: random.Random, text: str) -> list[str]:
    """`text` as words and, where it has them, mostly phrases."""
    words = text.split()
    units: list[str] = []
    while words:
        fits = [phrase for phrase in PHRASES if words[: len(phrase.split())] == phrase.split()]
        unit = max(fits, key=len) if fits and rng.random() < 0.7 else words[0]
        units.append(unit)
        words = words[len(unit.split()) :]
    return units


def _joined(rng: random.Random, bank: Bank, units: list[str]) -> tuple[Samples, list[tuple[str, float, float]], str]:
    one_voice = rng.random() < 0.6
    voice = bank.pick(rng, units[0], "")[0] if one_voice else ""
    pieces: list[Samples] = []
    placed: list[tuple[str, float, float]] = []
    at, heard = 0, set()
    widest = rng.choice((0.08, 0.3, 0.8, 1.6))
    for index, unit in enumerate(units):
        name, said = bank.pick(rng, unit, voice)
        said = _faded(said) * (10 ** (rng.uniform(-4, 4) / 20))
        gap = int(rng.uniform(0.01, widest) * SAMPLE_RATE) if index else 0
        pieces += [np.zeros(gap, np.float32), said]
        placed.append((unit, (at + gap) / SAMPLE_RATE, (at + gap + len(said)) / SAMPLE_RATE))
        at += gap + len(said)
        heard.add(name)
    return np.concatenate(pieces), placed, heard.pop() if len(heard) == 1 else "mixed"


def _faded(samples: Samples) -> Samples:
    """Without a click at its ends: 5 ms in and out."""
    ramp = np.minimum(1, np.arange(len(samples)) / 80)
    faded: Samples = (samples * ramp * ramp[::-1]).astype(np.float32)
    return faded
