"""A sound card for tests, and spoken words to play into it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from core.media.waveform import Samples, Waveform
from tests.fakes.sound_card import SoundCard


@pytest.fixture
def sound_card(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundCard]:
    """A card that is plugged in; children started by the test find it as the default microphone."""
    if not SoundCard.is_possible():
        pytest.skip("pulseaudio is not installed here")
    card = SoundCard(tmp_path_factory.mktemp("card"))
    for name, value in card.environment.items():
        monkeypatch.setenv(name, value)
    card.plug()
    try:
        yield card
    finally:
        card.unplug()


@pytest.fixture(scope="session")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Samples]:
    """`spoken(text, voice="en-us")`: (n,) float32 at 16 kHz, as espeak-ng says it, silence at its ends cut off."""
    folder = tmp_path_factory.mktemp("spoken")

    def say(text: str, voice: str = "en-us") -> Samples:
        import wave

        path = folder / f"{abs(hash((text, voice)))}.wav"
        if not path.exists():
            subprocess.run(["espeak-ng", "-v", voice, "-s", "150", "-w", str(path), text], check=True)
        with wave.open(str(path)) as file:
            raw = np.frombuffer(file.readframes(file.getnframes()), np.int16)
            samples = Waveform.from_samples(raw, file.getframerate()).samples
        loud = np.flatnonzero(np.abs(samples) > 0.01)
        return samples[loud[0] : loud[-1] + 1]

    return say
