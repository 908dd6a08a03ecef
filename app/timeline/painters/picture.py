"""The whole picture: all lanes in their order. Knows no widget, so the bench draws exactly what the window shows."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from app.timeline.meaning import Summaries
from app.timeline.painters.cues import CuePainter
from app.timeline.painters.gutter import GutterPainter
from app.timeline.painters.new_times import NewTimesPainter
from app.timeline.painters.overlays import OverlayPainter
from app.timeline.painters.overview import OverviewPainter
from app.timeline.painters.ruler import RulerPainter
from app.timeline.painters.wave import WavePainter
from app.timeline.painters.words import WordPainter
from app.timeline.scene import Scene
from app.timeline.texts import Texts


class Picture:
    """Draws scenes; keeps the caches of all lanes."""

    def __init__(self) -> None:
        self._texts = Texts()
        summaries = Summaries()
        self._gutter = GutterPainter(self._texts, summaries)
        self._ruler = RulerPainter(self._texts)
        self._wave = WavePainter()
        self._cues = CuePainter(self._texts)
        self._new_times = NewTimesPainter(self._texts)
        self._words = WordPainter(self._texts, summaries)
        self._overlays = OverlayPainter(self._texts)
        self._overview = OverviewPainter()

    def draw(self, painter: QPainter, scene: Scene, dirty: QRect) -> None:
        """Draw the part of `scene` inside `dirty`, in pixels of the whole widget."""
        layout = scene.layout
        if dirty.left() < layout.gutter_px:
            self._gutter.draw(painter, scene)
        left = max(0, dirty.left() - layout.gutter_px)
        right = min(layout.lanes_width_px, dirty.right() + 1 - layout.gutter_px)
        if right <= left:
            return
        painter.save()
        painter.translate(layout.gutter_px, 0)
        painter.setClipRect(left, dirty.top(), right - left, dirty.height())
        self._draw_lanes(painter, replace(scene, left_px=left, right_px=right), dirty)
        painter.restore()

    def forget_texts(self) -> None:
        """Lay all text out anew: fonts or language have changed."""
        self._texts.clear()
        self._gutter.forget()

    def widest_label_px(self) -> float:
        """Width of the widest lane name."""
        return self._gutter.widest_label_px()

    def _draw_lanes(self, painter: QPainter, scene: Scene, dirty: QRect) -> None:
        layout, inks = scene.layout, scene.inks
        width = scene.right_px - scene.left_px
        painter.fillRect(scene.left_px, layout.ruler.bottom, width, layout.overview.bottom, inks.colour("canvas"))
        self._ruler.draw(painter, scene)
        self._wave.draw(painter, scene)
        for band in (layout.sound, layout.cues, layout.new_times, layout.words):
            painter.fillRect(scene.left_px, band.bottom - 1, width, 1, inks.colour("line"))
        self._overlays.draw_ground(painter, scene)
        self._cues.draw(painter, scene)
        self._new_times.draw(painter, scene)
        self._words.draw(painter, scene)
        self._overlays.draw_marks(painter, scene)
        if dirty.bottom() >= layout.overview.top:
            self._overview.draw(painter, scene)
        self._overlays.draw_playhead(painter, scene)
