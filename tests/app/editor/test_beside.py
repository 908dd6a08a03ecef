"""Which files belong together, by their names."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.editor.beside import is_subtitles, media_beside, subtitles_beside


@pytest.mark.parametrize(
    "name", ["movie.srt", "movie.en.srt", "movie_2.en.srt", "movie.de.forced.vtt", "movie.en.json", "movie.zh-Hant.vtt"]
)
def test_a_film_finds_its_subtitles(tmp_path: Path, name: str) -> None:
    film = tmp_path / "movie.mkv"
    film.touch()
    (tmp_path / name).touch()
    assert subtitles_beside(film) == (tmp_path / name,)


@pytest.mark.parametrize("name", ["movie2.srt", "movie.truth.json", "movie.txt", "other.srt", "movie_b.srt", "movie"])
def test_other_files_are_not_its_subtitles(tmp_path: Path, name: str) -> None:
    film = tmp_path / "movie.mkv"
    film.touch()
    (tmp_path / name).touch()
    assert subtitles_beside(film) == ()


@pytest.mark.parametrize("name", ["movie.srt", "movie.en.srt", "movie_2.en.srt"])
def test_subtitles_find_their_film(tmp_path: Path, name: str) -> None:
    film = tmp_path / "movie.mp4"
    film.touch()
    (tmp_path / "movie.wav").touch()
    assert media_beside(tmp_path / name) == film


def test_subtitles_alone_have_no_film(tmp_path: Path) -> None:
    (tmp_path / "other.mp4").touch()
    assert media_beside(tmp_path / "movie.en.srt") is None


def test_the_folder_may_be_gone(tmp_path: Path) -> None:
    assert subtitles_beside(tmp_path / "gone" / "movie.mp4") == ()
    assert media_beside(tmp_path / "gone" / "movie.srt") is None


def test_formats_that_can_be_read_are_subtitles() -> None:
    assert is_subtitles(Path("a/movie.EN.SRT"))
    assert is_subtitles(Path("movie.vtt"))
    assert not is_subtitles(Path("movie.mp4"))
