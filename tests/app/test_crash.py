"""What nobody caught is told and logged, and the window goes on."""

from __future__ import annotations

import logging
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from app.crash import guarded, logged
from app.messages import Message, Messages
from core import paths
from core.errors import DiskFull, InternalError


@pytest.fixture
def said() -> list[Message]:
    return []


@pytest.fixture
def messages(qtbot: QtBot, said: list[Message]) -> Messages:
    made = Messages()
    made.said.connect(said.append)
    return made


def fail() -> None:
    raise ZeroDivisionError("by nothing")


def full() -> None:
    raise DiskFull(file="work.jsonl")


def throw(what: BaseException) -> None:
    """As Qt does with what a slot lets through."""
    try:
        raise what
    except type(what) as error:
        sys.excepthook(type(error), error, error.__traceback__)


def test_a_fault_of_ours_is_told_with_where_it_happened(
    messages: Messages, said: list[Message], caplog: pytest.LogCaptureFixture
) -> None:
    with guarded(messages):
        throw(ZeroDivisionError("by nothing"))
    assert [one.code for one in said] == [InternalError.code]
    assert "ZeroDivisionError" in said[0].details
    assert "by nothing" in caplog.text
    caplog.clear()


def test_an_expected_error_is_told_as_itself_and_not_logged_as_a_fault(messages: Messages, said: list[Message]) -> None:
    with guarded(messages):
        throw(DiskFull(file="work.jsonl"))
    assert [one.code for one in said] == [DiskFull.code]


def test_a_fault_in_a_thread_is_told_too(
    qtbot: QtBot, messages: Messages, said: list[Message], caplog: pytest.LogCaptureFixture
) -> None:
    with guarded(messages):
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
        qtbot.waitUntil(lambda: bool(said))
    assert said[0].code == InternalError.code
    caplog.clear()


def test_a_slot_that_fails_leaves_the_event_loop_running(qtbot: QtBot) -> None:
    later: list[int] = []
    with qtbot.captureExceptions() as caught:
        QTimer.singleShot(0, fail)
        QTimer.singleShot(1, lambda: later.append(1))
        qtbot.waitUntil(lambda: later == [1])
    assert len(caught) == 1


def test_stopping_by_key_is_no_fault(messages: Messages, said: list[Message]) -> None:
    with guarded(messages):
        throw(KeyboardInterrupt())
    assert said == []


def test_the_hooks_are_as_they_were_afterwards(messages: Messages) -> None:
    before = sys.excepthook, threading.excepthook
    with guarded(messages):
        assert sys.excepthook is not before[0]
    assert (sys.excepthook, threading.excepthook) == before


def test_each_run_has_a_log_and_ten_are_kept(home: Path) -> None:
    folder = paths.log_dir()
    folder.mkdir(parents=True)
    for number in range(15):
        (folder / f"window-20200101-0000{number:02d}-1.log").touch()
    with logged():
        logging.getLogger("cuesmith.test").info("here I am")
    logs = sorted(folder.glob("window-*.log"))
    assert len(logs) == 10
    assert "here I am" in logs[-1].read_text()


def test_where_no_log_can_be_written_the_program_runs_all_the_same(home: Path) -> None:
    (home / "log").write_text("a file where a folder should be")
    ran = []
    with logged():
        ran.append(True)
    assert ran == [True]
