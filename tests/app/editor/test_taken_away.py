"""A project whose file is moved, replaced, changed or deleted while it is open: nothing of either is lost."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.editor.works import Work, Works
from core.document import edits
from core.document.project import create_project, open_project
from core.document.project.recoveries import list_unnamed
from core.errors import CannotWrite, ProjectInUse
from core.paths import recovery_dir
from tests.app.editor.desk import Desk, open_it
from tests.core.document.builders import cue, document, texts

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there nobody takes the name of an open file away")


@pytest.fixture
def works() -> Iterator[Works]:
    made = Works()
    yield made
    made.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make(tmp_path / "boat" / "film.cuesmith", "one")


def make(path: Path, text: str) -> Path:
    create_project(path, document=document(cue(text, 0))).close()
    return path


def insert(work: Work, text: str) -> None:
    work.history.apply(edits.insert(work.history.document, 5_000, 6_000, text))


def texts_of(work: Work) -> list[str]:
    return texts(work.history.document)


def replace(path: Path) -> None:
    """As a service does that brings another machine's version."""
    make(path.with_name("theirs.cuesmith"), "theirs").replace(path)


def test_what_replaced_it_opens_and_what_was_open_is_kept(works: Works, path: Path) -> None:
    before = works.go_on(path)
    insert(before, "two")
    replace(path)
    after = works.go_on(path)
    assert texts_of(after) == ["theirs"]
    insert(after, "more")
    with pytest.raises(CannotWrite):
        insert(before, "lost")
    assert [notice.code for notice in works.close_all_but(after)] == ["project.rescued"]
    works.close()
    with open_project(path) as again:
        assert texts(again.restored.document) == ["theirs", "more"]
    (kept,) = list_unnamed()
    with open_project(kept.path) as found:
        history = found.history()
        assert texts(history.document) == ["one", "two"]
        history.undo()
        assert texts(history.document) == ["one"]


def test_it_is_whole_under_the_name_it_was_moved_to(works: Works, path: Path) -> None:
    insert(works.go_on(path), "two")
    moved = path.rename(path.with_name("moved.cuesmith"))
    after = works.go_on(moved)
    insert(after, "three")
    assert works.close_all_but(after) == ()
    works.close()
    with open_project(moved) as again:
        assert texts(again.restored.document) == ["one", "two", "three"]
    assert list_unnamed() == ()


def test_it_can_be_worked_on_where_its_folder_was_moved_to(works: Works, path: Path) -> None:
    insert(works.go_on(path), "two")
    moved = path.parent.rename(path.parent.with_name("harbour")) / path.name
    after = works.go_on(moved)
    insert(after, "three")
    works.close()
    assert os.listdir(moved.parent) == [moved.name]
    with open_project(moved) as again:
        assert texts(again.restored.document) == ["one", "two", "three"]
    assert list_unnamed() == ()


def test_one_that_was_deleted_is_work_without_a_name_when_it_is_closed(works: Works, path: Path) -> None:
    insert(works.go_on(path), "two")
    path.unlink()
    works.close()
    (kept,) = list_unnamed()
    with open_project(kept.path) as found:
        assert texts(found.restored.document) == ["one", "two"]


def test_one_that_was_replaced_can_be_saved_under_another_name_and_not_over_the_one_that_is_open(
    works: Works, path: Path
) -> None:
    before = works.go_on(path)
    replace(path)
    works.go_on(path)
    assert before.project is not None
    with pytest.raises(ProjectInUse):
        before.project.move_to(path, overwrite=True)
    before.project.move_to(path.with_name("mine.cuesmith"))
    insert(before, "two")
    works.close()
    with open_project(path.with_name("mine.cuesmith")) as mine:
        assert texts(mine.restored.document) == ["one", "two"]
    assert list_unnamed() == ()


def test_one_is_told_that_what_was_open_is_kept(qtbot: QtBot, desk: Desk, path: Path) -> None:
    open_it(qtbot, desk, path)
    replace(path)
    open_it(qtbot, desk, path)
    assert desk.texts() == ["theirs"]
    assert desk.codes == ["project.rescued"]


def overwrite(path: Path) -> None:
    """As who copies a backup over it, or a program that brings another version and keeps the file."""
    theirs, ours = make(path.with_name("theirs.cuesmith"), "theirs"), path.stat()
    path.write_bytes(theirs.read_bytes())
    os.utime(path, ns=(ours.st_atime_ns, ours.st_mtime_ns + 1_000_000_000))  # no person is as quick as a test


@pytest.mark.parametrize("folder", ["boat", "Dropbox"])
@pytest.mark.parametrize("told", [False, True], ids=["closed at once", "one more step tried"])
@pytest.mark.parametrize("rests", [False, True], ids=["with its log", "at rest"])
def test_what_was_written_over_it_stays_whole_and_what_was_open_is_kept(
    works: Works, tmp_path: Path, folder: str, told: bool, rests: bool
) -> None:
    """What was written ahead would go into the other's pages, and neither could be read."""
    path = make(tmp_path / folder / "film.cuesmith", "one")
    work = works.go_on(path)
    insert(work, "two")
    assert work.project is not None
    if rests:
        work.project.rest()
    overwrite(path)
    before = path.read_bytes()
    if told:
        with pytest.raises(CannotWrite, match="changed"):
            insert(work, "lost")
    works.close()
    assert path.read_bytes() == before
    assert sorted(os.listdir(path.parent)) == [path.name, "theirs.cuesmith"]
    (kept,) = list_unnamed()
    with open_project(kept.path) as found:
        history = found.history()
        assert texts(history.document) == ["one", "two"]
        assert history.undo() == "Insert cue"


def test_what_was_written_over_it_opens_in_its_window_and_the_other_can_be_saved(works: Works, path: Path) -> None:
    before = works.go_on(path)
    insert(before, "two")
    overwrite(path)
    after = works.go_on(path)
    insert(after, "more")
    assert before.project is not None
    before.project.move_to(path.with_name("mine.cuesmith"))
    insert(before, "three")
    works.close()
    for name, expected in (("film", ["theirs", "more"]), ("mine", ["one", "two", "three"])):
        with open_project(path.with_name(f"{name}.cuesmith")) as again:
            assert texts(again.restored.document) == expected
    assert list_unnamed() == ()


def test_one_that_was_only_touched_is_worked_on(works: Works, path: Path) -> None:
    work = works.go_on(path)
    insert(work, "two")
    for _ in range(2):
        os.utime(path)
        insert(work, "more")
    works.close()
    with open_project(path) as again:
        assert texts(again.restored.document) == ["one", "two", "more", "more"]


def test_one_that_was_replaced_in_a_folder_that_a_service_copies_is_kept(works: Works, tmp_path: Path) -> None:
    path = make(tmp_path / "Dropbox" / "film.cuesmith", "one")
    work = works.go_on(path)
    insert(work, "two")
    replace(path)
    with pytest.raises(CannotWrite):
        insert(work, "lost")
    works.close()
    (kept,) = list_unnamed()
    with open_project(kept.path) as found:
        assert texts(found.restored.document) == ["one", "two"]


def test_where_it_can_be_kept_nowhere_that_is_said(works: Works, path: Path) -> None:
    before = works.go_on(path)
    insert(before, "two")
    replace(path)
    folder = recovery_dir()
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file where the folder should be")
    (said,) = works.close_all_but(None)
    assert said.code == "project.not_rescued"
    assert "could not be kept" in said.text
    folder.unlink()
