"""The sound lane: peaks with the RMS inside, speech at its foot, what is selected tinted. Knows no words.

Where a spectrogram is wanted and there, it stands in place of the peaks.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from app.timeline.model import Peaks, Spans
from app.timeline.painters.spectrum import SpectrumPainter
from app.timeline.painters.tiles import TileKey, Tiles, image_of
from app.timeline.runs import pixel_runs
from app.timeline.scene import Scene

SPEECH_BAR_PX = 3
_FOOT_PX = 3


class WavePainter:
    """Draws the sound lane."""

    def __init__(self) -> None:
        self._tiles: Tiles[Peaks] = Tiles(_rendered)
        self._spectrum = SpectrumPainter()
        self._spans: Spans = ()
        self._speech = np.zeros((0, 2), np.int64)

    def draw(self, painter: QPainter, scene: Scene) -> None:
        """Draw tint, speech and wave, or spectrogram."""
        self._draw_tint(painter, scene)
        self._draw_speech(painter, scene)
        if scene.spectrum is not None:
            self._spectrum.draw(painter, scene, scene.spectrum)
        elif scene.peaks is not None:
            self._tiles.draw(painter, scene, scene.peaks)

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


def _rendered(peaks: Peaks, run: list[TileKey]) -> list[QImage]:
    """Neighbouring tiles as images of their own: wave opaque, everything else clear, so that tints lie beneath."""
    first, last = run[0], run[-1]
    width, height = first.size
    columns = peaks.columns(first.start_ms, first.ms_per_column, width * len(run))
    columns = columns[: round((last.known_ms - first.start_ms) / first.ms_per_column)]
    inks = _argb(first.tokens.wave), _argb(first.tokens.waverms)
    tiles = []
    for left in range(0, width * len(run), width):  # one by one: a tile's pixels fit the processor's cache
        pixels = np.zeros((height, width), np.uint32)
        known = columns[left : left + width]
        pixels[:, : len(known)] = wave_pixels(known, height, first.gain, *inks)
        tiles.append(image_of(pixels, first.scale))
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
