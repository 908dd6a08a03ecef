"""A damaged or foreign file is opened, repaired with a report, or refused with a sentence; the file stays as it is."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from core import paths
from core.document import edits
from core.document.document import Document, MediaRef
from core.document.project import Project, create_project, open_project
from core.document.project.schema import APPLICATION_ID
from core.errors import ProjectUnreadable
from core.results import ChunkKey
from core.transcript import Segment
from tests.core.document.builders import check_whole, cue, document, texts
from tests.core.document.project import damaged_files

LINES = [f"line {n} of the film with some words in it" for n in range(100)]
KEY = ChunkKey("recognise", "5-abc", 1, 0, 16_000, "builtin")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A project of 100 cues, 4 steps and some results, as it lies on disk."""
    path = tmp_path_factory.mktemp("whole") / "film.cuesmith"
    start = document(*(cue(text, n * 2000) for n, text in enumerate(LINES)))
    with create_project(path, document=start) as project:
        history = project.history()
        history.apply(edits.set_field(history.document, "media", MediaRef("/films/a.mkv", 5, "5-abc")))
        for n in range(3):
            history.apply(edits.set_voice(history.document, [n], "Ann"))
        history.undo()
        for n in range(20):
            project.results.put(ChunkKey("recognise", "m", 1, n, n + 1, "builtin"), Segment(n, n + 1, "text" * 50))
        project.results.put(KEY, Segment(0, 1000, "hello"))
    return path.read_bytes()


def _opened(path: Path) -> str:
    """What became of a file: opened, repaired or refused; everything that must hold is asserted."""
    before = path.read_bytes()
    outcome, sentence = _outcome(path)
    if outcome == "refused":
        assert path.name in sentence
    if outcome != "opened":
        assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
    return outcome


def _outcome(path: Path) -> tuple[str, str]:
    try:
        project = open_project(path)
    except ProjectUnreadable as error:
        return "refused", str(error)
    with project:
        check_whole(project.restored.document)
        repaired = any(notice.code == "project.repaired" for notice in project.notices)
        assert (project.path != path) == repaired
        project.results.get(KEY)
        if not project.read_only:
            _all_the_way_back_and_forth(project)
        if repaired:
            project.delete()
        else:
            assert [one.text for one in project.restored.document.cues] == LINES
    return ("repaired" if repaired else "opened"), ""


def _all_the_way_back_and_forth(project: Project) -> None:
    history = project.history()
    while history.undo():
        check_whole(history.document)
    while history.redo():
        check_whole(history.document)


def _try_many(folder: Path, scratch: Path, whole: bytes, count: int, seed: int) -> Counter[str]:
    rng = random.Random(seed)
    path = folder / "film.cuesmith"
    outcomes: Counter[str] = Counter()
    for n in range(count):
        maker = damaged_files.MAKERS[n % len(damaged_files.MAKERS)]
        path.write_bytes(maker(rng, whole, scratch))
        try:
            outcomes[_opened(path)] += 1
        except BaseException as error:
            error.add_note(f"file {n}, {maker.__name__}")
            raise
    return outcomes


def test_two_hundred_damaged_files(tmp_path: Path, whole: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Document, "checking", False)  # as it is outside of tests
    folder = tmp_path / "folder"
    folder.mkdir()
    outcomes = _try_many(folder, tmp_path / "scratch", whole, 200, 20261120)
    print(dict(outcomes))
    assert min(outcomes["opened"], outcomes["repaired"], outcomes["refused"]) > 10


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_two_thousand_damaged_files(tmp_path: Path, whole: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Document, "checking", False)
    folder = tmp_path / "folder"
    folder.mkdir()
    outcomes = _try_many(folder, tmp_path / "scratch", whole, 2_000, 7)
    print(dict(outcomes))
    assert outcomes.total() == 2_000


@pytest.mark.parametrize("script", damaged_files.FOREIGN_SQL)
def test_anything_declared_that_is_not_ours_is_refused(tmp_path: Path, whole: bytes, script: str) -> None:
    path = tmp_path / "film.cuesmith"
    path.write_bytes(damaged_files.changed(whole, tmp_path / "scratch", script))
    with pytest.raises(ProjectUnreadable):
        open_project(path)


def test_a_database_of_our_number_with_nothing_in_it_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "film.cuesmith"
    connection = sqlite3.connect(path)
    connection.executescript(f"PRAGMA application_id = {APPLICATION_ID}; CREATE TABLE rows (x)")
    connection.close()
    with pytest.raises(ProjectUnreadable, match="no Cuesmith project"):
        open_project(path)


def test_a_flipped_letter_is_noticed_and_costs_only_its_cue(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "film.cuesmith"
    at = whole.index(b'{"text":"line"')
    path.write_bytes(whole[: at + 9] + b"f" + whole[at + 10 :])
    with open_project(path) as project:
        (notice,) = project.notices
        assert notice.code == "project.repaired"
        assert notice.finding
        assert notice.params["kept"] in (99, 100)  # an older version of the cue may be the one that was hit
        assert not project.named
        assert project.path.parent == paths.recovery_dir()
        assert set(texts(project.restored.document)) <= set(LINES)
        assert project.restored.document.media is not None
        assert project.results.get(KEY) == Segment(0, 1000, "hello")


def test_damage_to_the_undo_list_costs_only_that(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "film.cuesmith"
    path.write_bytes(damaged_files.changed(whole, tmp_path / "scratch", "DELETE FROM steps WHERE place = 2"))
    with open_project(path) as project:
        assert texts(project.restored.document) == LINES
        assert project.restored.done == ()
        assert "undo list" in project.notices[0].text


def test_a_project_of_a_later_version_says_so(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "film.cuesmith"
    path.write_bytes(damaged_files.changed(whole, tmp_path / "scratch", "PRAGMA user_version = 999"))
    with pytest.raises(ProjectUnreadable, match="newer"):
        open_project(path)
