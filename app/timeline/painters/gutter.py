"""The lanes' names at the left. Knows no time."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage, QPainter

from app.theme.fonts import Role
from app.timeline.layout import Band
from app.timeline.meaning import Summaries
from app.timeline.scene import Scene
from app.timeline.texts import Texts

_LEFT_PX = 8
_TOP_PX = 6


class GutterPainter:
    """Draws the gutter."""

    def __init__(self, texts: Texts, summaries: Summaries) -> None:
        self._texts = texts
        self._summaries = summaries
        self._key: tuple[object, ...] | None = None
        self._kept = QImage()

    def draw(self, painter: QPainter, scene: Scene) -> None:
        """Draw ground, separators and labels: from the kept picture where none of them has changed."""
        texts = (self._cues_label(scene), self._words_label(scene))
        key = (scene.layout, scene.tokens, scene.scale, texts, len(scene.proposed.cues), scene.spectrum is None)
        if key != self._key:
            self._key = key
            self._kept = QImage(
                round(scene.layout.gutter_px * scene.scale),
                round(scene.layout.height_px * scene.scale),
                QImage.Format.Format_RGB32,
            )
            self._kept.setDevicePixelRatio(scene.scale)
            inside = QPainter(self._kept)
            self._draw_all(inside, scene, *texts)
            inside.end()
        painter.drawImage(0, 0, self._kept)

    def forget(self) -> None:
        """Draw anew: fonts or language have changed."""
        self._key = None

    def _draw_all(self, painter: QPainter, scene: Scene, cues: str, words: str) -> None:
        layout, inks = scene.layout, scene.inks
        painter.fillRect(0, 0, layout.gutter_px, layout.height_px, inks.colour("panel"))
        for band in (layout.ruler, layout.sound, layout.cues, layout.new_times, layout.words):
            painter.fillRect(0, band.bottom - 1, layout.gutter_px, 1, inks.colour("line"))
        painter.fillRect(layout.gutter_px - 1, 0, 1, layout.height_px, inks.colour("line"))
        self._draw_label(painter, scene, layout.sound, _tr("Sound"), _sound_label(scene))
        self._draw_label(painter, scene, layout.cues, _tr("Cues"), cues)
        if layout.new_times.height:
            self._draw_label(painter, scene, layout.new_times, _tr("New times"), f"{len(scene.proposed.cues):,}")
        self._draw_label(painter, scene, layout.words, _tr("Words"), words)
        self._draw_label(painter, scene, layout.overview, "", _tr("Whole film"))

    def widest_label_px(self) -> float:
        """Width of the widest fixed label."""
        names = (
            _tr("Sound"),
            _tr("Waveform"),
            _tr("Spectrogram"),
            _tr("Cues"),
            _tr("New times"),
            _tr("Words"),
            _tr("Whole film"),
        )
        return max(self._texts.line(name, role=Role.LANE_LABEL).width for name in names)

    def _draw_label(self, painter: QPainter, scene: Scene, band: Band, name: str, detail: str) -> None:
        height = self._texts.height(Role.LANE_LABEL)
        lines = [(name, "text"), (detail, "text3")] if name else [(detail, "text3")]
        if band.height < height * len(lines) + 2:
            lines = lines[:1]
        room = band.height - 1 - height * len(lines)
        y = band.top + (min(_TOP_PX, room / 2) if name else room / 2)
        for text, token in lines:
            painter.setPen(scene.inks.colour(token))
            width = scene.layout.gutter_px - _LEFT_PX - 4
            self._texts.elided(text, width, role=Role.LANE_LABEL).draw(painter, _LEFT_PX, y)
            y += height

    def _cues_label(self, scene: Scene) -> str:
        count = len(scene.document.cues)
        if scene.notes.running:
            return _tr("%n so far", count)
        return f"{count:,}"

    def _words_label(self, scene: Scene) -> str:
        estimated = self._summaries.of(scene.index.cues).estimated
        return _tr("%n estimated", estimated) if estimated else ""


def _sound_label(scene: Scene) -> str:
    return _tr("Waveform") if scene.spectrum is None else _tr("Spectrogram")


def _tr(text: str, count: int = -1) -> str:
    return QCoreApplication.translate("Timeline", text, None, count)
