"""The word lane: a block a word, its pattern by the source of its time. Knows no cue text and no sound.

Fill tells the source, base and corner tell doubt, the outline tells selection. A word that does not fit is a bar, then
a bare block; under 3 px a cue's words merge into one band by their worst source. No word is squeezed or elided.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPolygonF

from app.theme.fonts import Role
from app.theme.icons import pixmap
from app.timeline.index import visible_words
from app.timeline.meaning import Look, Summaries, Summary, is_doubtful, look_of
from app.timeline.painters.cues import block_rect
from app.timeline.painters.outline import draw_selected
from app.timeline.runs import pixel_runs
from app.timeline.scene import Inks, Scene
from app.timeline.texts import Texts
from core.cue import Cue
from core.transcript import Word

Rows = npt.NDArray[np.int64]

RADIUS_PX = 3.0
_NARROW_RADIUS_PX = 1.0
SPARE_PX = 3.0
_BAND_BELOW_PX = 3.0
_BAR_FROM_PX = 10.0
_CORNER_PX = 8.0
_ARROW_PX = 11

_TEXT_TOKENS = {
    Look.MEASURED: "onmeasured",
    Look.BY_HAND: "onmeasured",
    Look.ESTIMATED: "onestimated",
    Look.HEALING: "onhealing",
}
_BAND_TOKENS = {
    Look.MEASURED: "measured",
    Look.BY_HAND: "measured",
    Look.ESTIMATED: "estimated",
    Look.HEALING: "healing",
}

_BAND_BRUSHES: dict[str, Callable[[Inks], QBrush]] = {
    "measured": lambda inks: QBrush(inks.colour("measuredbg")),
    "estimated": lambda inks: QBrush(Qt.BrushStyle.NoBrush),
    "healing": lambda inks: inks.hatch("canvas", "healingbg"),
}


class WordPainter:
    """Draws the word lane."""

    def __init__(self, texts: Texts, summaries: Summaries) -> None:
        self._texts = texts
        self._summaries = summaries
        self._healing_key: tuple[object, object] = (None, None)
        self._healing: list[int] = []

    def draw(self, painter: QPainter, scene: Scene) -> None:
        """Draw the visible words, the selected one last."""
        rows = scene.rows
        if len(rows) == 0:
            return
        summary = self._summaries.of(scene.index.cues)
        seen = slice(rows.start, rows.stop)
        narrow = summary.mean_ms[seen] < _BAND_BELOW_PX * scene.view.ms_per_px
        self._draw_bands(painter, scene, summary, np.flatnonzero(narrow & (summary.mean_ms[seen] > 0)) + rows.start)
        selected: tuple[Word, Cue] | None = None
        for row in (np.flatnonzero(~narrow) + rows.start).tolist():
            cue = scene.index.cues[row]
            for word in self._words_in_sight(scene, cue):
                if word.id == scene.word:
                    selected = (word, cue)
                else:
                    self._draw_word(painter, scene, word, cue.language)
        if selected is not None:
            self._draw_word(painter, scene, selected[0], selected[1].language, selected=True)

    def _draw_bands(self, painter: QPainter, scene: Scene, summary: Summary, rows: Rows) -> None:
        """One band a cue, by its worst source; bands of a look that touch become one."""
        worst = summary.worst[rows]
        healing = self._healing_rows(scene)
        if healing:
            worst = np.where(np.isin(rows, healing), Look.HEALING, worst)
        for look in Look:
            chosen = rows[worst == look]
            if len(chosen):
                _draw_band(painter, scene, summary.starts_ms[chosen], summary.ends_ms[chosen], _BAND_TOKENS[look])

    def _healing_rows(self, scene: Scene) -> list[int]:
        """Rows with words being re-timed; looked for only when the words or the cues have changed."""
        key = (scene.notes.healing, scene.index)
        if not scene.notes.healing:
            return []
        if any(old is not new for old, new in zip(self._healing_key, key, strict=True)):
            cues = scene.index.cues
            self._healing_key = key
            self._healing = [r for r, cue in enumerate(cues) if any(w.id in key[0] for w in cue.words)]
        return self._healing

    def _words_in_sight(self, scene: Scene, cue: Cue) -> Sequence[Word]:
        reach_px = 4
        first_ms, last_ms = scene.view.ms_at(scene.left_px - reach_px), scene.view.ms_at(scene.right_px + reach_px)
        return visible_words(cue.words, first_ms, last_ms)

    def _draw_word(self, painter: QPainter, scene: Scene, word: Word, language: str, *, selected: bool = False) -> None:
        look = look_of(word, scene.notes.healing)
        rect = block_rect(scene, word.start_ms, word.end_ms, words=True)
        spoken = word.start_ms <= scene.playhead_ms < word.end_ms
        radius = RADIUS_PX if rect.width() >= _BAR_FROM_PX else _NARROW_RADIUS_PX
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, rect.width() >= _BAR_FROM_PX or selected)
        _draw_ground(painter, scene, rect, radius, look, spoken=spoken)
        if look is Look.BY_HAND and rect.width() >= _BAR_FROM_PX:
            _draw_dot(painter, scene.inks, rect)
        if is_doubtful(word):
            _draw_doubt(painter, scene.inks, rect)
        if selected:
            draw_selected(painter, scene.inks, rect, radius)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if rect.width() >= _BAR_FROM_PX:
            self._draw_text(painter, scene, word, language, look, rect)

    def _draw_text(self, painter: QPainter, scene: Scene, word: Word, language: str, look: Look, rect: QRectF) -> None:
        """The word where it fits, else a bar; a re-timed one has its arrow in front where that fits too."""
        line = self._texts.line(word.text, language)
        width = rect.width() + 1
        if line.width + 2 * SPARE_PX > width:
            bar = min(6.0, rect.width() - 6)
            painter.fillRect(QRectF(rect.center().x() - bar / 2, rect.center().y() - 1, bar, 2),
                             scene.inks.colour(_TEXT_TOKENS[look]))  # fmt: skip
        else:
            painter.setPen(scene.inks.colour(_TEXT_TOKENS[look]))
            line.draw(painter, rect.center().x() - line.width / 2, rect.center().y() - line.height / 2)
        if look is Look.HEALING and (width - line.width) / 2 >= _ARROW_PX + 2 * SPARE_PX:
            arrow = pixmap("retime", scene.tokens.healing, _ARROW_PX, scale=scene.scale)
            painter.drawPixmap(QPointF(rect.left() + SPARE_PX + 1, rect.center().y() - _ARROW_PX / 2), arrow)
        if look is Look.ESTIMATED:
            self._draw_tilde(painter, scene, rect)

    def _draw_tilde(self, painter: QPainter, scene: Scene, rect: QRectF) -> None:
        """The small ~ that interrupts the top edge."""
        if rect.width() < 2 * _BAR_FROM_PX:
            return
        line = self._texts.line("~", role=Role.SMALL)
        left = rect.left() + 5
        painter.fillRect(QRectF(left - 1, rect.top() - 0.5, line.width + 2, 1), scene.inks.colour("canvas"))
        painter.setPen(scene.inks.colour("estimated"))
        line.draw(painter, left, rect.top() - line.height / 2)


def _draw_band(painter: QPainter, scene: Scene, starts: Rows, ends: Rows, token: str) -> None:
    band, inks = scene.layout.word_blocks, scene.inks
    painter.setPen(inks.pen(token, dashed=token == "estimated"))
    painter.setBrush(_BAND_BRUSHES[token](inks))
    rects = [
        QRectF(left + 0.5, band.top + 0.5, max(1, right - left - 1), band.height - 1)
        for left, right in pixel_runs(starts, ends, scene.view)
    ]
    painter.drawRects(rects)


def _draw_ground(painter: QPainter, scene: Scene, rect: QRectF, radius: float, look: Look, *, spoken: bool) -> None:
    inks = scene.inks
    if look is Look.ESTIMATED:
        painter.setPen(inks.pen("estimated", dashed=True))
        painter.setBrush(inks.tint if spoken else Qt.BrushStyle.NoBrush)
    elif look is Look.HEALING:
        painter.setPen(inks.pen("healing"))
        painter.setBrushOrigin(rect.topLeft())
        painter.setBrush(inks.hatch("canvas", "healingbg"))
    else:
        painter.setPen(inks.pen("measured"))
        painter.setBrush(inks.spoken if spoken else inks.colour("measuredbg"))
    painter.drawRoundedRect(rect, radius, radius)


def _draw_dot(painter: QPainter, inks: Inks, rect: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(inks.colour("measured"))
    painter.drawEllipse(QRectF(rect.left() + 3, rect.top() + 3, 4, 4))


def _draw_doubt(painter: QPainter, inks: Inks, rect: QRectF) -> None:
    """A wave along the base and a folded corner at the top right."""
    if rect.width() < _CORNER_PX + 2:
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2), inks.colour("doubt"))
        return
    painter.setPen(inks.pen("doubt", 1.4))
    base = rect.bottom() - 3.5
    count = int((rect.width() - 5) // 2.5)
    points = [QPointF(rect.left() + 3 + n * 2.5, base + (1.3 if n % 2 else -1.3)) for n in range(count + 1)]
    painter.drawPolyline(QPolygonF(points))
    corner = rect.topRight() + QPointF(0.5, -0.5)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(inks.colour("doubt"))
    fold = [corner, corner - QPointF(_CORNER_PX, 0), corner + QPointF(0, _CORNER_PX)]
    painter.drawPolygon(QPolygonF(fold))
