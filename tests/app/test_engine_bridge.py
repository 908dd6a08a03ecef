"""Answers of real children come in the window's thread, each to its own handler, and nothing is left running."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.engine_bridge import EngineBridge
from core.errors import FileMissing, WorkerDied
from core.paths import resource
from core.worker.client import MediaClient
from core.worker.media_messages import Probed
from core.worker.messages import JobBegun, JobFailed, JobFinished, Reply

SAMPLE = resource("sample", "last_boat.mp4")


@pytest.fixture
def engines(qtbot: QtBot) -> Iterator[EngineBridge]:
    bridge = EngineBridge()
    yield bridge
    bridge.close()


def test_no_child_runs_before_something_is_asked(engines: EngineBridge) -> None:
    assert engines.engine.child_pid is None
    assert engines.media.child_pid is None


def test_answers_come_in_the_windows_thread(qtbot: QtBot, engines: EngineBridge) -> None:
    heard: list[tuple[Reply, int]] = []
    engines.probe(SAMPLE, lambda reply: heard.append((reply, threading.get_ident())))
    qtbot.waitUntil(lambda: any(isinstance(reply, JobFinished) for reply, _ in heard))
    assert any(isinstance(reply, Probed) and reply.info.name == SAMPLE.name for reply, _ in heard)
    assert {thread for _, thread in heard} == {threading.get_ident()}


def test_each_answer_goes_to_its_own_handler(qtbot: QtBot, engines: EngineBridge, tmp_path: Path) -> None:
    good: list[Reply] = []
    bad: list[Reply] = []
    engines.probe(SAMPLE, good.append)
    engines.probe(tmp_path / "gone.mp4", bad.append)
    qtbot.waitUntil(lambda: isinstance((good or [None])[-1], JobFinished) and bool(bad))
    qtbot.waitUntil(lambda: isinstance(bad[-1], JobFailed))
    last = bad[-1]
    assert isinstance(last, JobFailed)
    assert last.failure.code == FileMissing.code
    assert not any(isinstance(reply, JobFailed) for reply in good)


def test_who_was_forgotten_hears_nothing(qtbot: QtBot, engines: EngineBridge) -> None:
    forgotten: list[Reply] = []
    heard: list[Reply] = []
    engines.forget(engines.probe(SAMPLE, forgotten.append))
    engines.probe(SAMPLE, heard.append)
    qtbot.waitUntil(lambda: bool(heard) and isinstance(heard[-1], JobFinished))
    assert forgotten == []


def test_a_child_that_is_killed_is_said_to_have_died(qtbot: QtBot) -> None:
    """In the middle of its work, however long it takes to kill it."""
    engines = EngineBridge(media=partial(MediaClient, work="tests.fakes.media_runs:work_for"))
    heard: list[Reply] = []
    engines.find_speech("steps=6000 step_ms=10", heard.append)
    qtbot.waitUntil(lambda: any(isinstance(reply, JobBegun) for reply in heard))
    pid = engines.media.child_pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: isinstance(heard[-1], JobFailed | JobFinished))
    engines.close()
    last = heard[-1]
    assert isinstance(last, JobFailed)
    assert last.failure.code == WorkerDied.code


def test_closing_twice_is_once(qtbot: QtBot, engines: EngineBridge) -> None:
    engines.probe(SAMPLE, lambda _reply: None)
    engines.close()
    engines.close()
    assert engines.media.child_pid is None


def test_a_closed_bridge_asks_nobody(qapp: object) -> None:
    bridge = EngineBridge()
    bridge.close()
    heard: list[Reply] = []
    assert bridge.probe(SAMPLE, heard.append) == ""
    assert heard == []
