"""The whole program without its event loop: real children, real window, offscreen."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.application import Application, build
from app.engine_bridge import EngineBridge
from app.messages import Message
from core import collector
from core.settings import Settings
from tests.app.bot import PatientBot


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[QtBot]:
    """Patient; afterwards nothing is left that was to be deleted later, for the next test to find among its windows."""
    yield PatientBot(request)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(scope="package", autouse=True)
def _searched_by_one_thread() -> Iterator[None]:
    """Cycles of tests without a whole program: found by a thread of a child they would die there, and all hang."""
    collector.take_over()
    yield
    gc.collect()
    collector.hand_back()


@pytest.fixture(autouse=True)
def _search(_searched_by_one_thread: None) -> Iterator[None]:
    collector.search_if_due()
    yield
    collector.search_if_due()


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[Callable[..., Application]]:
    """Makes the program and shows its window; closed after the test."""
    made: list[Application] = []

    def make(engines: EngineBridge | None = None, settings: Settings | None = None) -> Application:
        program = build(settings if settings is not None else Settings(theme="dark"), engines)
        made.append(program)
        program.window.show()
        return program

    yield make
    for program in made:
        program.close()


@pytest.fixture
def program(start: Callable[..., Application]) -> Application:
    """The program as it is on every start."""
    return start()


@pytest.fixture
def said(program: Application) -> list[Message]:
    """What the person was told."""
    told: list[Message] = []
    program.messages.said.connect(told.append)
    return told
