"""The engine child times known texts as jobs: told, stopped, failed, and for real."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.events import AlignJob, TextTimed
from core.progress import Progress, Stage
from core.worker.client import EngineClient
from core.worker.messages import EventHappened, JobBegun, JobCancelled, JobFinished, Priority
from tests.core.worker.conftest import QUICK, Owner, job

ASK_NOT = (
    "And so my fellow Americans,",
    "ask not what your country can do for you,",
    "the moon is made of green paint",
)


@pytest.fixture
def engine(owner: Owner) -> Iterator[EngineClient]:
    """An engine client on fake runs of both kinds."""
    client = EngineClient(
        owner,
        patience=QUICK,
        runner="tests.fakes.pipeline_runs:run",
        align_runner="tests.fakes.align_runs:run",
    )
    with contextlib.closing(client):
        yield client


def result(owner: Owner, job_id: str) -> TextTimed:
    """What the run came to: told once."""
    told = [reply.event for reply in owner.heard if isinstance(reply, EventHappened) and reply.job_id == job_id]
    (found,) = [event for event in told if isinstance(event, TextTimed)]
    assert told[-1] is found
    return found


def test_a_text_comes_back_timed_line_by_line_with_what_was_not_found(engine: EngineClient, owner: Owner) -> None:
    job_id = engine.align(AlignJob("talk.mp4", ("one two", "", "foreign words", "doubtful thing")))
    assert owner.last_word(job_id) == JobFinished(job_id)
    report = result(owner, job_id).report
    assert [(line.number, line.found, line.score) for line in report.lines] == [
        (1, True, 0.9),
        (3, False, 0.0),
        (4, True, 0.2),
    ]
    assert [(word.text, word.start_ms, word.end_ms) for word in report.lines[0].words] == [
        ("one", 1000, 1400),
        ("two", 1400, 1800),
    ]
    assert [line.number for line in report.unmatched] == [3]
    assert report.untexted == ((100_000, 103_000),)


def test_a_book_comes_back_whole(engine: EngineClient, owner: Owner) -> None:
    job_id = engine.align(AlignJob("talk.mp4", tuple(f"line {n} of a long book" for n in range(3_000))))
    assert owner.last_word(job_id) == JobFinished(job_id)
    assert [line.number for line in result(owner, job_id).report.lines] == list(range(1, 3_001))


def test_it_is_stopped_and_urgent_work_goes_before_it(engine: EngineClient, owner: Owner) -> None:
    job_id = engine.align(AlignJob("talk.mp4", ("one", "stay")))
    owner.wait_for(lambda reply: reply == JobBegun(job_id))
    urgent = engine.start(job("chunks=1"), priority=Priority.INTERACTIVE)
    assert owner.last_word(urgent) == JobFinished(urgent)
    engine.cancel(job_id)
    assert owner.last_word(job_id) == JobCancelled(job_id)


def test_it_fails_with_the_engines_sentence(engine: EngineClient, owner: Owner) -> None:
    assert "asked to" in owner.failure_of(engine.align(AlignJob("talk.mp4", ("fail",))))


def test_the_real_run_times_a_speech_in_the_child(owner: Owner, material: Path, tmp_path: Path) -> None:
    with contextlib.closing(EngineClient(owner)) as engine:
        speech = AlignJob(str(material / "A_english/jfk/jfk.flac"), ASK_NOT)
        job_id = engine.align(speech, results_file=tmp_path / "results.jsonl")
        assert owner.last_word(job_id) == JobFinished(job_id)
    timed = result(owner, job_id)
    assert [line.found for line in timed.report.lines] == [True, True, False]
    starts = [word.start_ms for line in timed.report.lines for word in line.words]
    assert starts == sorted(starts)
    assert timed.aligner.id == "builtin"
    stages = [r.event.stage for r in owner.heard if isinstance(r, EventHappened) and isinstance(r.event, Progress)]
    assert stages.index(Stage.RECOGNISE) < stages.index(Stage.ALIGN)
