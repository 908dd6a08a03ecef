"""`cuesmith shot`: every state draws the real window, of the size asked for, and leaves nothing behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.cli.runner import run_command
from app.shot import Shot, save, take
from app.shots import STATES
from core.errors import BadArgument, CannotWrite

SIZE = (1280, 800)


def colours(image: QImage) -> int:
    """How many colours there are, every third pixel looked at."""
    return len({image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)})


@pytest.mark.parametrize("state", STATES)
def test_every_state_draws_the_window_in_the_size_asked_for(qtbot: QtBot, state: str, home: Path) -> None:
    image = take(Shot(state, size=SIZE))
    assert image.size().toTuple() == SIZE
    assert colours(image) > 40
    assert os.environ["CUESMITH_HOME"] == str(home)
    assert list(home.iterdir()) == []


def test_the_light_theme_is_light_around_a_film_that_stays_as_dark_as_it_is(qtbot: QtBot) -> None:
    light = take(Shot("editor", size=SIZE, theme="light"))
    assert light.pixelColor(3, 3).lightness() > 200
    across = [light.pixelColor(x, 120).lightness() for x in range(480, 960, 8)]
    assert max(across) < 128


def test_the_smallest_window_is_drawn(qtbot: QtBot) -> None:
    assert take(Shot("editor", size=(1024, 640))).size().toTuple() == (1024, 640)


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        (Shot("dancing"), "welcome"),
        (Shot(tab="karaoke"), "editor"),
        (Shot(language="tlh"), "en"),
        (Shot(size=(10, 10)), "1024x640"),
        (Shot(size=(100_000, 800)), "8192x8192"),
    ],
)
def test_what_there_is_not_is_said_with_what_there_is(wrong: Shot, named: str) -> None:
    with pytest.raises(BadArgument) as told:
        take(wrong)
    assert named in str(told.value)


def test_the_command_writes_a_png_of_a_file_it_is_given(qtbot: QtBot, tmp_path: Path) -> None:
    subtitles = tmp_path / "talk.srt"
    subtitles.write_text("1\n00:00:01,000 --> 00:00:02,500\nThe last boat\n", encoding="utf-8")
    picture = tmp_path / "picture.png"
    assert run_command(["shot", str(subtitles), "-o", str(picture), "--size", "1024x640", "--theme", "light"]) == 0
    assert QImage(str(picture)).size().toTuple() == (1024, 640)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--state", "dancing", "-o", "x.png"], "dancing"),
        (["--size", "huge", "-o", "x.png"], "huge"),
        ([], "-o"),
        (["/nowhere/talk.mp4", "-o", "x.png"], "talk.mp4"),
    ],
)
def test_wrong_arguments_are_one_line(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["shot", *arguments]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1


def test_the_list_names_every_state(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["shot", "--list"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(STATES)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    with pytest.raises(CannotWrite):
        save(image, tmp_path / "nowhere" / "picture.png")
