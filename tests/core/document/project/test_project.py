"""A project holds everything, one plain file when it rests, and tells a second window."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import pytest

from core import paths
from core.document import edits
from core.document.document import Bookmark, Document, MediaRef, Unmatched
from core.document.edit import Edit, Splice
from core.document.history import History
from core.document.project import create_project, open_project
from core.errors import CannotWrite, FileMissing, OutputExists, ProjectInUse
from core.results import ChunkKey
from core.transcript import Segment, Source, Word
from tests.core.document.builders import cue, document, texts


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "film.cuesmith"


def _insert(history: History, n: int) -> None:
    history.apply(edits.insert(history.document, n * 1000, n * 1000 + 500, f"w{n}"))


def _work(path: Path, count: int = 5) -> None:
    with create_project(path) as project:
        history = project.history()
        for n in range(count):
            _insert(history, n)


def _files(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.parent.iterdir())


def test_every_field_comes_back_as_it_was(path: Path) -> None:
    word = Word("né", 1, 2, "\n", Source.TAPPED, 0.1, None, frozenset({"i", "c:#ff0000"}), (("n", 1, 1), ("é", 1, 2)))
    shown = cue("x", 0, 900).__class__((word,), 0, 900, "fr", "Ann", "big", {"vtt": "line:0"}, True, "draft")
    values = {
        "header": {"ass": "[Script Info]\n"},
        "media": MediaRef("/films/ä b.mkv", 5, "m", 2, 9000),
        "frame_rate": Fraction(24000, 1001),
        "start_timecode": 3_600_000,
        "styles": {"a": "b"},
        "bookmarks": (Bookmark(5, "here"),),
        "unmatched": (Unmatched(3, "line"),),
        "style": "bbc",
    }
    with create_project(path) as project:
        history = project.history()
        history.apply(Edit("Put", (Splice(0, (), (shown,)),)))
        for field, value in values.items():
            history.apply(edits.set_field(history.document, field, value))
        live = history.stack
    with open_project(path) as again:
        assert again.restored == live
        assert type(again.restored.document.bookmarks[0]) is Bookmark


def test_undo_and_redo_survive_a_restart(path: Path) -> None:
    _work(path)
    with open_project(path) as project:
        history = project.history()
        assert history.undo_label() == "Insert cue"
        history.undo()
        history.undo()
    with open_project(path) as project:
        history = project.history()
        assert texts(history.document) == ["w0", "w1", "w2"]
        assert len(history.labels()) == 3
        history.redo()
        assert texts(history.document) == ["w0", "w1", "w2", "w3"]
        history.apply(edits.delete(history.document, [0]))
        assert history.redo_label() is None
    with open_project(path) as project:
        assert texts(project.restored.document) == ["w1", "w2", "w3"]
        assert project.restored.undone == ()


def test_a_step_taken_back_and_done_again_is_there_after_a_restart(path: Path) -> None:
    with create_project(path, document=document(cue("first", 0))) as project:
        history = project.history()
        history.apply(edits.shift(history.document, (0,), 500))
        history.undo()
        history.apply(edits.shift(history.document, (0,), 500))
        history.apply(edits.set_text(history.document, 0, "second"))
        live = history.stack
    with open_project(path) as again:
        assert again.notices == ()
        assert again.restored == live
        history = again.history()
        history.undo()
        history.undo()
        assert texts(history.document) == ["first"]
        history.redo()
        assert history.document.cues[0].start_ms == 500


def test_a_closed_project_is_one_plain_file(path: Path, tmp_path: Path) -> None:
    _work(path)
    assert _files(path) == [path.name]
    copy = tmp_path / "elsewhere"
    copy.mkdir()
    with open_project(Path(shutil.copy(path, copy))) as project:
        assert len(project.restored.document.cues) == 5


def test_a_project_at_rest_can_be_copied_whole_and_wakes_by_itself(path: Path, tmp_path: Path) -> None:
    with create_project(path) as project:
        history = project.history()
        _insert(history, 0)
        assert not project.resting
        project.rest()
        assert path.read_bytes()[18:20] == b"\x01\x01"
        resting = Path(shutil.copy(path, tmp_path / "copy.cuesmith"))
        _insert(history, 1)
        assert not project.resting
    with open_project(resting) as copy:
        assert texts(copy.restored.document) == ["w0"]
    with open_project(path) as project:
        assert texts(project.restored.document) == ["w0", "w1"]


def test_a_copy_taken_in_the_middle_of_work_opens_whole(path: Path, tmp_path: Path) -> None:
    with create_project(path) as project:
        history = project.history()
        _insert(history, 0)
        project.rest()
        for n in range(1, 50):
            _insert(history, n)
        early = Path(shutil.copy(path, tmp_path / "early.cuesmith"))
        with open_project(early) as copy:
            found = texts(copy.restored.document)
            assert copy.notices == ()
        assert found == [f"w{n}" for n in range(len(found))]
        assert found


def test_a_second_window_is_told_and_may_read(path: Path) -> None:
    with create_project(path) as first:
        history = first.history()
        _insert(history, 0)
        with pytest.raises(ProjectInUse, match="another window"):
            open_project(path)
        with open_project(path, read_only=True) as second:
            assert texts(second.restored.document) == ["w0"]
            other = second.history()
            with pytest.raises(CannotWrite, match="read only"):
                _insert(other, 1)
            assert texts(other.document) == ["w0"]
        _insert(history, 1)
    with open_project(path) as project:
        assert texts(project.restored.document) == ["w0", "w1"]


def test_reading_only_touches_nothing(path: Path) -> None:
    _work(path)
    before, stat = path.read_bytes(), path.stat()
    with open_project(path, read_only=True) as project:
        assert project.read_only
        assert project.results.get(_key(1)) is None
        assert _files(path) == [path.name]
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, stat.st_mtime_ns)


def test_opening_without_a_step_leaves_the_file_as_it_is(path: Path) -> None:
    _work(path)
    before = path.read_bytes()
    open_project(path).close()
    assert path.read_bytes() == before


def test_save_as_goes_on_under_the_new_name(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "sub" / "other.cuesmith"
    other.parent.mkdir()
    with create_project(path) as project:
        history = project.history()
        _insert(history, 0)
        project.move_to(other)
        _insert(history, 1)
        assert project.path == other
    with open_project(other) as project:
        assert texts(project.restored.document) == ["w0", "w1"]
        assert len(project.restored.done) == 2
    with open_project(path) as project:
        assert texts(project.restored.document) == ["w0"]


def test_save_as_over_an_open_project_or_a_file_is_refused(path: Path, tmp_path: Path) -> None:
    taken = tmp_path / "taken.cuesmith"
    with create_project(path) as project, create_project(taken):
        with pytest.raises(ProjectInUse):
            project.move_to(taken, overwrite=True)
        other = tmp_path / "other.cuesmith"
        other.write_bytes(b"mine")
        with pytest.raises(OutputExists):
            project.move_to(other)
        assert other.read_bytes() == b"mine"
        _insert(project.history(), 0)
        project.move_to(other, overwrite=True)
        assert project.path == other
    with open_project(other) as again:
        assert texts(again.restored.document) == ["w0"]


def test_a_name_is_given_to_work_that_had_none(path: Path) -> None:
    with create_project() as project:
        assert not project.named
        assert project.path.parent == paths.recovery_dir()
        _insert(project.history(), 0)
        project.move_to(path)
        assert project.named
        assert list(paths.recovery_dir().iterdir()) == []
    with open_project(path) as again:
        assert texts(again.restored.document) == ["w0"]


def test_work_without_a_name_stays_unless_there_is_nothing_in_it() -> None:
    create_project().close()
    assert list(paths.recovery_dir().iterdir()) == []
    create_project(document=document(cue("kept", 0))).close()
    (left,) = paths.recovery_dir().iterdir()
    with open_project(left) as project:
        assert not project.named
        assert texts(project.restored.document) == ["kept"]
        project.delete()
    assert list(paths.recovery_dir().iterdir()) == []


def test_a_copy_is_whole_while_work_goes_on(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.cuesmith"
    with create_project(path) as project:
        history = project.history()
        _insert(history, 0)
        project.copy_to(copy)
        assert _files(copy) == ["copy.cuesmith", "film.cuesmith", "film.cuesmith.lock"]
        with pytest.raises(OutputExists):
            project.copy_to(copy)
    with open_project(copy) as again:
        assert texts(again.restored.document) == ["w0"]


def test_a_copy_is_one_plain_file_also_while_another_program_reads(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.cuesmith"
    with create_project(path) as project:
        _insert(project.history(), 0)
        with closing(sqlite3.connect(path)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM rows").fetchall()
            project.copy_to(copy)
    assert copy.read_bytes()[18:20] == b"\x01\x01"
    assert _files(path) == ["copy.cuesmith", "film.cuesmith"]
    with open_project(copy) as again:
        assert texts(again.restored.document) == ["w0"]


def test_what_is_there_is_not_made_again(path: Path) -> None:
    path.write_bytes(b"mine")
    with pytest.raises(OutputExists):
        create_project(path)
    assert path.read_bytes() == b"mine"
    assert _files(path) == [path.name]


def test_what_is_not_there_is_a_sentence(path: Path) -> None:
    with pytest.raises(FileMissing):
        open_project(path)


def _key(n: int) -> ChunkKey:
    return ChunkKey("recognise", "5-abc", 1, n * 16_000, (n + 1) * 16_000, "builtin")


def test_results_travel_with_the_project(path: Path) -> None:
    segment = Segment(0, 1000, "hello", ("en",), (Word("hello", 0, 900, text_confidence=0.5),), "builtin", ("retried",))
    with create_project(path) as project:
        project.results.put(_key(1), segment)
        project.results.put_all([(_key(2), segment), (_key(3), segment)])
    with open_project(path) as again:
        assert again.results.get(_key(1)) == segment
        assert again.results.get(_key(4)) is None
        assert again.results.count() == 3


def test_settings_of_a_project_come_back(path: Path) -> None:
    with create_project(path) as project:
        project.keep_setting("zoom", {"ms_a_pixel": 12.5})
        assert project.setting("nothing", 3) == 3
    with open_project(path) as again:
        assert again.setting("zoom") == {"ms_a_pixel": 12.5}


def test_what_work_began_with_and_its_steps_can_be_taken_over(path: Path) -> None:
    history = History(document(cue("one two", 0)))
    history.apply(edits.split_at_word(history.document, 0, 1))
    history.apply(edits.delete(history.document, [0]))
    history.undo()
    create_project(path, stack=history.stack, created="2026-01-01T00:00:00+00:00").close()
    with open_project(path) as project:
        assert project.restored == history.stack
        assert project.created == "2026-01-01T00:00:00+00:00"


def test_versions_nobody_can_bring_back_are_gone_after_closing(path: Path) -> None:
    with create_project(path) as project:
        history = project.history()
        for n in range(30):
            _insert(history, n)
            history.undo()
    with open_project(path) as project:
        assert len(project._store.tables.versions) == 1
        assert project.restored.document == Document()


@pytest.mark.parametrize("name", ["Größe ü 漢字 #1?%20.cuesmith", "a b;c'd\"e.cuesmith", "x" * 200 + ".cuesmith"])
def test_any_name_of_a_file_will_do(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "ordner ñ"
    folder.mkdir()
    _work(folder / name, 2)
    assert _files(folder / name) == [name]
    with open_project(folder / name) as project:
        assert len(project.restored.done) == 2


def test_a_history_of_many_inserts_at_one_place_keeps_its_order(path: Path) -> None:
    with create_project(path, document=document(cue("first", 0), cue("last", 9_000))) as project:
        history = project.history()
        for n in range(100):
            history.apply(edits.insert(history.document, 5_000 - n, 5_100, f"w{n}"))
        live = history.document
    with open_project(path) as again:
        assert again.restored.document == live


@pytest.mark.skipif(os.name == "nt", reason="Windows moves no open file")
@pytest.mark.parametrize("what", ["deleted", "moved", "replaced", "folder moved"])
def test_a_file_taken_away_while_it_is_open_is_told_and_the_work_can_be_saved_elsewhere(
    tmp_path: Path, what: str
) -> None:
    folder, other = tmp_path / "folder", tmp_path / "other.cuesmith"
    folder.mkdir()
    path = folder / "film.cuesmith"
    with create_project(path) as project:
        history = project.history()
        _insert(history, 0)
        if what == "folder moved":
            folder.rename(tmp_path / "elsewhere")
        elif what == "deleted":
            path.unlink()
        else:
            path.rename(folder / "renamed.cuesmith")
        if what == "replaced":
            path.write_bytes(b"theirs")
        with pytest.raises(CannotWrite, match="while it was open"):
            _insert(history, 1)
        assert texts(history.document) == ["w0"]
        project.move_to(other)
        _insert(history, 1)
    assert not path.exists() or path.read_bytes() == b"theirs"
    with open_project(other) as again:
        assert texts(again.restored.document) == ["w0", "w1"]


@pytest.mark.skipif(os.name == "nt", reason="Windows moves no open file")
@pytest.mark.parametrize("replaced", [False, True])
def test_a_file_taken_away_can_be_saved_again_under_its_own_name(path: Path, replaced: bool) -> None:
    with create_project(path) as project:
        history = project.history()
        _insert(history, 0)
        path.unlink()
        if replaced:
            path.write_bytes(b"theirs")
        project.move_to(path, overwrite=True)
        _insert(history, 1)
        with pytest.raises(ProjectInUse):
            open_project(path)
    assert _files(path) == [path.name]
    with open_project(path) as again:
        assert texts(again.restored.document) == ["w0", "w1"]


@pytest.mark.parametrize("damaged", [False, True])
def test_what_a_crash_left_beside_a_replaced_project_does_not_get_into_the_new_one(
    path: Path, tmp_path: Path, damaged: bool
) -> None:
    old = tmp_path / "old" / "old.cuesmith"
    old.parent.mkdir()
    with create_project(path) as project:
        for n in range(5):
            _insert(project.history(), n)
        log = path.with_name(path.name + "-wal").read_bytes()
        old.write_bytes(b"SQLite format 3\x00 damaged" if damaged else path.read_bytes())
    old.with_name(old.name + "-wal").write_bytes(log)
    with create_project(document=document(cue("new", 0))) as project:
        project.move_to(old, overwrite=True)
        history = project.history()
        history.apply(edits.insert(history.document, 5_000, 6_000, "newer"))
    assert _files(old) == [old.name]
    with open_project(old) as again:
        assert again.notices == ()
        assert texts(again.restored.document) == ["new", "newer"]
