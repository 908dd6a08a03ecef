"""The sound lane: peaks with the RMS inside, speech at its foot, what is selected tinted. Knows no words.

Peaks are drawn into image tiles of fixed width, kept per zoom level, theme and height, so scrolling copies pixels and
draws at most a tile or two.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from app.theme.tokens import Tokens
from app.timeline.lru import Lru
from app.timeline.model import Peaks, Spans
from app.timeline.runs import pixel_runs
from app.timeline.scene import Scene

TILE_PX = 256
_MOST_TILES = 192
"""192 tiles of 256 × 120 px are 24 MB; a screen of 3,840 px holds 15."""

SPEECH_BAR_PX = 3
_FOOT_PX = 3
_HEAD_PX = 4


class _Key(NamedTuple):
    """What a tile's pixels depend on."""

    number: int
    ms_per_px: float
    known_ms: float
    height: int
    gain: float
    tokens: Tokens
    scale: float


class WavePainter:
    """Draws the sound lane; keeps tiles."""

    def __init__(self) -> None:
        self._tiles: Lru[_Key, QImage] = Lru(_MOST_TILES)
        self._peaks: Peaks | None = None
        self._spans: Spans = ()
        self._speech = np.zeros((0, 2), np.int64)

    def draw(self, painter: QPainter, scene: Scene) -> None:
        """Draw tint, speech and wave."""
        self._draw_tint(painter, scene)
        self._draw_speech(painter, scene)
        if scene.peaks is not None:
            self._draw_tiles(painter, scene, scene.peaks)

    def _draw_tint(self, painter: QPainter, scene: Scene) -> None:
        band = scene.layout.sound
        for row in scene.rows if scene.selection else ():
            cue = scene.index.cues[row]
            if cue.id in scene.selection:
                left, right = scene.view.x_of(cue.start_ms), scene.view.x_of(cue.end_ms)
                painter.fillRect(QRectF(left, band.top, right - left, band.height - 1), scene.inks.tint)

    def _draw_speech(self, painter: QPainter, scene: Scene) -> None:
        if scene.speech is not self._spans:  # spans are replaced, never changed in place
            self._spans = scene.speech
            self._speech = np.array(scene.speech, np.int64).reshape(-1, 2)
        starts, ends = self._speech[:, 0], self._speech[:, 1]
        first = int(np.searchsorted(ends, scene.view.ms_at(scene.left_px), "left"))
        last = int(np.searchsorted(starts, scene.view.ms_at(scene.right_px), "right"))
        top = scene.layout.sound.bottom - _FOOT_PX - SPEECH_BAR_PX
        bars = [
            QRect(left, top, right - left, SPEECH_BAR_PX)
            for left, right in pixel_runs(starts[first:last], ends[first:last], scene.view)
        ]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(scene.inks.colour("wave"))
        painter.drawRects(bars)

    def _draw_tiles(self, painter: QPainter, scene: Scene, peaks: Peaks) -> None:
        if peaks is not self._peaks:  # another film's sound
            self._peaks = peaks
            self._tiles.clear()
        view = scene.view
        origin_px = round(view.start_ms / view.ms_per_px)
        first = (origin_px + scene.left_px) // TILE_PX
        last = (origin_px + scene.right_px - 1) // TILE_PX
        top = scene.layout.sound.top + _HEAD_PX
        for number, tile in self._tiles_of(scene, peaks, range(first, last + 1)):
            painter.drawImage(number * TILE_PX - origin_px, top, tile)

    def _tiles_of(self, scene: Scene, peaks: Peaks, numbers: range) -> list[tuple[int, QImage]]:
        """The tiles of which something is known; what is missing is drawn in one go, since a zoom misses all."""
        keys = [key for number in numbers if (key := _key_of(scene, peaks, number)) is not None]
        found = {key: self._tiles.get(key) for key in keys}
        missing = [key for key, tile in found.items() if tile is None]
        if missing:
            run = [key for key in keys if missing[0].number <= key.number <= missing[-1].number]
            for key, tile in zip(run, _rendered(peaks, run), strict=True):
                found[key] = tile
                self._tiles.put(key, tile)
        return [(key.number, tile) for key, tile in found.items() if tile is not None]


def _key_of(scene: Scene, peaks: Peaks, number: int) -> _Key | None:
    """The key of a tile, or None where nothing of it is known yet."""
    ms_per_px = scene.view.ms_per_px
    start_ms = number * TILE_PX * ms_per_px
    known_ms = min(peaks.built_ms, start_ms + TILE_PX * ms_per_px)
    if known_ms <= start_ms:
        return None
    height = scene.layout.sound.height - _HEAD_PX - _FOOT_PX - SPEECH_BAR_PX - 3
    return _Key(number, ms_per_px, known_ms, height, scene.gain, scene.tokens, scene.scale)


def _rendered(peaks: Peaks, run: list[_Key]) -> list[QImage]:
    """Neighbouring tiles as images of their own: wave opaque, everything else clear, so that tints lie beneath."""
    first, last = run[0], run[-1]
    width, height = round(TILE_PX * first.scale), max(1, round(first.height * first.scale))
    ms_per_column = first.ms_per_px / first.scale
    start_ms = first.number * TILE_PX * first.ms_per_px
    columns = peaks.columns(start_ms, ms_per_column, width * len(run))
    columns = columns[: round((last.known_ms - start_ms) / ms_per_column)]
    inks = _argb(first.tokens.wave), _argb(first.tokens.waverms)
    tiles = []
    for left in range(0, width * len(run), width):  # one by one: a tile's pixels fit the processor's cache
        pixels = np.zeros((height, width), np.uint32)
        known = columns[left : left + width]
        pixels[:, : len(known)] = wave_pixels(known, height, first.gain, *inks)
        tile = QImage(pixels.data, width, height, width * 4, QImage.Format.Format_ARGB32_Premultiplied).copy()
        tile.setDevicePixelRatio(first.scale)
        tiles.append(tile)
    return tiles


def wave_pixels(
    columns: npt.NDArray[np.int8], height: int, gain: float, peak_argb: int, rms_argb: int
) -> npt.NDArray[np.uint32]:
    """(height, n) uint32 ARGB of columns (n, 3) int8 least, most, RMS: RMS inside peak, silence a line of one pixel."""
    middle = (height - 1) / 2
    scaled = columns.astype(np.float32) * np.float32(gain * middle / 127)
    tops = np.maximum(np.round(middle - scaled[:, 1]), 0).astype(np.int16)
    feet = np.minimum(np.round(middle - scaled[:, 0]), height - 1).astype(np.int16)
    reach = scaled[:, 2]
    rms_tops = np.maximum(np.round(middle - reach).astype(np.int16), tops)
    rms_feet = np.minimum(np.round(middle + reach).astype(np.int16), feet)
    rms_feet = np.where(reach < 0.5, rms_tops - 1, rms_feet)  # silence shows no RMS
    rows = np.arange(height, dtype=np.int16)[:, None]
    pixels = np.zeros((height, len(columns)), np.uint32)
    np.copyto(pixels, np.uint32(peak_argb), where=(rows >= tops) & (rows <= feet))
    np.copyto(pixels, np.uint32(rms_argb), where=(rows >= rms_tops) & (rows <= rms_feet))
    return pixels


def _argb(colour: str) -> int:
    return 0xFF000000 | int(colour[1:], 16)
