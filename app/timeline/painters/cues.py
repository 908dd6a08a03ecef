"""The cue lane: blocks with up to two lines of text, number, state. Knows no words' times.

Text starts at the edge the cue's language starts from, stays in sight while the block's edge is scrolled out, is elided
by line and goes under 40 px. Cues narrower than 3 px merge into bands.
"""

from __future__ import annotations

import itertools

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from app.theme.fonts import Role
from app.theme.icons import pixmap
from app.timeline.model import Severity
from app.timeline.painters.blocks import block_rect, merged_rects
from app.timeline.painters.outline import draw_selected
from app.timeline.scene import Scene
from app.timeline.texts import Texts
from core.cue import Cue
from core.language import is_right_to_left

RADIUS_PX = 4.0
TEXT_FROM_PX = 40
_BAND_BELOW_PX = 3.0
_ROUND_FROM_PX = 16.0
_SIDE_PX = 9.0
_SELECTED_SIDE_PX = 14.0
_ICON_PX = 14
_GAP_PX = 4.0
_NUMBER_FROM_PX = 36.0
_TEXT_ROOM_PX = 20.0


class CuePainter:
    """Draws the cue lane."""

    def __init__(self, texts: Texts, *, editable: bool = True) -> None:
        """`editable`: blocks have the number of their row, and grips while selected."""
        self._texts, self._editable = texts, editable

    def draw(self, painter: QPainter, scene: Scene) -> None:
        """Draw the visible cues; selected ones last, so that their outline lies on top."""
        rows = scene.rows
        if len(rows) == 0:
            return
        starts, ends = scene.index.starts_ms[rows.start : rows.stop], scene.index.ends_ms[rows.start : rows.stop]
        lengths_px = (ends - starts) / scene.view.ms_per_px
        narrow = lengths_px < _BAND_BELOW_PX
        self._draw_plain(
            painter, scene, merged_rects(scene.view, scene.layout.cue_blocks, starts[narrow], ends[narrow])
        )
        small = np.flatnonzero(~narrow & (lengths_px < _ROUND_FROM_PX)) + rows.start
        self._draw_plain(painter, scene, [_rect_of(scene, scene.index.cues[row]) for row in small.tolist()])
        wide = (np.flatnonzero(lengths_px >= _ROUND_FROM_PX) + rows.start).tolist()
        for layer in _layers(scene, wide):
            self._draw_layer(painter, scene, layer)
        self._draw_selected(painter, scene, rows)

    def _draw_plain(self, painter: QPainter, scene: Scene, rects: list[QRectF]) -> None:
        painter.setPen(scene.inks.pen("cueedge"))
        painter.setBrush(scene.inks.colour("cuebg"))
        painter.drawRects(rects)

    def _draw_layer(self, painter: QPainter, scene: Scene, rows: list[int]) -> None:
        """Blocks that do not overlap: all grounds, then all texts, since changing pens costs more than drawing."""
        blocks = [(row, scene.index.cues[row], _rect_of(scene, scene.index.cues[row])) for row in rows]
        inks, now_ms = scene.inks, scene.playhead_ms
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(inks.pen("cueedge"))
        painter.setBrush(inks.colour("cuebg"))
        for _, cue, rect in blocks:
            if cue.start_ms <= now_ms < cue.end_ms:
                painter.setBrush(inks.spoken_cue)
                painter.drawRoundedRect(rect, RADIUS_PX, RADIUS_PX)
                painter.setBrush(inks.colour("cuebg"))
            else:
                painter.drawRoundedRect(rect, RADIUS_PX, RADIUS_PX)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for row, cue, rect in blocks:
            if rect.width() >= TEXT_FROM_PX:
                self._draw_inside(painter, scene, cue, row, _in_sight(scene, rect, _SIDE_PX))

    def _draw_selected(self, painter: QPainter, scene: Scene, rows: range) -> None:
        for row in rows if scene.selection else ():
            cue = scene.index.cues[row]
            if cue.id not in scene.selection:
                continue
            rect = _rect_of(scene, cue)
            radius = min(RADIUS_PX, rect.width() / 2)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(scene.inks.colour("selbg"))
            painter.drawRoundedRect(rect, radius, radius)
            draw_selected(painter, scene.inks, rect, radius, grips=self._editable)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            if rect.width() >= TEXT_FROM_PX:
                self._draw_inside(painter, scene, cue, row, _in_sight(scene, rect, _SELECTED_SIDE_PX))

    def _draw_inside(self, painter: QPainter, scene: Scene, cue: Cue, row: int, room: QRectF) -> None:
        """Text, number and state inside `room`: text from the language's side, the rest on the other."""
        if room.width() <= _ICON_PX:
            return
        from_right = is_right_to_left(cue.language)
        icon = _icon_of(scene, cue)
        number = self._texts.line(str(row + 1), role=Role.SMALL)
        on_one_line = scene.layout.cue_lines == 1
        has_number = self._editable and room.width() > number.width + _NUMBER_FROM_PX and not (icon and on_one_line)
        if icon:
            x = room.left() if from_right else room.right() - _ICON_PX
            tint = scene.tokens.colour(icon[1])
            painter.drawPixmap(
                round(x), round(_icon_top(scene, room)), pixmap(icon[0], tint, _ICON_PX, scale=scene.scale)
            )
        painter.setPen(scene.inks.colour("text2"))
        if has_number:
            x = room.left() if from_right else room.right() - number.width
            y = room.center().y() - number.height / 2 if on_one_line else room.bottom() - number.height
            number.draw(painter, x, y)
        painter.setPen(scene.inks.colour("oncue"))
        taken = (_ICON_PX if icon else 0.0, number.width if has_number else 0.0)
        self._draw_text(painter, scene, cue, room, taken)

    def _draw_text(self, painter: QPainter, scene: Scene, cue: Cue, room: QRectF, taken: tuple[float, float]) -> None:
        """The cue's lines, centred in height; `taken` are the widths the state and the number need beside them."""
        texts = _lines_of(cue, scene.layout.cue_lines)
        height = self._texts.height(Role.BODY, cue.language)
        y = room.center().y() - height * len(texts) / 2
        from_right = is_right_to_left(cue.language)
        for position, text in enumerate(texts):
            beside = max(taken) if len(texts) == 1 else taken[min(position, 1)]
            width = room.width() - (beside + _GAP_PX if beside else 0.0)
            if width < _TEXT_ROOM_PX:
                return
            line = self._texts.elided(text, width, cue.language)
            x = room.right() - line.width if from_right else room.left()
            line.draw(painter, x, y)
            y += height


