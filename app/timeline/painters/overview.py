"""The overview: the whole film, where its cues and findings lie, and the view as a frame. Knows no words.

What does not move with the view is drawn once into an image and kept until cues, notes, size or theme change.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPolygonF

from app.pixels import image_of_pixels
from app.timeline.model import Severity
from app.timeline.overview import frame_of, x_of
from app.timeline.runs import covered_shares
from app.timeline.scene import Scene

_MARK_PX = 5.0


class OverviewPainter:
    """Draws the overview."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._kept: tuple[object, ...] = (None, None, None)
        self._ground = QImage()
        self._marks: QImage | None = None

    def draw(self, painter: QPainter, scene: Scene) -> None:
        """Draw the film, the view's frame and the playhead in it."""
        band, inks = scene.layout.overview, scene.inks
        self._keep(scene)
        painter.drawImage(0, band.top, self._ground)
        left, right = frame_of(scene.view)
        rect = QRectF(left + 1, band.top + 1.5, right - left - 2, band.height - 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = QColor(inks.colour("accent"))
        fill.setAlpha(56)
        painter.setPen(inks.pen("accent", 1.5))
        painter.setBrush(fill)
        painter.drawRoundedRect(rect, 3, 3)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if self._marks is not None:
            painter.drawImage(0, band.top, self._marks)
        x = round(x_of(scene.playhead_ms, scene.view))
        painter.fillRect(QRectF(x - 0.75, band.top + 2, 1.5, band.height - 4), inks.colour("playhead"))

    def _keep(self, scene: Scene) -> None:
        view, size = scene.view, scene.layout.overview.height
        key = (view.duration_ms, view.width_px, size, scene.scale)
        kept = (scene.index, scene.notes, scene.tokens)
        if key == self._key and all(old is new for old, new in zip(self._kept, kept, strict=True)):
            return
        self._key, self._kept = key, kept
        self._ground = _film_drawn(scene)
        self._marks = _marks_drawn(scene) if scene.notes.findings else None


def _film_drawn(scene: Scene) -> QImage:
    image = _empty(scene, QImage.Format.Format_RGB32)
    image.fill(scene.inks.colour("canvas"))
    painter = QPainter(image)
    width, height = scene.view.width_px, scene.layout.overview.height
    _draw_density(painter, scene, width, height)
    _draw_unfinished(painter, scene, height)
    painter.end()
    return image


def _marks_drawn(scene: Scene) -> QImage:
    """Findings on a clear ground, so that they lie over the view's frame."""
    image = _empty(scene, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    for cue in scene.index.cues:
        severity = scene.notes.findings.get(cue.id)
        if severity is not None:
            _draw_finding(painter, scene, x_of((cue.start_ms + cue.end_ms) / 2, scene.view), severity)
    painter.end()
    return image


def _empty(scene: Scene, pixels: QImage.Format) -> QImage:
    width, height = scene.view.width_px, scene.layout.overview.height
    image = QImage(round(width * scene.scale), round(height * scene.scale), pixels)
    image.setDevicePixelRatio(scene.scale)
    return image


def _draw_density(painter: QPainter, scene: Scene, width: int, height: int) -> None:
    """Each column as opaque as cues cover it: single blocks where the film is short, density where it is long."""
    shares = covered_shares(scene.index.starts_ms, scene.index.ends_ms, scene.view.duration_ms, width)
    alphas = np.where(shares > 0.02, 64 + 191 * shares, 0).astype(np.uint32)
    rgb = np.uint32(scene.inks.colour("wave").rgb() & 0xFFFFFF)
    pixels = (alphas << np.uint32(24)) | rgb
    row = image_of_pixels(pixels.data, width, 1, QImage.Format.Format_ARGB32)
    block = max(6.0, height * 0.4)
    painter.drawImage(QRectF(0, round((height - block) / 2) + 1, width, round(block)), row)


def _draw_unfinished(painter: QPainter, scene: Scene, height: int) -> None:
    if scene.notes.recognised_ms is not None:
        left = x_of(scene.notes.recognised_ms, scene.view)
        painter.fillRect(QRectF(left, 0, scene.view.width_px - left, height), scene.inks.hatch("line"))


def _draw_finding(painter: QPainter, scene: Scene, x: float, severity: Severity) -> None:
    """A square for must, a triangle for should, at the top."""
    inks, half = scene.inks, _MARK_PX / 2
    if severity is Severity.MUST:
        painter.fillRect(QRectF(round(x - half), 2, _MARK_PX, _MARK_PX), inks.colour("error"))
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(inks.colour("doubt"))
    points = [QPointF(x - half - 1, 7), QPointF(x + half + 1, 7), QPointF(x, 2)]
    painter.drawPolygon(QPolygonF(points))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
