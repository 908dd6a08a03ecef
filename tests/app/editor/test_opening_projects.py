"""A project's cues are there before its film is, and nothing moves when the film comes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.application import Application
from app.engine_bridge import EngineBridge, Handler
from core.bench.project import three_hours
from core.document import edits
from core.document.document import MediaRef
from core.document.project import create_project
from core.media.identity import media_id
from tests.app.editor.desk import SRT, Desk, copy_of_sample

CUES = 40


def held_back(engines: EngineBridge) -> Callable[[], object]:
    """From now on the media child is asked to look into nothing before what this returns is called."""
    probe, asked = engines.probe, list[tuple[Path, Handler]]()
    engines.probe = lambda path, handler: asked.append((path, handler)) or ""  # type: ignore[func-returns-value,method-assign]
    return lambda: [probe(path, handler) for path, handler in asked]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Forty cues on the sample film."""
    film = copy_of_sample(tmp_path)
    media = MediaRef(str(film), film.stat().st_size, media_id(film), 1, 60_000)
    create_project(tmp_path / "boat.cuesmith", document=three_hours(CUES, 3, media)).close()
    return tmp_path / "boat.cuesmith"


def test_cues_are_shown_before_the_child_has_looked_into_the_film(qtbot: QtBot, desk: Desk, project: Path) -> None:
    seen: list[tuple[int, bool]] = []
    desk.opening.opened.connect(lambda: seen.append((len(desk.texts()), desk.session.info is not None)))
    desk.opening.open(project)
    qtbot.waitUntil(lambda: desk.ended == 1)
    assert seen == [(CUES, False), (CUES, True)]
    assert desk.player.given == ["boat.mp4"]


def test_what_is_done_until_the_film_comes_stays(qtbot: QtBot, desk: Desk, project: Path) -> None:
    let_it_come = held_back(desk.engines)
    desk.opening.open(project)
    bridge = desk.session.bridge
    qtbot.waitUntil(lambda: bool(bridge.document.cues))
    assert desk.ended == 0
    bridge.select_row(7)
    bridge.apply(edits.set_text(bridge.document, 7, "corrected while it came"))
    let_it_come()
    qtbot.waitUntil(lambda: desk.ended == 1)
    assert bridge.current_row() == 7
    assert desk.texts()[7] == "corrected while it came"
    assert bridge.undo() == "Edit text"
    assert desk.session.info is not None


def test_a_film_that_cannot_be_read_leaves_the_cues_as_they_are(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    film = tmp_path / "no-film.mp4"
    film.write_bytes(b"no film" * 20_000)
    media = MediaRef(str(film), film.stat().st_size, media_id(film), 1, 60_000)
    create_project(tmp_path / "a.cuesmith", document=three_hours(CUES, 3, media)).close()
    desk.opening.open(tmp_path / "a.cuesmith")
    qtbot.waitUntil(lambda: len(desk.texts()) == CUES)
    desk.session.bridge.select_row(3)
    qtbot.waitUntil(lambda: desk.ended == 1)
    assert len(desk.said) == 1
    assert desk.session.bridge.current_row() == 3
    assert desk.player.given == []


def test_the_timeline_stays_where_it_was_scrolled_to_when_the_film_comes(
    qtbot: QtBot, start: Callable[..., Application], project: Path
) -> None:
    program = start()
    let_it_come = held_back(program.engines)
    program.opening.open(project)
    qtbot.waitUntil(lambda: bool(program.session.bridge.document.cues))
    view = program.window.page.timeline.view
    qtbot.waitUntil(view.isVisible)
    view.look_at(view.state.view.starting_at(20_000))
    at_ms = view.state.view.start_ms
    assert at_ms > 0
    assert program.session.info is None
    let_it_come()
    qtbot.waitUntil(lambda: program.session.info is not None)
    assert view.state.view.start_ms == at_ms
    other = project.with_name("other.srt")
    other.write_text(SRT)
    program.opening.open(other)
    qtbot.waitUntil(lambda: len(program.session.bridge.document.cues) == 2)
    assert view.state.view.start_ms == 0, "another document begins at its beginning"
