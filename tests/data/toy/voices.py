"""Voices of flite and espeak-ng, those trained on and those held back, and what they say. Knows no model.

Needs the programs `flite` and `espeak-ng` (Debian packages of these names).
"""

from __future__ import annotations

import random
import subprocess
import tempfile
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.media.waveform import Samples, Waveform
from core.timecode import SAMPLE_RATE

FLITE = ("slt", "awb", "kal16", "kal")
FLITE_UNSEEN = ("rms",)
ACCENTS = (*("en", "en-us", "en-029", "en-gb-scotland", "en-gb-x-gbclan", "en-gb-x-gbcwmd", "en-gb-x-rp", "en-us-nyc"),)
VARIANTS = (
    *(
        "",
        "",
        "",
        "f1",
        "f3",
        "f4",
        "f5",
        "m1",
        "m2",
        "m4",
        "m5",
        "m6",
        "m8",
        "klatt",
        "klatt3",
        "Andy",
        "Annie",
        "Alex",
    ),
    *("Lee", "max", "belinda", "adam", "anika", "linda", "edward", "steph", "michel", "shelby", "Denis", "Diogo", "ed"),
    *("Jacky", "david", "john", "Henrique", "boris", "Michael", "paul"),
)
VARIANTS_UNSEEN = ("f2", "m3", "m7", "klatt4", "Alicia", "Gene", "Mario", "victor", "travis", "rob", "sandro")
_BASE_PITCH_HZ = {"slt": 175, "awb": 120, "kal16": 105, "kal": 105, "rms": 100}
_LONGEST_S = 30
_ESPEAK_SAYS_ALONE = {"a": "[[@]]"}
"""espeak-ng names the letter when `a` stands alone; people say it as in `a test`."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A way to speak.

    Attributes:
        program: "flite" or "espeak-ng".
        name: the voice (espeak-ng: accent, with `+variant`).
        tempo: 1 = as it comes; 1.2 = a fifth faster.
        pitch: 1 = as it comes.
    """

    program: str
    name: str
    tempo: float = 1.0
    pitch: float = 1.0


DEFAULTS = (*(Voice("flite", name) for name in FLITE), Voice("espeak-ng", "en-us"), Voice("espeak-ng", "en"))
"""The plain voices among those trained on."""


def seen(rng: random.Random) -> Voice:
    """A voice to train on."""
    if rng.random() < 0.45:
        return _varied(rng, Voice("flite", rng.choice(FLITE)))
    return _varied(rng, Voice("espeak-ng", _espeak(rng.choice(ACCENTS), rng.choice(VARIANTS))))


def unseen(rng: random.Random) -> Voice:
    """A voice that training never heard."""
    if rng.random() < 0.3:
        return _varied(rng, Voice("flite", rng.choice(FLITE_UNSEEN)))
    return _varied(rng, Voice("espeak-ng", _espeak(rng.choice(ACCENTS), rng.choice(VARIANTS_UNSEEN))))


def say(voice: Voice, text: str) -> Samples:
    """(n,) float32 at 16 kHz of `text` in this voice, as the program gives it, silence at the ends included."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        subprocess.run(_command(voice, text, path), check=True, capture_output=True, timeout=_LONGEST_S)
        with wave.open(str(path)) as file:
            rate = file.getframerate()
            raw = np.frombuffer(file.readframes(_LONGEST_S * rate), dtype=np.int16)
    return Waveform.from_samples(raw, rate).samples


def say_alone(voice: Voice, text: str) -> Samples:
    """One word or phrase without the silence around it."""
    if voice.program == "espeak-ng":
        text = _ESPEAK_SAYS_ALONE.get(text, text)
    return trimmed(say(voice, text))


def trimmed(samples: Samples, below_db: float = 38.0) -> Samples:
    """Without what is more than `below_db` under the loudest 10 ms at both ends."""
    hop = SAMPLE_RATE // 100
    frames = samples[: len(samples) // hop * hop].reshape(-1, hop)
    level = np.sqrt(np.mean(frames**2, axis=1))
    loud = np.flatnonzero(level > level.max() * 10 ** (-below_db / 20))
    return samples[loud[0] * hop : (loud[-1] + 1) * hop]


def _varied(rng: random.Random, voice: Voice) -> Voice:
    return Voice(voice.program, voice.name, rng.uniform(0.75, 1.3), rng.uniform(0.8, 1.25))


def _espeak(accent: str, variant: str) -> str:
    return f"{accent}+{variant}" if variant else accent


def _command(voice: Voice, text: str, path: Path) -> list[str]:
    if voice.program == "flite":
        pitch = _BASE_PITCH_HZ[voice.name] * voice.pitch
        shape = ["--setf", f"duration_stretch={1 / voice.tempo:.3f}", "--setf", f"int_f0_target_mean={pitch:.0f}"]
        return ["flite", "-voice", voice.name, *shape, "-t", text, "-o", str(path)]
    # espeak-ng: words a minute, and pitch 0..99 with 50 as it comes.
    shape = ["-s", f"{170 * voice.tempo:.0f}", "-p", f"{min(99, 50 + 120 * (voice.pitch - 1)):.0f}"]
    return ["espeak-ng", "-v", voice.name, *shape, "-w", str(path), text]
