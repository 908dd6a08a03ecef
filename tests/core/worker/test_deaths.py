"""A child may be killed at any moment: a sentence, what came is kept, the next job runs."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.context import SpawnProcess
from pathlib import Path

import psutil
import pytest

from core.document.chunk_results import open_results
from core.worker import session
from core.worker.actor import Patience
from core.worker.client import Client, EngineClient, MediaClient
from core.worker.media_messages import PeaksProgress, Probed
from core.worker.messages import (
    Heartbeat,
    JobBegun,
    JobCancelled,
    JobFailed,
    JobFinished,
    JobRestarted,
    Priority,
    StartJob,
)
from core.worker.session import cause_of_exit
from tests.core.worker.conftest import Owner, is_gone, job, wait_until
from tests.fakes import children
from tests.fakes.pipeline_runs import key

LONG = "chunks=1 pause_ms=600000"
LIVES_ON = pytest.mark.parametrize("patience", [Patience(cancel_grace_s=60.0)], ids=["patient"])
UNHEARD = Patience(silence_s=0.5, start_s=0.5)


def kill(client: Client) -> None:
    """Kill -9."""
    pid = client.child_pid
    assert pid is not None
    kill_pid(pid)


def kill_pid(pid: int | None) -> None:
    """Kill -9, where there is one and it has not gone by itself."""
    if pid is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def hurry(client: Client, seconds: float) -> None:
    """So much time goes by for the client that no child, and no test, can be too slow for it."""
    client._actor._clock_s += seconds


def stored(results: Path) -> list[int]:
    """The chunks kept in a results file."""
    with open_results(results) as kept:
        return [index for index in range(40) if kept.get(key(index)) is not None]


# ── kill -9 ──────────────────────────────────────────────────────────────────────────────────────


def test_killing_the_engine_gives_a_sentence_keeps_what_came_and_the_next_job_goes_on(
    engine: EngineClient, owner: Owner, tmp_path: Path
) -> None:
    results = tmp_path / "results"
    job_id = engine.start(job("chunks=4 stubborn_at=2"), results_file=results)
    owner.wait_for_chunk(job_id, 1)
    kill(engine)
    assert owner.failure_of(job_id) == (
        "The engine process ended unexpectedly (killed by the system, probably for lack of memory). "
        "What came before is kept. Start the job again: it goes on from there."
    )
    assert [chunk.index for chunk in owner.chunks(job_id)] == [0, 1]
    assert stored(results) == [0, 1]
    again = engine.start(job("chunks=4"), results_file=results)
    assert owner.last_word(again) == JobFinished(again)
    assert [chunk.from_store for chunk in owner.chunks(again)] == [True, True, False, False]


def test_killing_the_media_child_gives_a_sentence_and_the_next_request_works(media: MediaClient, owner: Owner) -> None:
    peaks = media.build_peaks("steps=1000 step_ms=20")
    owner.wait_for(lambda r: isinstance(r, PeaksProgress))
    kill(media)
    assert owner.failure_of(peaks).startswith("The media process ended unexpectedly (killed by the system")
    probe = media.probe("film")
    assert owner.last_word(probe) == JobFinished(probe)


def test_a_job_that_had_not_begun_runs_in_the_next_child(engine: EngineClient, owner: Owner) -> None:
    running = engine.start(job(LONG))
    waiting = engine.start(job())
    owner.wait_for(lambda r: r == JobBegun(running))
    kill(engine)
    assert isinstance(owner.last_word(running), JobFailed)
    assert owner.last_word(waiting) == JobFinished(waiting)


def test_a_child_killed_while_it_starts_is_started_once_more(engine: EngineClient, owner: Owner) -> None:
    job_id = engine.start(job())
    wait_until(lambda: engine.child_pid is not None)
    kill(engine)
    assert owner.last_word(job_id) == JobFinished(job_id)


def test_killing_an_idle_child_goes_unnoticed(engine: EngineClient, owner: Owner) -> None:
    first = engine.start(job())
    owner.last_word(first)
    kill(engine)
    wait_until(lambda: engine.child_pid is None)
    second = engine.start(job())
    assert owner.last_word(second) == JobFinished(second)
    assert not [r for r in owner.heard if isinstance(r, JobFailed)]


def run_with_random_kills(engine: EngineClient, owner: Owner, folder: Path, kills: int) -> None:
    """Start jobs and kill the child after random pauses; the store grows until the job is through, then a new one."""
    chance = random.Random(20261120)
    results, deaths = folder / "results-0", 0
    while deaths < kills:
        job_id = engine.start(job("chunks=40 pause_ms=3"), results_file=results)
        ended = threading.Timer(chance.uniform(0, 0.35), lambda: kill_pid(engine.child_pid))
        ended.start()
        word = owner.last_word(job_id)
        ended.join()
        told = [chunk.index for chunk in owner.chunks(job_id)]
        assert told == list(range(len(told))), "no event lost, doubled or out of order"
        assert stored(results)[: len(told)] == told, "stored before told"
        deaths += 1
        if isinstance(word, JobFinished):
            assert len(told) == 40
            results = folder / f"results-{deaths}"
        else:
            assert isinstance(word, JobFailed)
            assert word.failure.code == "worker.died"


def test_thirty_kills_at_random_moments_lose_nothing(engine: EngineClient, owner: Owner, tmp_path: Path) -> None:
    run_with_random_kills(engine, owner, tmp_path, 30)


@pytest.mark.slow
def test_a_hundred_kills_at_random_moments_lose_nothing(engine: EngineClient, owner: Owner, tmp_path: Path) -> None:
    run_with_random_kills(engine, owner, tmp_path, 100)


# ── other ends ───────────────────────────────────────────────────────────────────────────────────


def test_a_native_crash_names_its_signal_and_carries_the_stack_in_its_details(
    engine: EngineClient, owner: Owner
) -> None:
    job_id = engine.start(job("crash_at=1"))
    word = owner.last_word(job_id)
    assert isinstance(word, JobFailed)
    assert "(a crash in native code, SIGSEGV)" in str(word.failure.error())
    assert "pipeline_runs.py" in word.failure.details
    assert [chunk.index for chunk in owner.chunks(job_id)] == [0]


def test_a_child_that_leaves_by_itself_says_its_exit_code(engine: EngineClient, owner: Owner) -> None:
    assert "(exit code 7)" in owner.failure_of(engine.start(job("leave_at=0")))


def test_a_child_that_never_comes_to_begin_fails_the_job_after_a_second_try(
    client_of: Callable[..., Client], owner: Owner
) -> None:
    client = client_of(children.dies_at_once)
    assert "(exit code 5)" in owner.failure_of(client.ask(StartJob("x", job())))


def test_a_child_that_gives_no_sign_is_ended(client_of: Callable[..., Client], owner: Owner) -> None:
    client = client_of(children.never_speaks, patience=UNHEARD)
    assert "gave no sign" in owner.failure_of(client.ask(StartJob("x", job())))


def test_a_child_that_is_slow_to_come_up_is_waited_for(client_of: Callable[..., Client], owner: Owner) -> None:
    """A cold disk and a busy processor are no hang: only who has spoken once is expected to go on."""
    client = client_of(children.comes_late, patience=Patience(silence_s=0.2))
    assert owner.last_word(client.ask(StartJob("x", job()))) == JobFinished("x")


def test_a_job_that_holds_the_interpreter_lock_counts_as_hung_and_the_next_one_runs(owner: Owner) -> None:
    patience = Patience(silence_s=20.0)
    with contextlib.closing(EngineClient(owner, patience=patience, runner="tests.fakes.pipeline_runs:run")) as engine:
        job_id = engine.start(job("freeze_at=1"))
        owner.wait_for_chunk(job_id)
        for _ in range(40):
            if any(isinstance(reply, JobFailed) for reply in owner.heard):
                break
            hurry(engine, 15.0)
            time.sleep(1.5)  # longer than a child that lives is silent
        assert owner.failure_of(job_id).startswith("The engine process gave no sign for 20 s and was ended.")
        assert [chunk.index for chunk in owner.chunks(job_id)] == [0]
        after = engine.start(job())
        assert owner.last_word(after) == JobFinished(after)


def test_a_busy_job_that_lives_is_not_hung(owner: Owner) -> None:
    with contextlib.closing(
        EngineClient(owner, patience=Patience(silence_s=20.0), runner="tests.fakes.pipeline_runs:run")
    ) as engine:
        job_id = engine.start(job("chunks=1 pause_ms=60000"))
        for count in (1, 2, 3):
            owner.wait_for(lambda r: isinstance(r, Heartbeat), count=count)
            hurry(engine, 15.0)
        owner.wait_for(lambda r: isinstance(r, Heartbeat), count=4)
        assert JobBegun(job_id) in owner.heard
        assert not [r for r in owner.heard if isinstance(r, JobFailed)]


def test_a_child_that_cannot_be_ended_is_left_and_the_job_fails(
    client_of: Callable[..., Client], owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a dead network disk, where even kill -9 waits."""
    client = client_of(children.never_speaks, patience=UNHEARD)
    with monkeypatch.context() as patch:
        patch.setattr(session, "_TERMINATE_S", 0.05)
        patch.setattr(session, "_KILL_S", 0.05)
        patch.setattr(SpawnProcess, "terminate", lambda _self: None)
        patch.setattr(SpawnProcess, "kill", lambda _self: None)
        assert "gave no sign" in owner.failure_of(client.ask(StartJob("x", job())))
    for left in multiprocessing.active_children():
        left.kill()
        left.join()


