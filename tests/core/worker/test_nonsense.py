"""A child that speaks nonsense never hurts the parent: its job fails with a name and the child is ended."""

from __future__ import annotations

import os
from collections.abc import Callable

import psutil
import pytest

from core.worker.client import Client, EngineClient, MediaClient
from core.worker.media_messages import Probe
from core.worker.messages import JobFinished, Refused, StartJob
from core.worker.session import ChildSpec, Session
from tests.core.worker.conftest import Owner, job, wait_until
from tests.fakes import children


@pytest.mark.parametrize("saying", sorted(children.SAYINGS))
def test_nonsense_from_a_child_fails_the_job_by_name(
    client_of: Callable[..., Client], owner: Owner, saying: str
) -> None:
    client = client_of(children.says, saying)
    job_id = client.ask(StartJob("x", job()))
    pids = {client.child_pid}
    sentence = owner.failure_of(job_id)
    name = "sent a message of more than 1048576 bytes" if saying == "too much" else "sent something unreadable"
    assert sentence.startswith(f"The engine process {name}")
    wait_until(lambda: not any(pid and psutil.pid_exists(pid) for pid in pids))


def test_a_message_that_breaks_off_is_a_death(client_of: Callable[..., Client], owner: Owner) -> None:
    client = client_of(children.stops_in_the_middle)
    assert "(exit code 9)" in owner.failure_of(client.ask(StartJob("x", job())))


def test_a_request_that_is_no_message_is_refused_and_the_child_goes_on(
    engine: EngineClient, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.warm_up()
    wait_until(lambda: engine.child_pid is not None)
    session = engine._actor._session
    assert isinstance(session, Session)
    with session._channel._sending:
        session._channel._connection.send_bytes(b"nonsense")
    refused = owner.wait_for(lambda r: isinstance(r, Refused))
    assert isinstance(refused, Refused)
    assert refused.failure.code == "worker.message"
    job_id = engine.start(job())
    assert owner.last_word(job_id) == JobFinished(job_id)


def test_a_request_that_cannot_be_sent_fails_by_name(media: MediaClient, owner: Owner) -> None:
    job_id = media.probe(os.fsdecode(b"caf\xe9.mp4"))
    assert "Rename the file" in owner.failure_of(job_id)
    after = media.probe("film")
    assert owner.last_word(after) == JobFinished(after)


def test_a_request_for_the_other_child_fails_by_name(owner: Owner, engine: EngineClient, media: MediaClient) -> None:
    probe = engine.ask(Probe("probe", "film"))
    start = media.ask(StartJob("start", job()))
    assert "Probe is not for it" in owner.failure_of(probe)
    assert "StartJob is not for it" in owner.failure_of(start)


def test_a_child_that_cannot_be_started_fails_the_job(
    engine: EngineClient, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_more(_self: Session, _spec: ChildSpec, _put: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    with monkeypatch.context() as patch:
        patch.setattr(Session, "__init__", no_more)
        assert "it could not be started" in owner.failure_of(engine.start(job()))
    after = engine.start(job())
    assert owner.last_word(after) == JobFinished(after)
