"""Short work off the window's thread, and what the window remembers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from pytestqt.qtbot import QtBot

from app.background import Background
from app.remembered import MOST_RECENT, Remembered
from core.errors import CuesmithError, DiskFull, InternalError


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    made = Background()
    yield made
    made.close()


def nowhere(_: object) -> None:
    raise AssertionError("this was not to be called")


def test_work_is_done_elsewhere_and_answered_here(qtbot: QtBot, background: Background) -> None:
    threads: list[int] = []
    answers: list[tuple[int, int]] = []

    def work() -> int:
        threads.append(threading.get_ident())
        return 42

    background.run(work, lambda value: answers.append((value, threading.get_ident())), nowhere)
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [(42, threading.get_ident())]
    assert threads != [threading.get_ident()]


@pytest.mark.parametrize(
    ("thrown", "code"), [(DiskFull(file="x"), DiskFull.code), (ValueError("?"), InternalError.code)]
)
def test_what_fails_is_answered_as_an_error(qtbot: QtBot, background: Background, thrown: Exception, code: str) -> None:
    failed: list[CuesmithError] = []

    def work() -> None:
        raise thrown

    background.run(work, nowhere, failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert failed[0].code == code


def test_work_is_done_in_order(qtbot: QtBot, background: Background) -> None:
    done: list[int] = []
    for number in range(20):
        background.run(lambda number=number: number, done.append, nowhere)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(done) == 20)
    assert done == list(range(20))


def test_what_was_closed_answers_no_more(qtbot: QtBot, background: Background) -> None:
    background.run(lambda: 1, nowhere, nowhere)
    background.close()
    background.run(lambda: 2, nowhere, nowhere)
    qtbot.wait(50)


def test_the_latest_file_stands_first_and_only_once(tmp_path: Path) -> None:
    kept = Remembered(tmp_path / "window.ini")
    for name in ("a", "b", "a", "c"):
        kept.keep_recent(Path("/films") / name)
    kept.forget_recent(Path("/films/b"))
    kept.keep_state("top", QByteArray(b"\x00\x01"))
    kept.close()
    again = Remembered(tmp_path / "window.ini")
    assert again.recent() == (Path("/films/c"), Path("/films/a"))
    assert again.state("top") == QByteArray(b"\x00\x01")
    assert again.state("none").isEmpty()


def test_the_list_of_recent_files_has_an_end(tmp_path: Path) -> None:
    kept = Remembered(tmp_path / "window.ini")
    for number in range(30):
        kept.keep_recent(Path(f"/films/{number}"))
    assert len(kept.recent()) == MOST_RECENT


def test_a_damaged_file_is_an_empty_memory(tmp_path: Path) -> None:
    (tmp_path / "window.ini").write_bytes(b"\x00\xff[[[ no ini\nrecent=@Invalid()")
    kept = Remembered(tmp_path / "window.ini")
    assert kept.recent() == ()
