"""An align run that is stopped again and again ends as one that was not, and hears and times nothing twice."""

from __future__ import annotations

import os
import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pytest

from core import sphinx
from core.alignment.known_text.report import Report
from core.document.chunk_results import open_results
from core.events import SONG, AlignJob, ChunkDone, Resumed, TextTimed
from core.paths import data_dir, resource
from core.pipeline_align import run
from core.progress import CancelToken
from core.results import MemoryResults, Results
from core.sphinx import pcm16
from tests.media_fixtures import samples_of

SOUND_MS = 20_000
LINES = tuple(line for line in resource("sample", "last_boat.txt").read_text().splitlines() if line.strip())[:8]

Order = Callable[..., AlignJob]


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Order:
    """Makes jobs: the first lines of the sample film and so much of its sound."""
    recording = tmp_path_factory.mktemp("sound") / "boat.wav"
    with wave.open(str(recording), "wb") as out:
        out.setparams((1, 2, 16_000, 0, "NONE", ""))
        out.writeframes(pcm16(samples_of(resource("sample", "last_boat.mp4"), to_ms=SOUND_MS)[0]))
    return partial(AlignJob, str(recording), LINES, engine="builtin", aligner="builtin")


@pytest.fixture(scope="module")
def through(job: Order) -> Iterator[tuple[Ran, Results]]:
    """A run nobody disturbed, and what it kept."""
    results = MemoryResults()
    with patch.dict(os.environ, CUESMITH_HOME=str(Path(job().media).parent)):
        yield ran(job(), results), results


@dataclass
class Ran:
    """What a run told until it was left."""

    pieces: list[ChunkDone] = field(default_factory=list)
    resumed: Resumed | None = None
    report: Report | None = None

    def from_store(self) -> list[bool]:
        """Piece by piece."""
        return [piece.from_store for piece in self.pieces]

    def times(self) -> list[list[tuple[str, int, int, float | None]]]:
        """Every word of every line."""
        assert self.report is not None
        return [
            [(word.text, word.start_ms, word.end_ms, word.time_confidence) for word in line.words]
            for line in self.report.lines
        ]


def ran(order: AlignJob, results: Results, *, leave_after: int = 1_000) -> Ran:
    """A run that is left, as by a crash, after so many pieces."""
    told = Ran()
    events: Iterator[object] = run(order, results=results, cancel=CancelToken())
    for event in events:
        if isinstance(event, Resumed):
            told.resumed = event
        elif isinstance(event, TextTimed):
            told.report = event.report
        elif isinstance(event, ChunkDone):
            told.pieces.append(event)
            if len(told.pieces) == leave_after:
                break
    events.close()  # type: ignore[attr-defined]
    return told


def test_a_run_left_at_every_piece_ends_as_one_that_was_not(job: Order, through: tuple[Ran, Results]) -> None:
    whole, _ = through
    count = len(whole.pieces)
    assert not any(whole.from_store())
    assert whole.resumed is None
    with open_results(data_dir() / "results.jsonl") as results:
        for done in range(count - 1):
            left = ran(job(), results, leave_after=done + 1)
            assert left.from_store() == [True] * done + [False], "goes on at the first that is missing"
        last = ran(job(), results)
    assert last.from_store() == [True] * (count - 1) + [False]
    assert last.times() == whole.times()
    assert [(piece.index, piece.of) for piece in last.pieces] == [(piece.index, piece.of) for piece in whole.pieces]


def test_pieces_are_numbered_within_hearing_and_within_timing(through: tuple[Ran, Results]) -> None:
    numbers = [(piece.index, piece.of) for piece in through[0].pieces]
    heard = numbers[0][1]
    assert numbers[:heard] == [(index, heard) for index in range(heard)]
    assert numbers[heard:] == [(index, len(numbers) - heard) for index in range(len(numbers) - heard)]


def test_a_run_that_was_through_loads_no_model(
    job: Order, through: tuple[Ran, Results], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    monkeypatch.setattr(sphinx, "decoder", lambda **settings: made.append(settings))
    again = ran(job(), through[1])
    assert made == []
    assert all(again.from_store())
    assert again.resumed is not None
    assert again.resumed.chunks == again.resumed.of
    assert again.times() == through[0].times()


def test_another_text_is_heard_anew(job: Order, through: tuple[Ran, Results]) -> None:
    other = replace(job(), lines=LINES[:3])
    assert ran(other, through[1], leave_after=1).from_store() == [False]


def test_a_song_goes_on_at_the_first_missing_run(job: Order) -> None:
    results = MemoryResults()
    song = replace(job(), preset=SONG, lines=LINES[:4])
    whole = ran(song, MemoryResults())
    left = ran(song, results, leave_after=2)
    last = ran(song, results)
    assert left.from_store() == [False, False]
    assert last.from_store() == [True, True, *whole.from_store()[2:]]
    assert last.times() == whole.times()
