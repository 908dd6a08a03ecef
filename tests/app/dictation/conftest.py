"""What tests of dictation by keys share: the tab in sight, and what stands in for the system around the window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from app.application import Application
from tests.app.dictation.spoken import Spoken, activated
from tests.fakes.desks import FakeDesk


@pytest.fixture
def spoken(start: Callable[..., Application], qtbot: QtBot) -> Spoken:
    """The tab in sight, the microphone open."""
    return activated(Spoken(start, qtbot), qtbot)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> FakeDesk:
    """What stands in for the system around the window."""
    made = FakeDesk()
    monkeypatch.setattr("app.dictation.page.this_desk", lambda: made)  # the page is made as the program starts
    return made
