"""The engine child does jobs in their order, keeps what came, and says each job's last word."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from core.errors import EngineError, InternalError
from core.events import CuesFound, Job, JobDone, WordsJob, WordsTimed
from core.paths import resource
from core.worker import engine_process, media_process
from core.worker.child import load
from core.worker.client import EngineClient, modules
from core.worker.messages import (
    Accepted,
    EventHappened,
    Heartbeat,
    JobBegun,
    JobCancelled,
    JobFailed,
    JobFinished,
    Pong,
    Priority,
)
from tests.core.worker.conftest import Owner, job


def test_a_job_tells_its_events_in_order_and_ends_once(engine: EngineClient, owner: Owner) -> None:
    job_id = engine.start(job("chunks=3"))
    assert owner.last_word(job_id) == JobFinished(job_id)
    assert [chunk.index for chunk in owner.chunks(job_id)] == [0, 1, 2]
    told = [reply for reply in owner.heard if not isinstance(reply, Heartbeat)]
    assert told[:2] == [Accepted(job_id), JobBegun(job_id)]
    assert isinstance(told[-2], EventHappened)
    assert isinstance(told[-2].event, JobDone)


def test_jobs_of_one_class_run_one_after_the_other(engine: EngineClient, owner: Owner) -> None:
    ids = [engine.start(job("chunks=2 pause_ms=5")) for _ in range(3)]
    for job_id in ids:
        owner.last_word(job_id)
    assert [r.job_id for r in owner.heard if isinstance(r, JobBegun)] == ids
    ends = [r.job_id for r in owner.heard if isinstance(r, JobFinished)]
    assert ends == ids


def test_interactive_work_runs_between_the_steps_of_a_batch_job(engine: EngineClient, owner: Owner) -> None:
    batch = engine.start(job("chunks=1 pause_ms=600000"))
    waiting = engine.start(job())
    owner.wait_for(lambda r: r == JobBegun(batch))
    urgent = engine.start(job("chunks=2"), priority=Priority.INTERACTIVE)
    assert owner.last_word(urgent) == JobFinished(urgent)
    assert not owner.chunks(batch), "the batch job is still inside its first chunk"
    assert JobBegun(waiting) not in owner.heard
    engine.cancel(batch)
    assert owner.last_word(batch) == JobCancelled(batch)
    assert owner.last_word(waiting) == JobFinished(waiting)


def test_words_are_timed_between_the_steps_of_a_batch_job(engine: EngineClient, owner: Owner) -> None:
    batch = engine.start(job("chunks=1 pause_ms=600000"))
    owner.wait_for(lambda r: r == JobBegun(batch))
    film = str(resource("sample", "last_boat.mp4"))
    urgent = engine.time_words(WordsJob(film, 800, 3200, (("The", " "), ("last", " "), ("boat", " ")), "en"))
    assert owner.last_word(urgent) == JobFinished(urgent)
    (timed,) = [r.event for r in owner.heard if isinstance(r, EventHappened) and isinstance(r.event, WordsTimed)]
    assert [word.text for word in timed.words] == ["The", "last", "boat"]
    assert not owner.chunks(batch), "the batch job is still inside its first chunk"
    engine.cancel(batch)
    assert owner.last_word(batch) == JobCancelled(batch)


def test_interactive_work_goes_before_waiting_batch_work(engine: EngineClient, owner: Owner, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    first = engine.start(job(f"stubborn_at=0 until={gate}"))
    owner.wait_for(lambda r: r == JobBegun(first))
    second = engine.start(job())
    urgent = engine.start(job(), priority=Priority.INTERACTIVE)
    owner.wait_for(lambda r: r == Accepted(urgent))
    gate.touch()
    for job_id in (first, second, urgent):
        assert owner.last_word(job_id) == JobFinished(job_id)
    begun = [r.job_id for r in owner.heard if isinstance(r, JobBegun)]
    assert begun == [first, urgent, second]


def test_an_error_of_ours_arrives_as_the_class_it_was(engine: EngineClient, owner: Owner) -> None:
    job_id = engine.start(job("fail_at=1"))
    word = owner.last_word(job_id)
    assert isinstance(word, JobFailed)
    error = word.failure.error()
    assert type(error) is EngineError
    assert str(error).startswith("The engine “fake” stopped (asked to).")
    assert [chunk.index for chunk in owner.chunks(job_id)] == [0], "what came before is kept"


def test_a_fault_in_the_child_is_a_sentence_with_the_traceback_in_its_details(
    engine: EngineClient, owner: Owner
) -> None:
    job_id = engine.start(job("stumble_at=0"))
    word = owner.last_word(job_id)
    assert isinstance(word, JobFailed)
    assert isinstance(word.failure.error(), InternalError)
    assert "a fault of ours" in str(word.failure.error())
    assert "_stumble" in word.failure.details
    assert "Traceback" not in str(word.failure.error())
    after = engine.start(job())
    assert owner.last_word(after) == JobFinished(after)


def test_a_runner_that_cannot_be_imported_fails_the_job_and_not_the_child(owner: Owner) -> None:
    client = EngineClient(owner, runner="core.no_such_module:run")
    try:
        job_id = client.start(job())
        assert "no_such_module" in owner.failure_of(job_id)
    finally:
        client.close()


def test_finished_chunks_come_from_the_store_when_the_job_runs_again(
    engine: EngineClient, owner: Owner, tmp_path: Path
) -> None:
    first = engine.start(job("chunks=3 fail_at=2"), results_file=tmp_path / "results")
    owner.last_word(first)
    second = engine.start(job("chunks=3"), results_file=tmp_path / "results")
    assert owner.last_word(second) == JobFinished(second)
    assert [chunk.from_store for chunk in owner.chunks(second)] == [True, True, False]


def test_a_result_over_the_inline_limit_arrives_whole_and_leaves_no_file(
    engine: EngineClient, owner: Owner, home: Path
) -> None:
    job_id = engine.start(job("chunks=1 cues=12000"))
    assert owner.last_word(job_id) == JobFinished(job_id)
    found = [r.event for r in owner.heard if isinstance(r, EventHappened) and isinstance(r.event, CuesFound)]
    assert len(found[0].cues) == 12_000
    assert found[0].cues[-1].text == "word11999"
    assert list((home / "cache" / "messages").iterdir()) == []


def test_what_native_code_prints_does_not_disturb_the_messages(
    engine: EngineClient, owner: Owner, capfd: pytest.CaptureFixture[str]
) -> None:
    job_id = engine.start(job("chatter_at=1"))
    assert owner.last_word(job_id) == JobFinished(job_id)
    assert "native code" not in "".join(capfd.readouterr())


def test_the_heartbeat_says_memory_job_and_stage(engine: EngineClient, owner: Owner) -> None:
    job_id = engine.start(job("chunks=1 pause_ms=600000"))
    beat = owner.wait_for(lambda r: isinstance(r, Heartbeat) and r.stage == "recognise")
    assert isinstance(beat, Heartbeat)
    assert beat.job_id == job_id
    assert beat.busy == 1
    assert 5_000_000 < beat.rss_bytes < 150_000_000, "a child that has done nothing yet is small: no torch, no numpy"


def test_a_child_can_be_started_ahead(engine: EngineClient, owner: Owner) -> None:
    engine.warm_up()
    owner.wait_for(lambda r: isinstance(r, Pong))
    assert engine.child_pid is not None


def test_the_real_pipeline_runs_in_the_child_and_its_words_arrive(owner: Owner, tmp_path: Path) -> None:
    with contextlib.closing(EngineClient(owner)) as engine:
        film = Job(str(resource("sample", "last_boat.mp4")), to_ms=5000, engine="builtin", languages=("en",))
        job_id = engine.start(film, results_file=tmp_path / "results.jsonl")
        assert owner.last_word(job_id) == JobFinished(job_id)
    words = [word for chunk in owner.chunks(job_id) for word in chunk.segment.words]
    assert words
    assert all(0 <= word.start_ms <= word.end_ms <= 5000 for word in words)
    assert [r for r in owner.heard if isinstance(r, EventHappened) and isinstance(r.event, CuesFound)]


@pytest.mark.parametrize(
    "target", [engine_process.RUNNER, engine_process.ALIGN_RUNNER, engine_process.RESULTS, media_process.WORK]
)
def test_what_the_children_import_by_name_is_there_and_listed_for_frozen_builds(target: str) -> None:
    assert callable(load(target))
    assert target.partition(":")[0] in modules()
