"""The spectrogram on the picture: loud is strong, low is at the foot, silence is clear; both themes; tiles join."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.theme import DARK, LIGHT
from app.theme.tokens import Tokens
from app.timeline.painters import Picture
from app.timeline.painters.spectrum import _ramp, spectrum_pixels
from app.timeline.state import State
from core.media.spectrum import BANDS
from tests.app.timeline.films import film

WIDTH, HEIGHT = 900, 300


class Tone:
    """A low tone in every other second."""

    built_ms = 60_000

    def columns(self, start_ms: float, ms_per_column: float, count: int) -> np.ndarray:
        times = start_ms + (np.arange(count) + 0.5) * ms_per_column
        columns = np.zeros((count, BANDS), np.uint8)
        columns[(times // 1000) % 2 == 0, 5:9] = 250
        return columns


def drawn(tokens: Tokens, start_ms: float = 0.0) -> tuple[np.ndarray, State]:
    state = State(tokens)
    state.model = replace(film(), spectrum=Tone())
    state.lay_out(WIDTH, HEIGHT, growth=1.0, gutter_px=84)
    state.read()
    state.view = replace(state.view, ms_per_px=10.0, start_ms=start_ms).clamped()
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    Picture().draw(painter, state.scene(1.0), QRect(0, 0, WIDTH, HEIGHT))
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint32).reshape(HEIGHT, WIDTH).copy()
    return pixels, state


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
def test_a_low_tone_is_drawn_near_the_foot_and_silence_is_ground(qapp: QApplication, tokens: Tokens) -> None:
    pixels, state = drawn(tokens)
    band, gutter = state.layout.sound, state.layout.gutter_px
    ground = np.uint32(QColor(tokens.canvas).rgba())
    sound = pixels[band.top + 6 : band.bottom - 12, gutter + 50]
    silence = pixels[band.top + 6 : band.bottom - 12, gutter + 150]
    assert (silence == ground).all()
    drawn_rows = np.flatnonzero(sound != ground)
    assert len(drawn_rows)
    assert drawn_rows.min() > len(sound) // 2


def test_tiles_join_without_a_seam_wherever_the_view_begins(qapp: QApplication) -> None:
    whole, state = drawn(DARK)
    moved, _ = drawn(DARK, start_ms=1000)
    band, gutter = state.layout.sound, state.layout.gutter_px
    rows = slice(band.top + 6, band.bottom - 12)
    np.testing.assert_array_equal(whole[rows, gutter + 400 : gutter + 800], moved[rows, gutter + 300 : gutter + 700])


def test_louder_is_stronger_and_more_height_makes_it_brighter() -> None:
    plain, high = _ramp(DARK, 1.0) >> 24, _ramp(DARK, 4.0) >> 24
    assert (np.diff(plain.astype(int)) >= 0).all()
    assert (plain[0], plain[255]) == (0, 255)
    assert (high[60:120] > plain[60:120]).all()


def test_bands_are_blended_from_the_foot_up() -> None:
    columns = np.zeros((1, 4), np.uint8)
    columns[0] = (200, 0, 0, 100)
    ramp = np.arange(256, dtype=np.uint32)
    column = spectrum_pixels(columns, 7, ramp)[:, 0]
    assert list(column) == [100, 50, 0, 0, 0, 100, 200]