def test_a_laptop_that_slept_does_not_take_the_child_for_hung(engine: EngineClient, owner: Owner) -> None:
    job_id = engine.start(job(LONG))
    owner.wait_for(lambda r: r == JobBegun(job_id))
    pid = engine.child_pid
    engine._actor._looked_s -= 8 * 3600
    owner.wait_for(lambda r: isinstance(r, Heartbeat), count=3)
    assert engine.child_pid == pid
    assert not [r for r in owner.heard if isinstance(r, JobFailed)]


@pytest.mark.parametrize(
    ("exit_code", "cause"),
    [
        (-9, "killed by the system, probably for lack of memory"),
        (-15, "signal SIGTERM"),
        (-11, "a crash in native code, SIGSEGV"),
        (-6, "a crash in native code, SIGABRT"),
        (-200, "signal 200"),
        (1, "exit code 1"),
        (0xC0000005, "exit code 0xC0000005"),
        (None, "it could not be ended"),
    ],
)
def test_an_exit_code_says_what_happened(exit_code: int | None, cause: str) -> None:
    assert cause_of_exit(exit_code) == cause


# ── cancel in two steps ──────────────────────────────────────────────────────────────────────────


@LIVES_ON
def test_a_cancel_is_heard_at_the_next_cancel_point_and_the_child_lives_on(engine: EngineClient, owner: Owner) -> None:
    job_id = engine.start(job(LONG))
    owner.wait_for(lambda r: r == JobBegun(job_id))
    pid = engine.child_pid
    engine.cancel(job_id)
    assert owner.last_word(job_id) == JobCancelled(job_id)
    assert engine.child_pid == pid


