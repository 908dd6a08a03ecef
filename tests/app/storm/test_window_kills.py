"""Kill -9 on the window while a person edits, imports, transcribes and saves: whatever counted as done is there.

The window is the real one (`app.application.build`), so are its children, its files and its film; only the recognizer
answers at once. After each kill every piece of work is opened from a copy and compared with what was acknowledged; the
next life then goes on with it in the window, which must show the same.
"""

from __future__ import annotations

import random
import shutil
import wave
from pathlib import Path

import pytest

from core import paths
from core.paths import resource
from core.sphinx import pcm16
from tests.app.storm.ledger import Ledger
from tests.app.storm.lives import lives_in, some_death
from tests.media_fixtures import samples_of

EXPECTED = {"project.in_use"}
"""Errors the scripted person earns: saving over a project that a job of the same window still works on."""

STARVED = "gave no sign for"
"""Said of a child that a very busy machine gave no turn for half a minute."""

LIVES_A_HOME = 15
TALK_MS = 15_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A film, a recording and subtitles for a person to work on."""
    made = tmp_path / "work"
    made.mkdir()
    film = resource("sample", "last_boat.mp4")
    shutil.copy(film, made / "film.mp4")
    with wave.open(str(made / "talk.wav"), "wb") as talk:
        talk.setparams((1, 2, 16_000, 0, "NONE", ""))
        talk.writeframes(pcm16(samples_of(film, to_ms=TALK_MS)[0]))
    cues = [f"{n + 1}\n00:00:{2 * n:02},000 --> 00:00:{2 * n + 1:02},500\nline {n} of it\n" for n in range(12)]
    (made / "import.srt").write_text("\n".join(cues))
    return made


def storm(folder: Path, copies: Path, kills: int, seed: int) -> Ledger:
    """Kill so many lives in a row, and look at everything after each."""
    rng = random.Random(seed)
    ledger = Ledger(copies)
    with lives_in(folder) as lives:
        for kill in range(kills):
            try:
                ledger.hear(lives.one(rng.randrange(10**9), some_death(rng)))
                ledger.check()
            except BaseException as error:
                error.add_note(f"kill {kill} of seed {seed}")
                raise
    told = [str(one) for one in ledger.told if one[0] not in EXPECTED and STARVED not in one[1]]
    assert not told, "\n".join(told)
    return ledger


@pytest.mark.timeout(1_200)
def test_ten_kills_of_the_window_lose_nothing(folder: Path, tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    ledger = storm(folder, copies, 10, 20261120)
    assert ledger.steps > 50, "they had something to lose"


@pytest.mark.slow
@pytest.mark.timeout(7_200)
def test_three_hundred_kills_of_the_window_lose_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a home of its own every so many lives, so that each begins with little and ends with much."""
    counts = []
    for series in range(300 // LIVES_A_HOME):
        home, copies = tmp_path / f"home{series}", tmp_path / f"copies{series}"
        copies.mkdir()
        monkeypatch.setenv("CUESMITH_HOME", str(home))
        for project in folder.glob("*.cuesmith*"):
            project.unlink()
        ledger = storm(folder, copies, LIVES_A_HOME, series)
        counts.append((ledger.steps, sum(ledger.passages.values()), ledger.saves, ledger.opened))
        shutil.rmtree(home)
    steps, passages, saves, opened = map(sum, zip(*counts, strict=True))
    print(f"300 kills, {steps} steps, {passages} passages, {saves} saves, {opened} openings, 0 lost")
    assert paths.data_dir() == home / "data"
