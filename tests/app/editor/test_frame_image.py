"""Frames as images: a large frame that gave up pixels looks as it would have looked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import ffmpeg
import imageio_ffmpeg
import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from app.editor.frame_image import image_of
from tests.app.editor.films import Cinema
from tests.data.make_media import ffmpeg_program

SHOWN = QSize(320, 180)


def pixels(image: QImage) -> npt.NDArray[np.int64]:
    """(height, width, 3)"""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), -1, 4)[..., :3].astype(np.int64)


@pytest.fixture
def cinema(qtbot: QtBot) -> Iterator[Cinema]:
    made = Cinema(qtbot)
    yield made
    made.close()


@pytest.mark.parametrize(("width", "height", "turn"), [(1920, 1080, 0), (640, 360, 0), (1280, 720, 90)])
def test_an_image_has_the_size_and_the_colours_of_its_frame(
    cinema: Cinema, tmp_path: Path, width: int, height: int, turn: int
) -> None:
    path = _film(tmp_path / "film.mp4", width, height, turn)
    cinema.open(path)
    frame = cinema.frames[-1]
    size = SHOWN.transposed() if turn else SHOWN
    image = image_of(frame, size)
    whole = frame.toImage().scaled(size)
    assert image.size() == size
    assert np.abs(pixels(image).mean(axis=(0, 1)) - pixels(whole).mean(axis=(0, 1))).max() < 2.0
    assert np.abs(pixels(image) - pixels(whole)).mean() < 12.0


def test_a_size_of_nothing_gives_the_whole_frame(cinema: Cinema) -> None:
    cinema.open()
    assert image_of(cinema.frames[-1], QSize()).size() == QSize(640, 360)


def _film(path: Path, width: int, height: int, turn: int) -> Path:
    source = ffmpeg.input(f"testsrc2=size={width}x{height}:rate=25:duration=0.4", f="lavfi")
    upright = path.with_name("upright.mp4")
    made = ffmpeg.output(source, str(upright), vcodec="libx264", preset="ultrafast", pix_fmt="yuv420p")
    made.run(cmd=ffmpeg_program(), quiet=True, overwrite_output=True)
    options = {"display_rotation": turn} if turn else {}  # older ffmpegs on the PATH do not know it
    turned = ffmpeg.output(ffmpeg.input(str(upright), **options), str(path), codec="copy")
    turned.run(cmd=imageio_ffmpeg.get_ffmpeg_exe(), quiet=True, overwrite_output=True)
    return path
