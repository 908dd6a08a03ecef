"""Media for every room's tests: a recording of speech, films made by script, three hours. Made once a run."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

import numpy as np
import pytest

from core.media.decode import decode
from core.media.waveform import Samples
from core.paths import resource
from tests.data.make_media import SCRIPTED, make_long


class ScriptedMedia:
    """Films of `tests.data.make_media`, made when first asked for."""

    def __init__(self, folder: Path, speech: Path) -> None:
        self._folder = folder
        self.speech = speech

    def file(self, name: str) -> Path:
        """The film of this name in `SCRIPTED`."""
        path = self._folder / name
        return path if path.exists() else SCRIPTED[name](path, self.speech)


@pytest.fixture(scope="session")
def speech_file() -> Path:
    """About 11 s or more of English speech: the shared material's, else the project's sample film, else a skip."""
    shared = Path(os.environ.get("CUESMITH_MATERIAL") or "-") / "A_english" / "jfk" / "jfk.flac"
    samples = sorted(resource("sample").glob("*.mp4"))
    found = next((path for path in (shared, *samples) if path.is_file()), None)
    if found is None:
        pytest.skip("there is neither CUESMITH_MATERIAL nor a sample film to take speech from")
    return found


@pytest.fixture(scope="session")
def scripted(tmp_path_factory: pytest.TempPathFactory, speech_file: Path) -> ScriptedMedia:
    """Films with several tracks, a late track, 5.1, …: `scripted.file("two_tracks.mkv")`."""
    return ScriptedMedia(tmp_path_factory.mktemp("scripted"), speech_file)


@pytest.fixture(scope="session")
def three_hours(tmp_path_factory: pytest.TempPathFactory, speech_file: Path) -> Path:
    """A recording of three hours with a minute of speech in every ten."""
    return make_long(tmp_path_factory.mktemp("long") / "three_hours.m4a", speech_file)


@pytest.fixture(scope="session")
def half_hour(tmp_path_factory: pytest.TempPathFactory, speech_file: Path) -> Path:
    """The same for half an hour."""
    return make_long(tmp_path_factory.mktemp("long") / "half_hour.m4a", speech_file, 1800)


def samples_of(path: Path, *, track: int = 1, from_ms: int = 0, to_ms: int | None = None) -> tuple[Samples, int]:
    """All sound of a track as one array, and the position of its first sample; checks that blocks join."""
    blocks = list(decode(path, track=track, from_ms=from_ms, to_ms=to_ms))
    for before, after in itertools.pairwise(blocks):
        assert before.last_sample == after.first_sample
    return np.concatenate([block.samples for block in blocks]), blocks[0].first_sample


def place_of(part: Samples, sound: Samples) -> tuple[int, float]:
    """Where in `sound` the `part` fits best, and how well: −1 … 1, whatever their levels."""
    size = 1 << (len(sound) + len(part)).bit_length()
    match = np.fft.irfft(np.fft.rfft(sound, size) * np.conj(np.fft.rfft(part, size)), size)
    place = int(np.argmax(match[: len(sound) - len(part)]))
    found = sound[place : place + len(part)]
    norm = float(np.sqrt(np.dot(found, found) * np.dot(part, part)))
    return place, float(np.dot(found, part)) / norm if norm else 0.0
