"""A session and panes on it, for the tests of the editor."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.editor.findings import findings_of
from app.editor.keeping import Keeping
from app.editor.session import Session
from app.engine_bridge import EngineBridge
from tests.app.editor import cues
from tests.app.editor.desk import Desk


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


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(EngineBridge())
    yield made
    made.close()


@pytest.fixture
def keeping(desk: Desk) -> Keeping:
    return Keeping(desk.session, desk.opening, desk.messages, desk.background, desk.remembered)
