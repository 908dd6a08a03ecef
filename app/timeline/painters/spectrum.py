"""The sound lane as a spectrogram: low pitch at the foot, louder is stronger. Knows no words and no speech.

One ramp of the theme's own greys, clear where it is silent, so that tints lie beneath it: it reads in both themes and
without colour. The height of the sound (gain) makes it brighter, by as many dB.
"""

from __future__ import annotations

import functools
import math

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QColor, QImage, QPainter

from app.theme.tokens import Tokens
from app.timeline.model import Spectrum
from app.timeline.painters.tiles import Pixels, TileKey, Tiles, image_of
from app.timeline.scene import Scene

_LEVELS_A_DB = 255 / 68.0
"""Levels of `core.media.spectrum` for a dB: 0…255 is −84…−16 dB."""

_CLEAR_BELOW, _SOLID_FROM = 40, 170

Columns = npt.NDArray[np.uint8]


class SpectrumPainter:
    """Draws the spectrogram; keeps tiles."""

    def __init__(self) -> None:
        self._tiles: Tiles[Spectrum] = Tiles(_rendered)

    def draw(self, painter: QPainter, scene: Scene, spectrum: Spectrum) -> None:
        """Draw what is known of it."""
        self._tiles.draw(painter, scene, spectrum)


def spectrum_pixels(columns: Columns, height: int, ramp: npt.NDArray[np.uint32]) -> Pixels:
    """(height, n) ARGB of columns (n, bands) uint8: bands blended into each other from the foot up."""
    bands = columns.shape[1]
    places = np.linspace(bands - 1, 0, height)
    below = np.minimum(places.astype(np.intp), bands - 2)
    share = ((places - below) * 256).astype(np.uint16)[:, None]
    rows = columns.T.astype(np.uint16)
    levels = (rows[below] * (256 - share) + rows[below + 1] * share) >> 8
    pixels: Pixels = ramp[levels]
    return pixels


def _rendered(spectrum: Spectrum, run: list[TileKey]) -> list[QImage]:
    first, last = run[0], run[-1]
    width, height = first.size
    columns = spectrum.columns(first.start_ms, first.ms_per_column, width * len(run))
    ramp = _ramp(first.tokens, first.gain)
    known = round((last.known_ms - first.start_ms) / first.ms_per_column)
    columns[known:] = 0
    return [
        image_of(spectrum_pixels(columns[left : left + width], height, ramp), first.scale)
        for left in range(0, width * len(run), width)
    ]


@functools.lru_cache(maxsize=8)
def _ramp(tokens: Tokens, gain: float) -> npt.NDArray[np.uint32]:
    """(256,) premultiplied ARGB by level, from clear over the wave's two inks to the text's."""
    louder = 20 * math.log10(gain) * _LEVELS_A_DB
    levels = np.clip(np.arange(256) + louder, 0, 255)
    alpha = np.clip((levels - _CLEAR_BELOW) / (_SOLID_FROM - _CLEAR_BELOW), 0, 1) ** 1.5
    stops = [QColor(tokens.colour(name)) for name in ("wave", "waverms", "text")]
    packed: npt.NDArray[np.uint32] = np.round(alpha * 255).astype(np.uint32) << 24
    for shift, part in ((16, "red"), (8, "green"), (0, "blue")):
        values = [float(getattr(stop, part)()) for stop in stops]
        ink = np.interp(levels, (_CLEAR_BELOW, _SOLID_FROM, 255), values)
        packed = packed | (np.round(ink * alpha).astype(np.uint32) << shift)
    return packed
