"""What was said to a job that had not begun is not lost with the child it was said to: its owner says it again."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.events import DictationJob
from core.worker.client import EngineClient
from core.worker.ledger import Aftermath, Ledger
from core.worker.messages import (
    JobBegun,
    JobCancelled,
    JobFailed,
    JobFinished,
    JobRestarted,
    StartDictation,
    new_job_id,
)
from core.worker.microphone_process import Ear
from core.worker.sound_messages import EndDictation, FeedSound, OpenMicrophone, RecordSound, SoundRequest
from tests.core.worker.conftest import QUICK, Owner, job, wait_until

PCM = bytes(64_000)


@pytest.fixture
def listening(owner: Owner) -> Iterator[EngineClient]:
    """A client on the fake pipeline and the fake dictation."""
    runner, dictation = "tests.fakes.pipeline_runs:run", "tests.fakes.dictations:begin"
    with contextlib.closing(EngineClient(owner, patience=QUICK, runner=runner, dictation=dictation)) as client:
        yield client


def deaf_job(client: EngineClient, folder: Path) -> str:
    """A job that runs and hears nothing."""
    job_id = client.start(job(f"stubborn_at=0 inside={folder / 'inside'}"))
    wait_until((folder / "inside").exists)
    return job_id


def dictation_behind(client: EngineClient, owner: Owner) -> str:
    """One that waits, and has its sound."""
    job_id = client.ask(StartDictation(new_job_id(), DictationJob()))
    client.tell(FeedSound(job_id, PCM))
    owner.wait_for(lambda reply: getattr(reply, "job_id", "") == job_id)
    return job_id


@pytest.mark.parametrize("dies", [False, True], ids=["ended for another job", "died of another job"])
def test_a_dictation_that_waits_behind_a_job_that_takes_the_child_along_hears_of_it(
    listening: EngineClient, owner: Owner, tmp_path: Path, dies: bool
) -> None:
    deaf = deaf_job(listening, tmp_path)
    waiting = dictation_behind(listening, owner)
    pid = listening.child_pid
    assert pid is not None
    if dies:
        os.kill(pid, signal.SIGKILL)
    else:
        listening.cancel(deaf)
    assert isinstance(owner.last_word(deaf), JobFailed if dies else JobCancelled)
    owner.wait_for(lambda reply: reply == JobRestarted(waiting))
    owner.wait_for(lambda reply: reply == JobBegun(waiting))
    listening.tell(EndDictation(waiting))
    assert owner.last_word(waiting) == JobFinished(waiting)


def test_one_that_was_told_something_is_not_tried_again_without_it() -> None:
    book = Ledger()
    for name in ("told", "quiet"):
        book.add(StartDictation(name, DictationJob()))
    book.amend(FeedSound("told", PCM))
    assert book.child_ended(for_cancel=False) == Aftermath(failed=("told",), waiting=("quiet",))


class Silent:
    """A microphone that gives nothing."""

    left_behind = False

    def __init__(self, name: str) -> None:
        """`name`: nobody asks for it."""


_obeyed: list[SoundRequest | None] = []


def end_or_obey(job_id: str, _microphone: Silent, asked: Callable[[], SoundRequest | None], *_others: object) -> None:
    """The first one ends before it does anything."""
    if job_id == "two":
        _obeyed.extend((asked(), asked()))


def test_what_one_microphone_did_not_come_to_is_not_done_by_the_next() -> None:
    _obeyed.clear()
    ear = Ear(lambda _message: None, f"{__name__}:Silent", f"{__name__}:end_or_obey")
    for name in ("one", "two"):
        ear.take(OpenMicrophone(name, ""))
        ear.take(RecordSound(name, f"{name}.flac"))
    ear.shut_down()
    ear.work_until_shut_down()
    assert _obeyed == [RecordSound("two", "two.flac"), None]
