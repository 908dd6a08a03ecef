"""The window shows the frame of the playhead and no other: a real film with numbered pictures, a real media child."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.application import Application
from app.editor.picture_view import PictureView
from core.timecode import ms_of_frame
from tests.data.counted_film import make_counted, number_on

RATE = Fraction(24000, 1001)
COUNT = 400


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_counted(tmp_path_factory.mktemp("counted") / "film.mp4", RATE, COUNT)


def number_in(image: QImage) -> int:
    plain = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return number_on(rows[:, : plain.width()])


def wait_for(qtbot: QtBot, picture: PictureView, number: int) -> None:
    qtbot.waitUntil(lambda: not picture.exact.isNull() and number_in(picture.exact) == number)


@pytest.fixture
def picture(program: Application, film: Path, qtbot: QtBot) -> PictureView:
    program.opening.open(film)
    qtbot.waitUntil(lambda: program.session.info is not None)
    program.window.show_editor()
    view = program.window.page.player.picture
    qtbot.waitUntil(lambda: not view.exact.isNull())
    return view


def test_a_film_that_is_opened_shows_its_first_picture(picture: PictureView) -> None:
    assert number_in(picture.exact) == 0


def test_seeks_and_steps_show_the_wanted_frame(program: Application, picture: PictureView, qtbot: QtBot) -> None:
    draw = random.Random(4)
    for wanted in [draw.randrange(COUNT) for _ in range(12)]:
        program.session.seek(ms_of_frame(wanted, RATE))
        wait_for(qtbot, picture, wanted)
    program.session.seek(ms_of_frame(250, RATE))
    for wanted in (251, 252, 253, 252, 251, 250, 249):
        program.playback.step_frame(1 if ms_of_frame(wanted, RATE) > program.session.playhead_ms else -1)
        assert program.session.playhead_ms == ms_of_frame(wanted, RATE)
        wait_for(qtbot, picture, wanted)


def test_of_many_places_asked_for_the_last_is_shown(program: Application, picture: PictureView, qtbot: QtBot) -> None:
    for frame in range(300, 340):
        program.session.seek(ms_of_frame(frame, RATE))
    wait_for(qtbot, picture, 339)


def test_while_it_plays_the_players_pictures_show(program: Application, picture: PictureView, qtbot: QtBot) -> None:
    program.playback.play()
    qtbot.waitUntil(lambda: program.playback.playing and picture.exact.isNull())
    program.playback.pause()

    def is_of_the_playhead() -> bool:
        shown = picture.exact
        return not shown.isNull() and abs(ms_of_frame(number_in(shown), RATE) - program.session.playhead_ms) <= 42

    qtbot.waitUntil(is_of_the_playhead)


def test_behind_the_end_the_last_picture_stays(program: Application, picture: PictureView, qtbot: QtBot) -> None:
    program.session.seek(10**7)
    wait_for(qtbot, picture, COUNT - 1)