def test_a_job_that_waits_is_cancelled_at_once(engine: EngineClient, owner: Owner) -> None:
    running = engine.start(job(LONG))
    waiting = engine.start(job())
    owner.wait_for(lambda r: r == JobBegun(running))
    engine.cancel(waiting)
    assert owner.last_word(waiting) == JobCancelled(waiting)
    assert JobBegun(waiting) not in owner.heard
    engine.cancel(running)
    owner.last_word(running)


def test_a_job_deaf_to_its_cancel_is_ended_after_the_grace_and_the_next_one_runs(
    engine: EngineClient, owner: Owner, tmp_path: Path
) -> None:
    job_id = engine.start(job(f"stubborn_at=1 inside={tmp_path / 'inside'}"))
    wait_until((tmp_path / "inside").exists)
    pid = engine.child_pid
    engine.cancel(job_id)
    assert owner.last_word(job_id) == JobCancelled(job_id), "a cancel is no error"
    after = engine.start(job())
    assert owner.last_word(after) == JobFinished(after)
    assert engine.child_pid != pid


def test_when_a_deaf_job_is_ended_the_jobs_that_wait_go_on(engine: EngineClient, owner: Owner, tmp_path: Path) -> None:
    deaf = engine.start(job(f"stubborn_at=0 inside={tmp_path / 'inside'}"))
    waiting = engine.start(job())
    wait_until((tmp_path / "inside").exists)
    engine.cancel(deaf)
    assert owner.last_word(deaf) == JobCancelled(deaf)
    assert owner.last_word(waiting) == JobFinished(waiting)


