"""Image tiles of the sound lane: fixed width, kept per zoom level, theme and height. Knows nothing of what is on them.

Scrolling copies pixels and draws at most a tile or two; a zoom misses all, so what is missing is drawn in one go.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, NamedTuple, Protocol, TypeVar

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage, QPainter

from app.pixels import image_of_pixels
from app.theme.tokens import Tokens
from app.timeline.lru import Lru
from app.timeline.scene import Scene

TILE_PX = 256
_MOST_TILES = 192
"""192 tiles of 256 × 120 px are 24 MB; a screen of 3,840 px holds 15."""

HEAD_PX, FOOT_PX = 4, 9
"""What is left free above and below: the foot holds the speech bar."""

Pixels = npt.NDArray[np.uint32]
"""(height, width) premultiplied ARGB."""


class Sound(Protocol):
    """What tiles are drawn from."""

    @property
    def built_ms(self) -> int:
        """Up to where it is known."""
        ...


class TileKey(NamedTuple):
    """What a tile's pixels depend on."""

    number: int
    ms_per_px: float
    known_ms: float
    height: int
    gain: float
    tokens: Tokens
    scale: float

    @property
    def start_ms(self) -> float:
        """Time at its left edge."""
        return self.number * TILE_PX * self.ms_per_px

    @property
    def ms_per_column(self) -> float:
        """Time of a device pixel."""
        return self.ms_per_px / self.scale

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in device pixels."""
        return round(TILE_PX * self.scale), max(1, round(self.height * self.scale))


AnySound = TypeVar("AnySound", bound=Sound)

Render = Callable[[AnySound, list[TileKey]], list[QImage]]
"""Draws neighbouring tiles, which share everything but their number and how far they are known."""


class Tiles(Generic[AnySound]):
    """Draws and keeps the tiles of one kind of picture of the sound."""

    def __init__(self, render: Render[AnySound]) -> None:
        self._render = render
        self._kept: Lru[TileKey, QImage] = Lru(_MOST_TILES)
        self._sound: AnySound | None = None

    def draw(self, painter: QPainter, scene: Scene, sound: AnySound) -> None:
        """Draw the tiles in the painted part of the sound lane."""
        if sound is not self._sound:  # another film's
            self._sound = sound
            self._kept.clear()
        view = scene.view
        origin_px = round(view.start_ms / view.ms_per_px)
        first = (origin_px + scene.left_px) // TILE_PX
        last = (origin_px + scene.right_px - 1) // TILE_PX
        top = scene.layout.sound.top + HEAD_PX
        for number, tile in self._tiles_of(scene, sound, range(first, last + 1)):
            painter.drawImage(number * TILE_PX - origin_px, top, tile)

    def _tiles_of(self, scene: Scene, sound: AnySound, numbers: range) -> list[tuple[int, QImage]]:
        """The tiles of which something is known."""
        keys = [key for number in numbers if (key := _key_of(scene, sound, number)) is not None]
        found = {key: self._kept.get(key) for key in keys}
        missing = [key for key, tile in found.items() if tile is None]
        if missing:
            run = [key for key in keys if missing[0].number <= key.number <= missing[-1].number]
            for key, tile in zip(run, self._render(sound, run), strict=True):
                found[key] = tile
                self._kept.put(key, tile)
        return [(key.number, tile) for key, tile in found.items() if tile is not None]


def image_of(pixels: Pixels, scale: float) -> QImage:
    """The pixels as an image of their own, for a screen of `scale` device pixels in a logical one."""
    height, width = pixels.shape
    tile = image_of_pixels(pixels.data, width, height, QImage.Format.Format_ARGB32_Premultiplied)
    tile.setDevicePixelRatio(scale)
    return tile


def _key_of(scene: Scene, sound: Sound, number: int) -> TileKey | None:
    """The key of a tile, or None where nothing of it is known yet."""
    ms_per_px = scene.view.ms_per_px
    start_ms = number * TILE_PX * ms_per_px
    known_ms = min(sound.built_ms, start_ms + TILE_PX * ms_per_px)
    if known_ms <= start_ms:
        return None
    height = scene.layout.sound.height - HEAD_PX - FOOT_PX
    return TileKey(number, ms_per_px, known_ms, height, scene.gain, scene.tokens, scene.scale)
