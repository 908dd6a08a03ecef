"""What Qt made dies in the window's thread, however busy other threads are; Python searches for cycles there only."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from app.application import Application
from core import collector

LIVES = 300


class Cycle:
    """Something only the search finds; says which thread it died in."""

    died_in: list[threading.Thread] = []  # noqa: RUF012 - of all of them

    def __init__(self) -> None:
        self.itself = self
        self.timer = QTimer()
        self.timer.start(60_000)  # one that runs: killed from another thread it ends the process

    def __del__(self) -> None:
        Cycle.died_in.append(threading.current_thread())


@pytest.fixture
def busy_threads() -> Iterator[None]:
    """Two that make objects all the time, as an import does."""
    over = threading.Event()

    def make() -> None:
        kept: list[list[dict[str, int]]] = []
        while not over.is_set():
            kept.append([{} for _ in range(50)])
            if len(kept) > 200:
                kept.clear()

    threads = [threading.Thread(target=make) for _ in range(2)]
    for thread in threads:
        thread.start()
    yield
    over.set()
    for thread in threads:
        thread.join()


def test_what_is_in_a_cycle_dies_in_the_windows_thread(
    qtbot: QtBot, start: Callable[..., Application], busy_threads: None
) -> None:
    start()
    Cycle.died_in.clear()
    for _ in range(LIVES):
        Cycle()
    qtbot.waitUntil(lambda: len(Cycle.died_in) == LIVES)
    assert set(Cycle.died_in) == {threading.main_thread()}


@pytest.fixture
def as_outside_tests() -> Iterator[None]:
    """Nobody but the program keeps the search to one thread."""
    collector.hand_back()
    yield
    collector.take_over()


def test_python_searches_as_ever_once_the_last_window_is_closed(
    as_outside_tests: None, start: Callable[..., Application]
) -> None:
    first, second = start(), start()
    assert not gc.isenabled()
    first.close()
    assert not gc.isenabled()
    second.close()
    assert gc.isenabled()
