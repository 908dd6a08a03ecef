"""A session and panes on it, for the tests of the editor."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.editor.findings import findings_of
from app.editor.session import Session
from tests.app.editor import cues


@pytest.fixture
def session(qapp: object) -> Iterator[Session]:
    made = cues.session()
    yield made
    made.deleteLater()


@pytest.fixture
def settled(qtbot: QtBot) -> Callable[[Session], None]:
    """Waits until every cue of a session has been checked."""

    def wait(of: Session) -> None:
        qtbot.waitUntil(lambda: findings_of(of).settled)

    return wait
