"""A disk that fills up at any write: a sentence, nothing damaged, and work goes on once there is space."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.document import edits
from core.document.history import History
from core.document.project import Project, create_project, open_project
from core.document.project.connection import unfinished
from core.errors import DiskFull, WriteError
from core.results import ChunkKey
from core.transcript import Segment
from tests.core.document.builders import cue, document
from tests.core.document.digests import digest
from tests.fakes.full_disk import FullDisk, full_disk

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="takes SQLite's calls of Linux in between")

START = document(*(cue(f"line {n}", n * 1000) for n in range(40)))


def _key(n: int) -> ChunkKey:
    return ChunkKey("recognise", "m", 1, n, n + 1, "builtin")


class _Person:
    """Someone who makes space whenever the disk is full, and tries again."""

    def __init__(self, disk: FullDisk) -> None:
        self._disk = disk
        self.sentences: list[str] = []

    def do(self, act: Callable[[], object]) -> object:
        """Act; on a full disk check that it is said well, make space and act again."""
        try:
            return act()
        except WriteError as error:
            said = error
        assert isinstance(said, DiskFull) or "disk I/O error" in str(said)
        self.sentences.append(str(said))
        self.make_space()
        return act()

    def make_space(self) -> None:
        """The disk has space again."""
        self._disk.full_from = 0


def _work(folder: Path, person: _Person) -> None:
    """All that writes, once; what is on disk is compared with what was done."""
    path, other = folder / "film.cuesmith", folder / "other.cuesmith"
    project = person.do(lambda: create_project(path, document=START))
    assert isinstance(project, Project)
    history = project.history()
    for n in range(3):
        _step(person, history, lambda n=n: history.apply(edits.set_voice(history.document, range(40), f"Ann {n}")))
    _step(person, history, history.undo)
    person.do(lambda: project.results.put(_key(1), Segment(0, 1, "hello" * 2000)))
    person.do(project.rest)
    _step(person, history, lambda: history.apply(edits.delete(history.document, [3])))
    person.do(lambda: project.move_to(other, overwrite=True))
    _step(person, history, lambda: history.apply(edits.insert(history.document, 5, 10, "new")))
    live = history.stack
    project.close()
    person.make_space()
    for name, wanted in ((other, digest(live)), (path, None)):
        with open_project(name) as again:
            assert again.notices == ()
            assert wanted in (None, digest(again.restored))
            assert again.results.get(_key(1)) == Segment(0, 1, "hello" * 2000)


def _step(person: _Person, history: History, act: Callable[[], object]) -> None:
    before = history.document

    def tried() -> object:
        assert history.document == before  # a step that could not be kept did not happen
        return act()

    person.do(tried)


def _writes(folder: Path) -> int:
    with full_disk() as disk:
        _work(folder, _Person(disk))
        return disk.writes


def _fill_at(folder: Path, writes: range) -> int:
    """Do the work once for each of `writes`, the disk full from there; returns how often that was said."""
    told = 0
    for full_from in writes:
        inside = folder / str(full_from)
        inside.mkdir()
        with full_disk() as disk:
            disk.full_from = full_from
            person = _Person(disk)
            _work(inside, person)
        told += len(person.sentences)
        assert sorted(entry.name for entry in inside.iterdir()) == ["film.cuesmith", "other.cuesmith"]
    return told


def test_the_disk_fills_up_at_some_writes(tmp_path: Path) -> None:
    (tmp_path / "whole").mkdir()
    count = _writes(tmp_path / "whole")
    assert count > 60
    chosen = range(1, count + 1, max(1, count // 20))
    assert _fill_at(tmp_path, chosen) >= len(chosen) // 2


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_disk_fills_up_at_every_write_in_turn(tmp_path: Path) -> None:
    (tmp_path / "whole").mkdir()
    count = _writes(tmp_path / "whole")
    told = _fill_at(tmp_path, range(1, count + 1))
    print({"writes": count, "told": told})
    assert told > count // 2


def test_what_was_done_before_the_disk_was_full_can_be_read_while_it_is(tmp_path: Path) -> None:
    path = tmp_path / "film.cuesmith"
    with full_disk() as disk:
        project = create_project(path, document=START)
        history = project.history()
        history.apply(edits.delete(history.document, [0]))
        disk.full_from = 1
        project.close()
        assert unfinished(path)
        with open_project(path) as again:
            assert again.restored == history.stack
            assert again.read_only
            assert "disk is full" in again.notices[0].text
        disk.full_from = 0
        with open_project(path) as again:
            assert again.restored == history.stack
            assert not again.read_only
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_a_folder_without_shared_memory_is_worked_in_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "film.cuesmith"
    with full_disk() as disk:
        disk.no_shared_memory = True
        with create_project(path, document=START) as project:
            history = project.history()
            history.apply(edits.delete(history.document, [0]))
            assert path.read_bytes()[18:20] == b"\x01\x01"  # not written ahead
            live = history.document
        with open_project(path) as again:
            assert again.restored.document == live


def test_a_file_left_written_ahead_opens_where_there_is_no_shared_memory(tmp_path: Path) -> None:
    path, copy = tmp_path / "film.cuesmith", tmp_path / "copy.cuesmith"
    with create_project(path, document=START) as project:
        history = project.history()
        history.apply(edits.delete(history.document, [0]))
        copy.write_bytes(path.read_bytes())
    assert copy.read_bytes()[18:20] == b"\x02\x02"
    with full_disk() as disk:
        disk.no_shared_memory = True
        with open_project(copy) as again:
            history = again.history()
            history.apply(edits.delete(history.document, [0]))
            live = history.document
    with open_project(copy) as again:
        assert again.restored.document == live
