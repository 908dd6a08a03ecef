"""What lies over or across the lanes: unrecognised part, shot changes, bookmarks, range, snapping, playhead.

Knows no words and no sound.
"""

from __future__ import annotations

import bisect

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.theme.fonts import Role
from app.theme.icons import pixmap
from app.timeline.scene import Scene
from app.timeline.snapping import Kind, Pull
from app.timeline.texts import Texts
from core.timecode import format_ms

PLAYHEAD_REACH_PX = 8
"""How far the playhead's drawing reaches to either side; its dirty rectangle is twice this wide."""

_PLAYHEAD_PX = 1.5
_HALO_PX = 1.0
_ICON_PX = 12


class OverlayPainter:
    """Draws what lies across lanes."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def draw_ground(self, painter: QPainter, scene: Scene) -> None:
        """What lies beneath blocks: the unrecognised part and shot changes."""
        self._draw_unrecognised(painter, scene)
        self._draw_shot_changes(painter, scene)

    def draw_marks(self, painter: QPainter, scene: Scene) -> None:
        """What lies above blocks, but for the playhead."""
        self._draw_bookmarks(painter, scene)
        self._draw_range(painter, scene)
        if scene.pull is not None:
            self._draw_pull(painter, scene, scene.pull)

    def draw_playhead(self, painter: QPainter, scene: Scene) -> None:
        """A line from the ruler to the words with a halo of the ground's colour, so that it shows on the wave."""
        x = scene.view.x_of(scene.playhead_ms)
        if not scene.left_px - PLAYHEAD_REACH_PX <= x <= scene.right_px + PLAYHEAD_REACH_PX:
            return
        layout, inks = scene.layout, scene.inks
        x = round(x) + 0.5
        top, height = layout.ruler.bottom - 6, layout.words.bottom - 1 - layout.ruler.bottom + 6
        halo_px = _PLAYHEAD_PX + 2 * _HALO_PX
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(x - halo_px / 2, layout.sound.top, halo_px, height - 6), inks.colour("canvas"))
        painter.fillRect(QRectF(x - _PLAYHEAD_PX / 2, top, _PLAYHEAD_PX, height), inks.colour("playhead"))
        head = layout.ruler.bottom - 14
        shape = [(-5.5, 0), (5.5, 0), (5.5, 7), (0, 13), (-5.5, 7)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(inks.colour("playhead"))
        painter.drawPolygon(QPolygonF([QPointF(x + dx, head + dy) for dx, dy in shape]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _draw_unrecognised(self, painter: QPainter, scene: Scene) -> None:
        if scene.notes.recognised_ms is None:
            return
        layout, inks = scene.layout, scene.inks
        from_x = scene.view.x_of(scene.notes.recognised_ms)
        left = max(from_x, float(scene.left_px))
        if left >= scene.right_px:
            return
        painter.setBrushOrigin(QPointF(from_x % 10, 0))
        area = QRectF(left, layout.cues.top, scene.right_px - left, layout.words.bottom - 1 - layout.cues.top)
        painter.fillRect(area, inks.hatch("line"))
        painter.setPen(inks.pen("text3", dashed=True))
        painter.drawLine(QPointF(round(from_x), layout.cues.top), QPointF(round(from_x), layout.words.bottom - 2))
        self._label_unrecognised(painter, scene, max(from_x, 0.0) + 12)

    def _label_unrecognised(self, painter: QPainter, scene: Scene, x: float) -> None:
        text = _tr("Listening: not recognised yet") if scene.notes.running else _tr("Not recognised yet")
        line = self._texts.line(text)
        y = scene.layout.cues.top + (scene.layout.cues.height - line.height) / 2
        ground = QRectF(x - 4, y - 2, line.width + 8, line.height + 4)
        painter.fillRect(ground, scene.inks.colour("canvas"))
        painter.setPen(scene.inks.colour("text2"))
        line.draw(painter, x, y)

    def _draw_shot_changes(self, painter: QPainter, scene: Scene) -> None:
        shots, view, layout = scene.notes.shot_changes_ms, scene.view, scene.layout
        first = bisect.bisect_left(shots, view.ms_at(scene.left_px - 6))
        last = bisect.bisect_right(shots, view.ms_at(scene.right_px + 6))
        if last - first > scene.view.width_px // 8:
            return  # so many that the dots would be a grey wall
        pen = QPen(scene.inks.colour("text3"), 1.0)
        pen.setDashPattern([1.0, 3.0])
        for ms in shots[first:last]:
            x = round(view.x_of(ms)) + 0.5
            painter.setPen(pen)
            painter.drawLine(QPointF(x, layout.sound.top), QPointF(x, layout.words.bottom - 2))
            self._draw_diamond(painter, scene, x)

    def _draw_diamond(self, painter: QPainter, scene: Scene, x: float) -> None:
        y = scene.layout.ruler.bottom - 6
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(scene.inks.colour("text3"))
        points = [QPointF(x - 3.5, y), QPointF(x, y - 3.5), QPointF(x + 3.5, y), QPointF(x, y + 3.5)]
        painter.drawPolygon(QPolygonF(points))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _draw_bookmarks(self, painter: QPainter, scene: Scene) -> None:
        top = scene.layout.ruler.top + 3
        for bookmark in scene.document.bookmarks:
            x = scene.view.x_of(bookmark.ms)
            if scene.left_px - 8 <= x <= scene.right_px + 8:
                shape = [(0, 0), (7, 0), (7, 9), (3.5, 6.5), (0, 9)]
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(scene.inks.colour("accent"))
                painter.drawPolygon(QPolygonF([QPointF(round(x) + dx, top + dy) for dx, dy in shape]))

    def _draw_range(self, painter: QPainter, scene: Scene) -> None:
        if scene.range_ms is None:
            return
        left, right = (round(scene.view.x_of(ms)) for ms in scene.range_ms)
        top, height = scene.layout.ruler.top, scene.layout.words.bottom - 1 - scene.layout.ruler.top
        fill = QColor(scene.inks.colour("accent"))
        fill.setAlpha(36)
        painter.fillRect(left, top, right - left, height, fill)
        for x in (left, right - 1):
            painter.fillRect(x, top, 1, height, scene.inks.colour("accent"))

    def _draw_pull(self, painter: QPainter, scene: Scene, pull: Pull) -> None:
        """A line through all lanes, a triangle at the sound's foot, and what holds the edge, in words."""
        layout, inks = scene.layout, scene.inks
        x = round(scene.view.x_of(pull.target.ms)) + 0.5
        painter.fillRect(QRectF(x - 0.75, layout.sound.top, 1.5, layout.words.bottom - 1 - layout.sound.top),
                         inks.colour("accent"))  # fmt: skip
        foot = layout.sound.bottom - 1
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(inks.colour("accent"))
        painter.drawPolygon(QPolygonF([QPointF(x - 4.5, foot - 7), QPointF(x + 4.5, foot - 7), QPointF(x, foot)]))
        self._draw_pull_label(painter, scene, x, pull_text(pull))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _draw_pull_label(self, painter: QPainter, scene: Scene, x: float, text: str) -> None:
        line = self._texts.line(text, role=Role.SMALL)
        width, height = line.width + _ICON_PX + 8 + 4 + 8, max(22.0, line.height + 6)
        left = x + 8 if x + 8 + width <= scene.view.width_px else x - 8 - width
        rect = QRectF(round(left) + 0.5, scene.layout.sound.top + 6.5, round(width), round(height))
        painter.setPen(scene.inks.pen("edge"))
        painter.setBrush(scene.inks.colour("panel"))
        painter.drawRoundedRect(rect, 4, 4)
        magnet = pixmap("snap", scene.tokens.accent, _ICON_PX, scale=scene.scale)
        painter.drawPixmap(QPointF(rect.left() + 7, rect.center().y() - _ICON_PX / 2), magnet)
        painter.setPen(scene.inks.colour("text"))
        line.draw(painter, rect.left() + 8 + _ICON_PX + 4, rect.center().y() - line.height / 2)


def pull_text(pull: Pull) -> str:
    """What holds the edge, when that is, and how far the edge was moved: "End of speech · 02:29.460 · −160 ms"."""
    sign = "−" if pull.change_ms < 0 else "+"
    time = format_ms(pull.target.ms, hours=False)
    return _tr("{what} · {time} · {change} ms").format(
        what=_kind_name(pull.target.kind), time=time, change=f"{sign}{abs(pull.change_ms)}"
    )


def _kind_name(kind: Kind) -> str:
    names = {
        Kind.PLAYHEAD: _tr("Playhead"),
        Kind.SHOT_CHANGE: _tr("Shot change"),
        Kind.NEIGHBOUR: _tr("Next to a cue"),
        Kind.SPEECH_START: _tr("Start of speech"),
        Kind.SPEECH_END: _tr("End of speech"),
        Kind.ENERGY_DIP: _tr("Quiet place"),
        Kind.FRAME: _tr("Frame"),
    }
    return names[kind]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Timeline", text)
