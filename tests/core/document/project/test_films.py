"""A film that was moved, alone or with its project, is found by what it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from core.document import edits
from core.document.document import MediaRef
from core.document.project import create_project, films, open_project
from core.document.project.films import find_film, is_placeholder
from core.media.identity import media_id


@pytest.fixture
def film(tmp_path: Path) -> MediaRef:
    path = tmp_path / "work" / "video" / "film.mkv"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"film" * 1000)
    return MediaRef(str(path), path.stat().st_size, media_id(path))


def _project(film: MediaRef) -> Path:
    """A project beside the film's folder that knows the film."""
    path = Path(film.path).parent.parent / "film.cuesmith"
    with create_project(path) as project:
        history = project.history()
        history.apply(edits.set_field(history.document, "media", film))
    return path


def test_a_film_that_stayed_is_found_where_it_was(film: MediaRef) -> None:
    found = find_film(film, _project(film))
    assert (found.path, found.moved) == (Path(film.path), False)


def test_a_film_that_moved_with_its_project_is_found_by_the_way_between_them(film: MediaRef, tmp_path: Path) -> None:
    project = _project(film)
    (tmp_path / "work").rename(tmp_path / "elsewhere")
    moved = tmp_path / "elsewhere" / project.name
    with open_project(moved) as opened:
        found = find_film(film, opened.path, opened.home)
    assert (found.path, found.moved) == (tmp_path / "elsewhere" / "video" / "film.mkv", True)


def test_a_film_beside_or_above_its_way_is_found_under_another_name(film: MediaRef) -> None:
    project = _project(film)
    deep = project.parent / "a" / "b"
    deep.mkdir(parents=True)
    Path(film.path).rename(deep / "renamed.mkv")
    assert find_film(film, project).path == deep / "renamed.mkv"


def test_another_film_under_the_old_name_is_not_taken_for_it(film: MediaRef) -> None:
    project = _project(film)
    Path(film.path).write_bytes(b"lmfi" * 1000)
    found = find_film(film, project)
    assert (found.path, found.other) == (None, True)


def test_a_film_that_is_nowhere_is_not_found(film: MediaRef) -> None:
    project = _project(film)
    Path(film.path).unlink()
    assert find_film(film, project) == films.Found(None)


def test_no_more_names_are_looked_at_than_agreed(film: MediaRef, monkeypatch: pytest.MonkeyPatch) -> None:
    project = _project(film)
    Path(film.path).rename(project.parent / "video" / "zz.mkv")
    monkeypatch.setattr(films, "MAX_FILES", 1)
    assert find_film(film, project).path is None


@pytest.mark.skipif(os.name == "nt", reason="blocks are a matter of Unix")
def test_a_file_without_bytes_is_a_placeholder(tmp_path: Path) -> None:
    hole = tmp_path / "hole.mkv"
    with hole.open("wb") as file:
        file.truncate(10_000_000)
    assert is_placeholder(hole.stat())
    found = find_film(MediaRef(str(hole), 10_000_000, "x"), tmp_path / "film.cuesmith")
    assert found.placeholder
    hole.write_bytes(b"x" * 100_000)
    assert not is_placeholder(hole.stat())
