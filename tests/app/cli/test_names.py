"""Names of files and folders that cannot be meant: an empty one, a folder's, ".". Each is named, in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli.window import open_window
from core.paths import resource
from tests.app.cli.conftest import Cuesmith

FILM = str(resource("sample", "last_boat.mp4"))

EMPTY = [
    ("transcribe", ""),
    ("transcribe", FILM, " "),
    ("transcribe", FILM, "-o", ""),
    ("transcribe", FILM, "--output-dir", ""),
    ("transcribe", FILM, "--model-dir", ""),
    ("transcribe", FILM, "--aligner-dir", ""),
    ("align", "", "a.txt"),
    ("align", FILM, ""),
    ("align", FILM, "a.txt", "-o", ""),
    ("align", FILM, "a.txt", "--model-dir", ""),
    ("align", FILM, "a.txt", "--aligner-dir", ""),
    ("listen", "--file", ""),
    ("listen", "--file", FILM, "--model-dir", ""),
    ("convert", "", "b.srt"),
    ("convert", "a.srt", ""),
    ("check", ""),
    ("check", "a.srt", "--media", ""),
    ("check", "a.srt", "--csv", ""),
    ("models", "import", ""),
    ("models", "move", ""),
    ("shot", "", "-o", "a.png"),
    ("shot", "-o", ""),
    ("bench", "pipeline", "--media", ""),
    ("bench", "known-text", "--text", ""),
]

FOLDERS = [
    ("transcribe", "."),
    ("transcribe", FILM, "-o", "."),
    ("transcribe", FILM, "-o", "folder", "--overwrite"),
    ("transcribe", FILM, "-o", "new/"),
    ("transcribe", FILM, "--context", "@."),
    ("align", ".", "a.txt"),
    ("align", FILM, "."),
    ("align", FILM, "folder"),
    ("align", FILM, "a.txt", "-o", "."),
    ("listen", "--file", "."),
    ("convert", ".", "b.srt"),
    ("convert", "a.srt", "."),
    ("convert", "a.srt", "folder", "--overwrite"),
    ("check", "."),
    ("check", "a.srt", "--media", "."),
    ("check", "a.srt", "--csv", "folder", "--overwrite"),
    ("shot", ".", "-o", "a.png"),
    ("shot", "-o", "."),
    ("bench", "pipeline", "--media", "."),
    ("bench", "known-text", "--text", "folder"),
]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with a text, a subtitle and a folder in it."""
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    Path("a.txt").write_text("The last boat\n", encoding="utf-8")
    Path("a.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nThe last boat\n", encoding="utf-8")


@pytest.mark.parametrize("arguments", EMPTY, ids=lambda arguments: " ".join(map(repr, arguments)).replace(FILM, "FILM"))
def test_an_empty_name_is_no_name(cuesmith: Cuesmith, arguments: tuple[str, ...]) -> None:
    ran = cuesmith(*arguments)
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert "the name is empty" in ran.err


@pytest.mark.parametrize("arguments", FOLDERS, ids=lambda arguments: " ".join(arguments).replace(FILM, "FILM"))
def test_a_folder_is_no_file(cuesmith: Cuesmith, arguments: tuple[str, ...]) -> None:
    folder = next(one for one in arguments if one.lstrip("@") in (".", "folder", "new/")).lstrip("@")
    ran = cuesmith(*arguments)
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert f"{folder} " in ran.err.replace("“", "").replace("”", " ")
    assert "is a folder" in ran.err


def test_a_context_without_a_name_is_told_from_one_that_cannot_be_read(cuesmith: Cuesmith) -> None:
    ran = cuesmith("transcribe", FILM, "--context", "@")
    assert ran.code == 2
    assert "behind the @ stands no name" in ran.err


def test_a_file_in_place_of_the_output_folder_is_named(cuesmith: Cuesmith) -> None:
    ran = cuesmith("transcribe", FILM, "--output-dir", "a.txt")
    assert ran.code == 3
    assert "a.txt could not be written (it is a file, not a folder)" in ran.err


def test_models_of_the_folder_one_is_in_are_looked_for_by_its_name(cuesmith: Cuesmith) -> None:
    ran = cuesmith("models", "import", ".")
    assert ran.code == 2
    assert "The model folder " in ran.err


def test_the_window_opens_no_empty_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert open_window([""]) == 2
    assert "the name of a file is empty" in capsys.readouterr().err
