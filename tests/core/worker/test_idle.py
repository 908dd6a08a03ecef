"""Models nobody used for a while are let go; never while something is under way."""

from __future__ import annotations

import threading

import pytest

from core.qwen3 import shared
from core.worker import engine_process, idle
from core.worker.engine_process import Engine
from core.worker.messages import Message, StartJob


@pytest.fixture
def told() -> list[Message]:
    return []


@pytest.fixture
def let_go(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Set when models are let go; idle is a twentieth of a second."""
    event = threading.Event()
    monkeypatch.setattr(idle, "AFTER_S", 0.05)
    monkeypatch.setattr(idle, "let_go", event.set)
    return event


def running(engine: Engine) -> threading.Thread:
    thread = threading.Thread(target=engine.work_until_shut_down)
    thread.start()
    return thread


def made(told: list[Message]) -> Engine:
    return Engine(told.append, {StartJob: "tests.fakes.cue_runs:run"}, engine_process.RESULTS, engine_process.DICTATION)


def test_an_engine_without_work_lets_its_models_go(told: list[Message], let_go: threading.Event) -> None:
    engine = made(told)
    thread = running(engine)
    assert let_go.wait(20)
    engine.shut_down()
    thread.join(20)


def test_something_under_way_keeps_them(told: list[Message], let_go: threading.Event) -> None:
    engine = made(told)
    engine._tasks["dictation"] = None  # type: ignore[assignment]  # only that there is one counts
    thread = running(engine)
    assert not let_go.wait(0.4)
    engine._tasks.clear()
    assert let_go.wait(20)
    engine.shut_down()
    thread.join(20)


def test_letting_go_empties_what_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[object] = [object()]
    monkeypatch.setattr(shared, "_kept", kept)
    idle.let_go()
    assert kept == []
