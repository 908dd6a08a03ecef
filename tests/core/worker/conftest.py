"""What the worker's tests share: owners that remember what they were told, and clients that end with the test."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import psutil
import pytest

from core.events import ChunkDone, Job
from core.worker.actor import Patience
from core.worker.client import Client, EngineClient, MediaClient
from core.worker.messages import EventHappened, JobCancelled, JobFailed, JobFinished, LastWord, Reply

WAIT_S = 120.0
"""Children come up at a low priority beside whatever else the machine does; every wait ends as soon as it can."""

QUICK = Patience(cancel_grace_s=0.3, silence_s=20.0, close_s=1.0)


class Owner:
    """Hears what a client delivers and can wait for it."""

    def __init__(self) -> None:
        self.heard: list[Reply] = []
        self._changed = threading.Condition()

    def __call__(self, reply: Reply) -> None:
        with self._changed:
            self.heard.append(reply)
            self._changed.notify_all()

    def wait_for(self, wanted: Callable[[Reply], bool], *, count: int = 1) -> Reply:
        """The `count`th reply that is wanted."""
        with self._changed:
            found = self._changed.wait_for(lambda: len(list(filter(wanted, self.heard))) >= count, timeout=WAIT_S)
            assert found, f"did not hear it; heard {self.heard[-5:]}"
            return list(filter(wanted, self.heard))[count - 1]

    def last_word(self, job_id: str) -> LastWord:
        """The job's last word."""
        self.wait_for(lambda reply: _ends(reply, job_id))
        words = [reply for reply in self.heard if _ends(reply, job_id)]
        assert len(words) == 1, words
        return words[0]

    def failure_of(self, job_id: str) -> str:
        """The sentence the job failed with."""
        word = self.last_word(job_id)
        assert isinstance(word, JobFailed), word
        return str(word.failure.error())

    def chunks(self, job_id: str) -> list[ChunkDone]:
        """The chunks the job told of."""
        events = [r.event for r in self.heard if isinstance(r, EventHappened) and r.job_id == job_id]
        return [event for event in events if isinstance(event, ChunkDone)]

    def wait_for_chunk(self, job_id: str, index: int = 0) -> None:
        """Wait until the job told of a chunk."""
        self.wait_for(lambda r: _chunk_of(r, job_id) == index)


def _ends(reply: Reply, job_id: str) -> bool:
    return isinstance(reply, JobFinished | JobFailed | JobCancelled) and reply.job_id == job_id


def _chunk_of(reply: Reply, job_id: str) -> int | None:
    if isinstance(reply, EventHappened) and reply.job_id == job_id and isinstance(reply.event, ChunkDone):
        return reply.event.index
    return None


def job(context: str = "") -> Job:
    """A job for the fake pipeline."""
    return replace(Job("talk.mp4"), context=context)


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for something outside the program, such as a process to be gone."""
    deadline = time.monotonic() + WAIT_S
    while not condition():
        assert time.monotonic() < deadline, "it did not come to pass"
        time.sleep(0.01)


def is_gone(process: psutil.Process) -> bool:
    """Ended; a zombie is nobody's business but its parent's."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:  # it went between the two questions
        return True


@pytest.fixture
def owner() -> Owner:
    return Owner()


@pytest.fixture
def patience() -> Patience:
    """Little; a test whose child must live on parametrizes it, for a busy machine may take longer than that."""
    return QUICK


@pytest.fixture
def engine(owner: Owner, patience: Patience) -> Iterator[EngineClient]:
    """An engine client on the fake pipeline."""
    client = EngineClient(owner, patience=patience, runner="tests.fakes.pipeline_runs:run")
    with contextlib.closing(client):
        yield client


@pytest.fixture
def media(owner: Owner) -> Iterator[MediaClient]:
    """A media client on fake work, with little patience."""
    with contextlib.closing(MediaClient(owner, patience=QUICK, work="tests.fakes.media_runs:work_for")) as client:
        yield client


@pytest.fixture
def client_of(owner: Owner) -> Iterator[Callable[..., Client]]:
    """Makes clients of any child and closes them."""
    with contextlib.ExitStack() as stack:

        def make(*arguments: object, patience: Patience = QUICK) -> Client:
            from core.worker.session import ChildSpec

            main, *rest = arguments
            client = Client(ChildSpec("engine", main, tuple(rest)), owner, patience)  # type: ignore[arg-type]
            return stack.enter_context(contextlib.closing(client))

        yield make
