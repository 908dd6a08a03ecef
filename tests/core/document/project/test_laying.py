"""What engines made goes with the project and lies where a job looks."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from core import paths
from core.document.chunk_results import add_results, keys_in, open_results
from core.document.project import Project, create_project
from core.document.project.laying import MOST_FILMS, lay_out, take_in
from core.errors import CannotWrite, DiskFull
from core.results import ChunkKey
from core.transcript import Segment, Source, Word
from tests.core.document.builders import cue, document

FILM = "5-" + "a" * 64


def key(n: int, media_id: str = FILM) -> ChunkKey:
    return ChunkKey("recognise", media_id, 1, n * 16_000, (n + 1) * 16_000, "builtin")


def segment(n: int) -> Segment:
    word = Word(f"w{n}", n, n + 1, source=Source.ALIGNED, text_confidence=0.5, id=f"w{n}")
    return Segment(n, n + 1, f"w{n}", ("en",), (word,), "builtin", ("retried",) if n % 2 else ())


def project_with(count: int, path: Path) -> Project:
    project = create_project(path, document=document(cue("one", 0)))
    project.results.put_all((key(n), segment(n)) for n in range(count))
    return project


def test_what_a_project_brings_lies_where_a_job_looks(tmp_path: Path) -> None:
    with project_with(300, tmp_path / "a.cuesmith") as project:
        lay_out(project.results, FILM)
    with open_results(paths.results_file(FILM)) as found:
        assert [found.get(key(n)) for n in range(300)] == [segment(n) for n in range(300)]
        assert found.notices == []


def test_what_lies_there_is_not_laid_again(tmp_path: Path) -> None:
    store = paths.results_file(FILM)
    with project_with(5, tmp_path / "a.cuesmith") as project:
        with open_results(store) as found:
            for n in (1, 3):
                found.put(key(n), segment(n))
        lay_out(project.results, FILM)
        assert keys_in(store) == {key(n) for n in range(5)}
        before = store.read_bytes()
        assert before.count(b"\n") == 5
        lay_out(project.results, FILM)
        assert store.read_bytes() == before


def test_a_line_that_a_crash_cut_short_does_not_count_as_there(tmp_path: Path) -> None:
    store = paths.results_file(FILM)
    with project_with(2, tmp_path / "a.cuesmith") as project:
        lay_out(project.results, FILM)
        store.write_bytes(store.read_bytes()[:-30])
        assert len(keys_in(store)) == 1
        lay_out(project.results, FILM)
        assert keys_in(store) == {key(0), key(1)}


def test_of_many_films_its_own_comes_first_and_most_are_left_out(tmp_path: Path) -> None:
    others = [f"{number}-{'0' * 64}" for number in range(1, 30)]
    with project_with(1, tmp_path / "a.cuesmith") as project:
        project.results.put_all((key(n, other), segment(n)) for other in others for n in range(2))
        lay_out(project.results, FILM)
    assert len(list(paths.results_dir().iterdir())) == MOST_FILMS
    assert keys_in(paths.results_file(FILM)) == {key(0)}


def test_a_full_disk_is_told_and_nothing_half_lies_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = paths.results_file(FILM)
    with project_with(200, tmp_path / "a.cuesmith") as project:
        with open_results(store) as found:
            found.put(key(0), segment(0))
        before = store.read_bytes()
        write = os.write
        with monkeypatch.context() as full:
            full.setattr(os, "write", lambda handle, data: write(handle, data[: len(data) // 2]))
            with pytest.raises(DiskFull):
                lay_out(project.results, FILM)
        assert store.read_bytes() == before
        lay_out(project.results, FILM)
        assert len(keys_in(store)) == 200


def test_a_project_takes_in_what_it_has_not(tmp_path: Path) -> None:
    with project_with(2, tmp_path / "a.cuesmith") as project:
        add_results(paths.results_file(FILM), [(key(1), segment(7)), *((key(n), segment(n)) for n in range(2, 200))])
        take_in(project.results, paths.results_file(FILM))
        assert set(project.results.known_keys()) == {key(n) for n in range(200)}
        assert project.results.get(key(1)) == segment(1)
        assert project.results.get(key(199)) == segment(199)


def test_a_project_that_was_closed_meanwhile_takes_nothing_and_stays_closed(tmp_path: Path) -> None:
    with project_with(2, tmp_path / "a.cuesmith") as project:
        pass
    before = sorted(tmp_path.iterdir()), project.path.read_bytes()
    with pytest.raises(CannotWrite):
        project.results.put(key(9), segment(9))
    with open_results(paths.results_file(FILM)) as found:
        found.put(key(9), segment(9))
    with pytest.raises(CannotWrite):
        take_in(project.results, paths.results_file(FILM))
    assert (sorted(tmp_path.iterdir()), project.path.read_bytes()) == before


def test_passages_with_trouble_are_found_by_their_notes(tmp_path: Path) -> None:
    with project_with(6, tmp_path / "a.cuesmith") as project:
        assert project.results.spans_noted({"retried", "other"}) == ((1, 2), (3, 4), (5, 6))
        assert project.results.spans_noted({"other"}) == ()
