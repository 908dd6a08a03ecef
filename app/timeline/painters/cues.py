"""The cue lane: blocks with up to two lines of text, number, state. Knows no words' times.

Text starts at the edge the cue's language starts from, stays in sight while the block's edge is scrolled out, is elided
by line and goes under 40 px. Cues narrower than 3 px merge into bands.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.theme.fonts import Role
from app.theme.icons import pixmap
from app.timeline.model import Severity
from app.timeline.painters.outline import draw_selected
from app.timeline.runs import Times, pixel_runs
from app.timeline.scene import Scene
from app.timeline.texts import Texts
from core.cue import Cue
from core.language import is_right_to_left

RADIUS_PX = 4.0
TEXT_FROM_PX = 40
_BAND_BELOW_PX = 3.0
_ROUND_FROM_PX = 8.0
_SIDE_PX = 9.0
_SELECTED_SIDE_PX = 14.0
_ICON_PX = 14
_GAP_PX = 4.0
_NUMBER_FROM_PX = 36.0
_TEXT_ROOM_PX = 20.0


class CuePainter:
    """Draws the cue lane."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def draw(self, painter: QPainter, scene: Scene) -> None:
        """Draw the visible cues; selected ones last, so that their outline lies on top."""
        rows = scene.rows
        if len(rows) == 0:
            return
        starts, ends = scene.index.starts_ms[rows.start : rows.stop], scene.index.ends_ms[rows.start : rows.stop]
        narrow = (ends - starts) < _BAND_BELOW_PX * scene.view.ms_per_px
        self._draw_bands(painter, scene, starts[narrow], ends[narrow])
        wide = [row for row, is_narrow in zip(rows, narrow.tolist(), strict=True) if not is_narrow]
        self._draw_blocks(painter, scene, wide)
        for row in rows if scene.selection else ():
            if scene.index.cues[row].id in scene.selection:
                self._draw_block(painter, scene, row, selected=True)

    def _draw_bands(self, painter: QPainter, scene: Scene, starts: Times, ends: Times) -> None:
        band, inks = scene.layout.cue_blocks, scene.inks
        painter.setPen(inks.pen("cueedge"))
        painter.setBrush(inks.colour("cuebg"))
        rects = [
            QRectF(left + 0.5, band.top + 0.5, max(1, right - left - 1), band.height - 1)
            for left, right in pixel_runs(starts, ends, scene.view)
        ]
        painter.drawRects(rects)

    def _draw_blocks(self, painter: QPainter, scene: Scene, rows: list[int]) -> None:
        for row in rows:
            if scene.index.cues[row].id not in scene.selection:
                self._draw_block(painter, scene, row, selected=False)

    def _draw_block(self, painter: QPainter, scene: Scene, row: int, *, selected: bool) -> None:
        cue = scene.index.cues[row]
        rect = block_rect(scene, cue.start_ms, cue.end_ms)
        inks = scene.inks
        spoken = cue.start_ms <= scene.playhead_ms < cue.end_ms
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, rect.width() >= _ROUND_FROM_PX)
        painter.setPen(inks.pen("cueedge"))
        painter.setBrush(inks.colour("selbg") if selected else inks.spoken_cue if spoken else inks.colour("cuebg"))
        radius = min(RADIUS_PX, rect.width() / 2)
        painter.drawRoundedRect(rect, radius, radius)
        if selected:
            draw_selected(painter, inks, rect, radius)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        room = _in_sight(scene, rect, _SELECTED_SIDE_PX if selected else _SIDE_PX)
        if rect.width() >= TEXT_FROM_PX and room.width() > _ICON_PX:
            self._draw_inside(painter, scene, cue, row, room)

    def _draw_inside(self, painter: QPainter, scene: Scene, cue: Cue, row: int, room: QRectF) -> None:
        """Text, number and state inside `room`: text from the language's side, the rest on the other."""
        from_right = is_right_to_left(cue.language)
        icon = _icon_of(scene, cue)
        number = self._texts.line(str(row + 1), role=Role.SMALL)
        on_one_line = scene.layout.cue_lines == 1
        has_number = room.width() > number.width + _NUMBER_FROM_PX and not (icon and on_one_line)
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


def block_rect(scene: Scene, start_ms: int, end_ms: int, *, words: bool = False) -> QRectF:
    """Where a block's 1 px edge runs: on whole pixels, so that it is sharp, at least 1 px wide."""
    band = scene.layout.word_blocks if words else scene.layout.cue_blocks
    left = round(scene.view.x_of(start_ms))
    right = max(left + 2, round(scene.view.x_of(end_ms)))
    return QRectF(left + 0.5, band.top + 0.5, right - left - 1, band.height - 1)


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