def _rect_of(scene: Scene, cue: Cue) -> QRectF:
    return block_rect(scene.view, scene.layout.cue_blocks, cue.start_ms, cue.end_ms)


def _layers(scene: Scene, rows: list[int]) -> list[list[int]]:
    """The unselected rows in one layer where no cue overlaps another, else a layer each, so that later ones cover."""
    shown = [row for row in rows if scene.index.cues[row].id not in scene.selection]
    cues = scene.index.cues
    overlapping = any(cues[after].start_ms < cues[before].end_ms for before, after in itertools.pairwise(shown))
    return [[row] for row in shown] if overlapping else [shown]


def _in_sight(scene: Scene, rect: QRectF, side_px: float) -> QRectF:
    """The inside of a block as far as the view shows it, so that text stays readable at the view's edges."""
    left = max(rect.left(), 0.0) + side_px
    right = min(rect.right(), float(scene.view.width_px)) - side_px
    return QRectF(left, rect.top() + 2, max(0.0, right - left), rect.height() - 4)


def _lines_of(cue: Cue, most: int) -> list[str]:
    lines = cue.text.split("\n")
    return lines if len(lines) <= most else [*lines[: most - 1], " ".join(lines[most - 1 :])]


def _icon_top(scene: Scene, room: QRectF) -> float:
    return room.center().y() - _ICON_PX / 2 if scene.layout.cue_lines == 1 else room.top() + 2


def _icon_of(scene: Scene, cue: Cue) -> tuple[str, str] | None:
    """(drawing, token) of the state shown in the corner: a finding before a lock."""
    severity = scene.notes.findings.get(cue.id)
    if severity is not None:
        return ("error", "error") if severity is Severity.MUST else ("warning", "doubt")
    return ("lock", "text2") if cue.locked else None
