"""A project that comes when another file is wanted by then is not kept from other windows; one that is shown stays."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from core.document import edits
from core.document.owner import is_held
from core.document.project import create_project
from tests.app.editor.desk import SAMPLE, Desk, open_it
from tests.core.document.builders import cue, document


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "boat.cuesmith"
    create_project(path, document=document(cue("one", 0))).close()
    return path


@pytest.fixture
def no_film(tmp_path: Path) -> Path:
    path = tmp_path / "no-film.mp4"
    path.write_bytes(b"no film")
    return path


def work_on(desk: Desk) -> list[str]:
    bridge = desk.session.bridge
    bridge.apply(edits.insert(bridge.document, 5_000, 6_000, "two"))
    return desk.texts()


def test_a_project_nobody_waits_for_any_more_is_closed_though_nothing_else_shows(
    qtbot: QtBot, desk: Desk, project: Path, no_film: Path
) -> None:
    desk.opening.open(project)
    open_it(qtbot, desk, no_film)
    qtbot.waitUntil(lambda: not is_held(project))
    assert desk.opening.work is None


def test_one_that_is_refused_leaves_none_open_that_came_before_it(
    qtbot: QtBot, desk: Desk, project: Path, tmp_path: Path
) -> None:
    desk.opening.open(project)
    open_it(qtbot, desk, tmp_path / "gone.cuesmith")
    qtbot.waitUntil(lambda: not is_held(project))


def test_a_project_wanted_twice_in_a_row_is_shown_and_can_be_worked_on(qtbot: QtBot, desk: Desk, project: Path) -> None:
    """Both are there before the window hears of the first."""
    both = threading.Event()
    desk.opening.open(project)
    desk.opening.open(project)
    desk.background.run(both.set, lambda _: None, lambda _: None)
    assert both.wait(60)
    qtbot.waitUntil(lambda: desk.ended == 1)
    assert work_on(desk) == ["one", "two"]
    assert is_held(project)


def test_what_is_shown_stays_open_though_it_was_wanted_again_and_then_another(
    qtbot: QtBot, desk: Desk, project: Path, no_film: Path
) -> None:
    open_it(qtbot, desk, project)
    desk.opening.open(project)
    open_it(qtbot, desk, no_film)
    over: list[bool] = []
    desk.background.run(lambda: True, over.append, lambda _: None)
    qtbot.waitUntil(lambda: bool(over))
    assert work_on(desk) == ["one", "two"]


def test_new_work_on_a_film_that_was_wanted_twice_is_not_thrown_away_once_it_shows(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin, made, go_on = desk.opening.works.begin, threading.Event(), threading.Event()

    def slow_to_answer(*args: Any, **rest: Any) -> object:
        work = begin(*args, **rest)
        made.set()
        assert go_on.wait(60)
        return work

    monkeypatch.setattr(desk.opening.works, "begin", slow_to_answer)
    desk.opening.open(SAMPLE)
    qtbot.waitUntil(made.is_set)
    open_it(qtbot, desk, SAMPLE)
    go_on.set()
    over: list[bool] = []
    desk.background.run(lambda: True, over.append, lambda _: None)
    qtbot.waitUntil(lambda: bool(over))
    work = desk.opening.work
    assert work is not None
    assert work.project is not None
    assert work.project.path.exists()
    assert work_on(desk) == ["two"]