def test_a_batch_job_under_a_deaf_interactive_one_starts_anew_from_its_results(
    engine: EngineClient, owner: Owner, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    batch = engine.start(job(f"chunks=3 pause_ms=60000 pause_at=1 until={gate}"), results_file=tmp_path / "results")
    owner.wait_for_chunk(batch)
    deaf = engine.start(job(f"stubborn_at=0 inside={tmp_path / 'inside'}"), priority=Priority.INTERACTIVE)
    wait_until((tmp_path / "inside").exists)
    engine.cancel(deaf)
    assert owner.last_word(deaf) == JobCancelled(deaf)
    gate.touch()
    assert owner.last_word(batch) == JobFinished(batch)
    restart = owner.heard.index(JobRestarted(batch))
    chunks_before = owner.heard[:restart]
    assert len(owner.chunks(batch)) == 3 + sum("ChunkDone" in repr(reply) for reply in chunks_before)
    assert owner.chunks(batch)[-3].from_store


@pytest.mark.parametrize("patience", [Patience(cancel_grace_s=20.0, silence_s=300.0)], ids=["patient"])
def test_a_batch_job_under_an_interactive_one_is_not_ended_for_being_slow_to_hear(
    engine: EngineClient, owner: Owner, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    batch = engine.start(job(LONG))
    owner.wait_for(lambda r: r == JobBegun(batch))
    urgent = engine.start(job(f"stubborn_at=0 until={gate}"), priority=Priority.INTERACTIVE)
    owner.wait_for(lambda r: isinstance(r, Heartbeat) and r.job_id == urgent)
    pid = engine.child_pid
    engine.cancel(batch)
    owner.wait_for(lambda r: isinstance(r, Heartbeat) and r.job_id == urgent, count=2)
    hurry(engine, 30.0)
    owner.wait_for(lambda r: isinstance(r, Heartbeat) and r.job_id == urgent, count=3)
    gate.touch()
    assert owner.last_word(urgent) == JobFinished(urgent)
    assert owner.last_word(batch) == JobCancelled(batch)
    assert engine.child_pid == pid


def test_cancelling_what_is_over_or_was_never_there_does_nothing(engine: EngineClient, owner: Owner) -> None:
    job_id = engine.start(job())
    owner.last_word(job_id)
    engine.cancel(job_id)
    engine.cancel("nobody")
    after = engine.start(job())
    assert owner.last_word(after) == JobFinished(after)


# ── the end of the parent ────────────────────────────────────────────────────────────────────────


def test_close_ends_the_child_though_its_job_is_deaf(owner: Owner, tmp_path: Path) -> None:
    engine = EngineClient(owner, patience=Patience(close_s=0.3), runner="tests.fakes.pipeline_runs:run")
    job_id = engine.start(job(f"stubborn_at=0 inside={tmp_path / 'inside'}"))
    wait_until((tmp_path / "inside").exists)
    pid = engine.child_pid
    assert pid is not None
    engine.close()
    assert not psutil.pid_exists(pid)
    assert owner.last_word(job_id) == JobCancelled(job_id)
    engine.close()
    with pytest.raises(RuntimeError):
        engine.start(job())


def test_close_leaves_no_log_behind(engine: EngineClient, owner: Owner, home: Path) -> None:
    owner.last_word(engine.start(job()))
    engine.close()
    assert list((home / "log" / "children").iterdir()) == []


def test_a_client_that_was_never_used_closes(owner: Owner) -> None:
    MediaClient(owner).close()


PARENT = """
import sys, time
from core.worker.client import EngineClient
from tests.core.worker.conftest import job
if __name__ == "__main__":
    client = EngineClient(lambda reply: None, runner="tests.fakes.pipeline_runs:run")
    client.start(job(sys.argv[1]))
    while client.child_pid is None:
        time.sleep(0.01)
    print(client.child_pid, flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("context", [LONG, "stubborn_at=0"])
def test_the_death_of_the_parent_ends_the_child(tmp_path: Path, context: str) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    root = str(Path(__file__).parents[3])
    environment = {**os.environ, "PYTHONPATH": root}
    with subprocess.Popen(
        [sys.executable, str(script), context], stdout=subprocess.PIPE, text=True, env=environment
    ) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        assert child.is_running()
        time.sleep(0.3)
        parent.kill()
    wait_until(lambda: is_gone(child))


def test_an_owner_that_fails_does_not_stop_the_jobs(caplog: pytest.LogCaptureFixture) -> None:
    owner = Owner()

    def deliver(reply: object) -> None:
        owner(reply)  # type: ignore[arg-type]
        raise ValueError("a fault of the owner")

    with contextlib.closing(EngineClient(deliver, runner="tests.fakes.pipeline_runs:run")) as engine:
        job_id = engine.start(job())
        assert owner.last_word(job_id) == JobFinished(job_id)
    assert "the owner of the engine client failed" in caplog.text
    caplog.clear()


def test_a_probe_beside_a_crash_fails_and_works_when_asked_again(media: MediaClient, owner: Owner) -> None:
    peaks = media.build_peaks("steps=1000 step_ms=20")
    owner.wait_for(lambda r: isinstance(r, PeaksProgress))
    crash = media.probe("crash=1")
    assert "SIGSEGV" in owner.failure_of(crash)
    assert "SIGSEGV" in owner.failure_of(peaks)
    probe = media.probe("film")
    assert owner.last_word(probe) == JobFinished(probe)
    assert [r.info.path for r in owner.heard if isinstance(r, Probed)] == ["film"]
