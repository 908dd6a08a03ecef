"""What engines made goes into the project and comes out of it beside the window's thread; works others changed."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.editor.keeping import Keeping
from app.editor.retried import RetriedPassages
from app.editor.works import Works
from app.jobs.jobs import Jobs
from core import paths
from core.document import chunk_results, edits
from core.document.chunk_results import add_results, keys_in, open_results
from core.document.document import MediaRef
from core.document.project import create_project, open_project
from core.document.project import results as project_results
from core.errors import CannotWrite
from core.media.identity import media_id
from core.results import ChunkKey
from core.transcript import Segment
from tests.app.editor.desk import SRT, Desk, copy_of_sample, open_it
from tests.core.document.builders import cue, document, texts


@pytest.fixture
def reading_threads(monkeypatch: pytest.MonkeyPatch) -> set[threading.Thread]:
    """Which threads make segments of what is stored, or the other way round."""
    seen: set[threading.Thread] = set()

    def noted(module: Any, name: str) -> None:
        real = getattr(module, name)

        def wrapped(*args: Any) -> Any:
            seen.add(threading.current_thread())
            return real(*args)

        monkeypatch.setattr(module, name, wrapped)

    for name in ("unpacked", "packed", "decode"):
        noted(project_results, name)
    for name in ("decode", "encode"):
        noted(chunk_results, name)
    return seen


def key(n: int, film: str) -> ChunkKey:
    return ChunkKey("recognise", film, 1, n * 16_000, (n + 1) * 16_000, "builtin")


def segment(n: int) -> Segment:
    return Segment(n * 1_000, (n + 1) * 1_000, f"hello {n}", notes=("retried",))


@pytest.fixture
def film(tmp_path: Path) -> MediaRef:
    path = copy_of_sample(tmp_path)
    return MediaRef(str(path), path.stat().st_size, media_id(path))


@pytest.fixture
def project(tmp_path: Path, film: MediaRef) -> Path:
    """With what engines made of its film, brought from another machine."""
    path = tmp_path / "boat.cuesmith"
    with create_project(path, document=replace(document(cue("one", 0)), media=film)) as made:
        made.results.put_all((key(n, film.media_id), segment(n)) for n in range(20))
    return path


def test_the_windows_thread_reads_nothing_that_engines_made(
    qtbot: QtBot, desk: Desk, keeping: Keeping, project: Path, film: MediaRef, reading_threads: set[threading.Thread]
) -> None:
    store = paths.results_file(film.media_id)
    doubts: list[object] = []
    retried = RetriedPassages(desk.opening, Jobs(desk.engines, desk.messages), desk.background, doubts.append)
    open_it(qtbot, desk, project)
    qtbot.waitUntil(lambda: bool(doubts) and doubts[-1] == tuple((n * 1_000, (n + 1) * 1_000) for n in range(20)))
    with open_results(store) as results:
        results.put(key(20, film.media_id), segment(20))
    reading_threads.discard(threading.main_thread())  # the test's own line above
    assert desk.opening.work is not None
    keeping.take_results(desk.opening.work, film.media_id)
    retried.read()
    qtbot.waitUntil(lambda: bool(doubts) and (20_000, 21_000) in doubts[-1])  # type: ignore[operator]
    assert reading_threads
    assert threading.main_thread() not in reading_threads


def test_a_job_begun_the_moment_a_project_shows_finds_what_came_with_it(
    qtbot: QtBot, desk: Desk, project: Path, film: MediaRef
) -> None:
    found: list[set[ChunkKey]] = []
    desk.opening.opened.connect(lambda: found.append(keys_in(paths.results_file(film.media_id))))
    open_it(qtbot, desk, project)
    assert found[0] == {key(n, film.media_id) for n in range(20)}


def test_where_it_cannot_be_laid_the_project_opens_and_one_is_told(qtbot: QtBot, desk: Desk, project: Path) -> None:
    paths.results_dir().parent.mkdir(parents=True)
    paths.results_dir().write_text("no folder")
    open_it(qtbot, desk, project)
    assert desk.codes == [CannotWrite.code]
    assert desk.texts() == ["one"]
    open_it(qtbot, desk, project)
    assert desk.codes == [CannotWrite.code]


def test_where_the_folder_may_not_be_looked_into_the_project_opens_and_one_is_told(
    qtbot: QtBot, desk: Desk, project: Path, film: MediaRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another account made it, as after a run with `sudo`."""
    stat = Path.stat

    def refused(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path == paths.results_file(film.media_id):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return stat(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", refused)
    open_it(qtbot, desk, project)
    assert desk.codes == [CannotWrite.code]
    assert desk.texts() == ["one"]


def test_work_is_not_closed_while_it_takes_in_what_a_job_made(
    qtbot: QtBot, desk: Desk, keeping: Keeping, project: Path, film: MediaRef
) -> None:
    open_it(qtbot, desk, project)
    work = desk.opening.work
    assert work is not None
    assert work.project is not None
    add_results(paths.results_file(film.media_id), ((key(n, film.media_id), segment(n)) for n in range(20, 400)))
    keeping.take_results(work, film.media_id)
    desk.opening.works.close_all_but(None)
    qtbot.waitUntil(lambda: work.jobs == 0)
    assert work.project.results.count() == 400


def test_a_project_that_took_something_in_is_one_plain_file_again(
    qtbot: QtBot, desk: Desk, keeping: Keeping, project: Path, film: MediaRef
) -> None:
    open_it(qtbot, desk, project)
    work = desk.opening.work
    assert work is not None
    keeping._idle.stop()
    add_results(paths.results_file(film.media_id), [(key(20, film.media_id), segment(20))])
    keeping.take_results(work, film.media_id)
    qtbot.waitUntil(lambda: work.jobs == 0)
    log = project.with_name(project.name + "-wal")
    assert log.exists()
    keeping._idle.setInterval(0)
    qtbot.waitUntil(lambda: not log.exists())
    with open_project(project, read_only=True) as copy:
        assert copy.results.count() == 21


def test_what_a_job_brought_while_another_film_shows_is_one_plain_file_again_too(
    qtbot: QtBot, desk: Desk, keeping: Keeping, project: Path, film: MediaRef
) -> None:
    """Who copies the project then copies all of it."""
    open_it(qtbot, desk, project)
    work = desk.opening.work
    assert work is not None
    work.jobs += 1
    other = project.with_name("other.srt")
    other.write_text(SRT)
    open_it(qtbot, desk, other)
    work.history.arrive(edits.insert(work.history.document, 5_000, 6_000, "brought"))
    log = project.with_name(project.name + "-wal")
    assert log.exists()
    keeping._idle.setInterval(0)
    keeping.take_results(work, film.media_id)
    work.jobs -= 1
    qtbot.waitUntil(lambda: not log.exists())
    assert desk.opening.work is not work


# ── works ────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def works() -> Iterator[Works]:
    made = Works()
    yield made
    made.close()


def test_work_that_was_closed_before_it_is_dropped_stays_on_disk(works: Works) -> None:
    work = works.begin(document(cue("one", 0)))
    works.close_all_but(None)
    works.drop(work)
    assert work.project is not None
    assert work.project.path.exists()


def test_one_project_by_two_names_is_opened_once(works: Works, project: Path, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    work = works.go_on(project)
    assert works.go_on(tmp_path / "sub" / ".." / project.name) is work


def test_what_was_open_to_read_can_be_opened_to_write_when_the_other_window_is_gone(
    works: Works, tmp_path: Path
) -> None:
    path = tmp_path / "theirs.cuesmith"
    with create_project(path, document=document(cue("theirs", 0))):
        read = works.go_on(path, read_only=True)
    written = works.go_on(path)
    assert written is not read
    assert written.project is not None
    assert not written.project.read_only
    assert texts(written.history.document) == ["theirs"]


def test_what_is_opened_to_read_once_more_shows_what_the_other_window_has_done_since(
    works: Works, tmp_path: Path
) -> None:
    path = tmp_path / "theirs.cuesmith"
    with create_project(path, document=document(cue("theirs", 0))) as other:
        works.go_on(path, read_only=True)
        history = other.history()
        history.apply(edits.insert(history.document, 5_000, 6_000, "since"))
        again = works.go_on(path, read_only=True)
    assert texts(again.history.document) == ["theirs", "since"]
