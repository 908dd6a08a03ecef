"""A job keeps its work from other windows while it brings cues, or offers to go on; no longer. The whole program."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.application import Application
from app.banner import Banner
from app.editor.works import Work
from app.engine_bridge import EngineBridge
from app.jobs.jobs import STOPPED
from app.jobs.run import End, Plan
from core.document.owner import is_held
from core.document.project import open_project
from core.events import Job
from core.paths import resource
from core.worker.client import EngineClient
from tests.app.editor.desk import SRT

SAMPLE = resource("sample", "last_boat.mp4")


@pytest.fixture
def program(start: Callable[..., Application]) -> Application:
    return start(EngineBridge(engine=partial(EngineClient, runner="tests.fakes.cue_runs:run")))


@pytest.fixture
def other(tmp_path: Path) -> Path:
    path = tmp_path / "other.srt"
    path.write_text(SRT)
    return path


def open_it(qtbot: QtBot, program: Application, path: Path) -> None:
    with qtbot.waitSignal(program.opening.ended):
        program.opening.open(path)


def begin(qtbot: QtBot, program: Application, context: str) -> Work:
    """A job on the sample."""
    open_it(qtbot, program, SAMPLE)
    work = program.opening.work
    assert work is not None
    program.jobs.start(work, Plan(Job(str(SAMPLE), context=context)))
    return work


def path_of(work: Work) -> Path:
    assert work.project is not None
    return work.project.path


def wait_for(qtbot: QtBot, program: Application, end: End) -> None:
    """The job's end, and what it made in its project."""
    run = program.jobs.run
    assert run is not None
    qtbot.waitUntil(lambda: run.end is end and run.work.jobs == (end is End.FAILED))


def fail_behind(qtbot: QtBot, program: Application, other: Path, folder: Path) -> Work:
    """A job fails while another film shows."""
    work = begin(qtbot, program, f"chunks=3 stay_at=1 until={folder / 'on'} fail_at=2 flag={folder / 'once'}")
    open_it(qtbot, program, other)
    (folder / "on").touch()
    wait_for(qtbot, program, End.FAILED)
    assert is_held(path_of(work))
    return work


def offer_of(program: Application) -> Banner:
    """Where a job failed, and offers to go on."""
    bar = program.window.banners.bar(STOPPED)
    assert bar is not None
    return bar


def test_work_of_a_job_that_was_stopped_behind_another_film_is_free_with_the_next(
    qtbot: QtBot, program: Application, other: Path
) -> None:
    work = begin(qtbot, program, "chunks=200 stay_at=2")
    open_it(qtbot, program, other)
    assert is_held(path_of(work))
    program.jobs.stop()
    wait_for(qtbot, program, End.STOPPED)
    open_it(qtbot, program, other)
    assert not is_held(path_of(work))


def test_work_of_a_job_that_failed_is_free_when_its_offer_is_closed(
    qtbot: QtBot, program: Application, other: Path, tmp_path: Path
) -> None:
    work = fail_behind(qtbot, program, other, tmp_path)
    offer_of(program).closed()
    assert not is_held(path_of(work))
    program.window.commands.refresh_now()
    assert not program.window.commands["job.go_on"].isEnabled()


@pytest.mark.slow
def test_work_of_a_job_that_is_gone_on_with_is_free_with_the_next_film_when_it_is_through(
    qtbot: QtBot, program: Application, other: Path, tmp_path: Path
) -> None:
    work = fail_behind(qtbot, program, other, tmp_path)
    offer_of(program).offers[0].click()  # type: ignore[attr-defined]
    wait_for(qtbot, program, End.DONE)
    open_it(qtbot, program, other)
    assert not is_held(path_of(work))
    with open_project(path_of(work)) as again:
        assert [cue.text for cue in again.restored.document.cues] == ["word0", "word1", "word2"]


@pytest.mark.slow
def test_a_film_whose_job_failed_behind_another_one_is_shown_with_what_came(
    qtbot: QtBot, program: Application, other: Path, tmp_path: Path
) -> None:
    work = fail_behind(qtbot, program, other, tmp_path)
    open_it(qtbot, program, SAMPLE)
    assert program.opening.work is work
    assert len(work.history.document.cues) == 2


@pytest.mark.slow
def test_work_of_a_job_that_failed_is_free_once_another_film_shows(
    qtbot: QtBot, program: Application, other: Path
) -> None:
    work = begin(qtbot, program, "chunks=3 fail_at=1")
    wait_for(qtbot, program, End.FAILED)
    open_it(qtbot, program, other)
    assert not is_held(path_of(work))


@pytest.mark.slow
def test_a_job_that_failed_can_be_gone_on_with_where_its_offer_was_closed_and_its_film_still_shows(
    qtbot: QtBot, program: Application, tmp_path: Path
) -> None:
    work = begin(qtbot, program, f"chunks=3 fail_at=1 flag={tmp_path / 'once'}")
    wait_for(qtbot, program, End.FAILED)
    offer_of(program).closed()
    assert is_held(path_of(work))
    program.window.commands.refresh_now()
    program.window.commands["job.go_on"].trigger()
    wait_for(qtbot, program, End.DONE)
    assert len(work.history.document.cues) == 3


@pytest.mark.slow
def test_a_file_that_cannot_be_opened_leaves_what_shows_open(
    qtbot: QtBot, program: Application, tmp_path: Path
) -> None:
    work = begin(qtbot, program, "chunks=3 fail_at=1")
    wait_for(qtbot, program, End.FAILED)
    open_it(qtbot, program, tmp_path / "gone.srt")
    assert program.opening.work is work
    assert is_held(path_of(work))
