"""What others do at the same moment: another thread, another window, a list being made."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.document import edits
from core.document.document import MediaRef
from core.document.history import History
from core.document.project import create_project, open_project, opening, reading, recoveries
from core.document.project.films import Found, find_film
from core.document.project.recoveries import delete_unnamed, list_unnamed, look_into
from core.errors import ProjectInUse
from core.results import ChunkKey
from core.transcript import Segment
from tests.core.document.builders import cue, document, texts


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "film.cuesmith"


def insert(history: History, n: int) -> None:
    history.apply(edits.insert(history.document, n * 1000, n * 1000 + 500, f"w{n}"))


def before_real(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, act: Callable[[], object]) -> None:
    """Do something else, once, just before the module calls this."""
    real, done = getattr(module, name), []

    def wrapped(*args: Any, **rest: Any) -> Any:
        if not done:
            done.append(True)
            act()
        return real(*args, **rest)

    monkeypatch.setattr(module, name, wrapped)


# ── another thread ───────────────────────────────────────────────────────────────────────────────


def test_results_may_be_asked_by_another_thread_while_the_window_works(path: Path) -> None:
    """Without a turn for each, waking finds a statement under way and goes on without a log, and rest fails."""
    over = threading.Event()
    failed: list[BaseException] = []
    with create_project(path) as project:
        project.results.put_all(
            (ChunkKey("a", "m", 1, n, n + 1, "x"), Segment(0, 1, "hello " * 500)) for n in range(200)
        )

        def ask() -> None:
            try:
                while not over.is_set():
                    assert len(project.results.items()) == 200
            except BaseException as error:  # noqa: BLE001 - told by the test's own thread
                failed.append(error)

        asking = threading.Thread(target=ask)
        asking.start()
        try:
            history = project.history()
            for n in range(15):
                insert(history, n)
                assert path.with_name("film.cuesmith-wal").stat().st_size > 0
                project.rest()
                assert path.read_bytes()[18:20] == b"\x01\x01"
        finally:
            over.set()
            asking.join()
    assert failed == []
    assert os.listdir(path.parent) == [path.name]


# ── another window ───────────────────────────────────────────────────────────────────────────────


def test_reading_while_another_window_writes_sees_one_moment(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step between two looks would name cues that were not there at the first: that is no damage."""
    with create_project(path, document=document(cue("first", 0))) as theirs:
        history = theirs.history()
        insert(history, 1)
        before_real(monkeypatch, reading, "_cues_of", lambda: insert(history, 2))
        with open_project(path, read_only=True) as ours:
            assert ours.notices == ()
            assert texts(ours.restored.document) == ["first", "w1"]
        assert texts(history.document) == ["first", "w1", "w2"]


def test_reading_what_rests_in_another_window_does_not_take_it_for_nobodys(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no log is borne, a step is written into the file itself: it must not be read without a lock."""
    modes: list[object] = []
    real = opening.connect
    monkeypatch.setattr(opening, "connect", lambda path, mode: (modes.append(mode), real(path, mode))[1])
    with create_project(path, document=document(cue("first", 0))), open_project(path, read_only=True) as ours:
        assert texts(ours.restored.document) == ["first"]
    assert opening.Mode.STILL not in modes


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_link_is_the_project_it_names(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "links" / "link.cuesmith"
    link.parent.mkdir()
    link.symlink_to(path)
    with create_project(path), pytest.raises(ProjectInUse):
        open_project(link)
    with open_project(link) as project:
        insert(project.history(), 0)
        with pytest.raises(ProjectInUse):
            open_project(path)
        with create_project(tmp_path / "other.cuesmith") as other, pytest.raises(ProjectInUse):
            other.move_to(link, overwrite=True)
    assert os.listdir(link.parent) == [link.name]
    with open_project(path) as again:
        assert texts(again.restored.document) == ["w0"]


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_what_a_crash_left_is_found_through_a_link(path: Path, tmp_path: Path) -> None:
    crashed, link = tmp_path / "crashed.cuesmith", tmp_path / "link.cuesmith"
    with create_project(path) as project:
        history = project.history()
        insert(history, 0)
        for end in ("", "-wal"):
            shutil.copy(path.with_name(path.name + end), crashed.with_name(crashed.name + end))
    link.symlink_to(crashed)
    with open_project(link) as found:
        assert texts(found.restored.document) == ["w0"]
        insert(found.history(), 1)
    with open_project(crashed) as again:
        assert texts(again.restored.document) == ["w0", "w1"]


def test_closing_twice_leaves_alone_what_another_window_has_opened_since(path: Path) -> None:
    first = create_project(path, document=document(cue("first", 0)))
    first.close()
    with open_project(path) as second:
        insert(second.history(), 1)
        log = path.with_name("film.cuesmith-shm")
        assert log.exists()
        first.close()
        first.delete()
        assert log.exists()
    with open_project(path) as again:
        assert texts(again.restored.document) == ["first", "w1"]


# ── a list being made ────────────────────────────────────────────────────────────────────────────


def test_work_that_a_window_takes_while_one_looks_is_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    create_project(document=document(cue("one", 0))).close()
    (one,) = list_unnamed()
    opened = []
    before_real(monkeypatch, recoveries, "check_header", lambda: opened.append(open_project(one.path)))
    info = look_into(one.path)
    opened[0].close()
    assert (info.in_use, info.problem, info.cues) == (True, "", 0)


def test_work_that_changes_while_one_looks_is_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    create_project(document=document(cue("one", 0))).close()
    (one,) = list_unnamed()

    def worked_on() -> None:
        with open_project(one.path) as project:
            insert(project.history(), 5)

    before_real(monkeypatch, recoveries, "_summed_up", worked_on)
    info = look_into(one.path)
    assert (info.in_use, info.problem, info.cues, info.last_step) == (False, "", 2, "Insert cue")


def test_old_work_that_was_gone_on_with_since_it_was_listed_is_not_deleted() -> None:
    for text in ("one", "two"):
        create_project(document=document(cue(text, 0))).close()
    chosen = list_unnamed()
    kept = chosen[0].path
    with open_project(kept) as project:
        insert(project.history(), 5)
    delete_unnamed(chosen)
    assert [one.path for one in list_unnamed()] == [kept]


def test_a_project_that_names_no_path_for_its_film_opens_without_one(tmp_path: Path) -> None:
    film = MediaRef("", 5, "5-" + "a" * 64)
    assert find_film(film, tmp_path / "a.cuesmith", str(tmp_path)) == Found(None)
