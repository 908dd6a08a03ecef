"""The word lane: a block a word, its pattern by the source of its time. Knows no cue text and no sound.

Fill tells the source, base and corner tell doubt, the outline tells selection. A word that does not fit is a bar, then
a bare block; under 3 px a cue's words merge into one band by their worst source. No word is squeezed or elided.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from app.theme.icons import pixmap
from app.timeline.meaning import Look, Summaries, Summary, is_doubtful, look_of
from app.timeline.painters.blocks import block_rect, merged_rects
from app.timeline.painters.outline import draw_selected
from app.timeline.painters.word_marks import RADIUS_PX, Block, draw_grounds, draw_marks, set_tools
from app.timeline.scene import Scene
from app.timeline.texts import Texts
from app.timeline.word_search import visible_words

Rows = npt.NDArray[np.int64]

SPARE_PX = 3.0
BAR_FROM_PX = 10.0
_BAND_BELOW_PX = 3.0
_ARROW_PX = 11

_TEXT_TOKENS = {
    Look.MEASURED: "onmeasured",
    Look.BY_HAND: "onmeasured",
    Look.ESTIMATED: "onestimated",
    Look.HEALING: "onhealing",
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
        blocks = self._blocks(scene, (np.flatnonzero(~narrow) + rows.start).tolist())
        _draw_bare(painter, scene, [block for block in blocks if block.rect.width() < BAR_FROM_PX])
        full = [block for block in blocks if block.rect.width() >= BAR_FROM_PX]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_grounds(painter, scene, full)
        draw_marks(painter, scene.inks, full)
        for block in blocks:
            if block.word.id == scene.word:
                draw_selected(painter, scene.inks, block.rect, RADIUS_PX)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._draw_texts(painter, scene, full)

    def _blocks(self, scene: Scene, rows: list[int]) -> list[Block]:
        reach_px = 4
        first_ms, last_ms = scene.view.ms_at(scene.left_px - reach_px), scene.view.ms_at(scene.right_px + reach_px)
        view, band, healing, cues = scene.view, scene.layout.word_blocks, scene.notes.healing, scene.index.cues
        return [
            Block(word, cues[row].language, look_of(word, healing), block_rect(view, band, word.start_ms, word.end_ms))
            for row in rows
            for word in visible_words(cues[row].words, first_ms, last_ms)
        ]

    def _draw_bands(self, painter: QPainter, scene: Scene, summary: Summary, rows: Rows) -> None:
        """One band a cue, by its worst source; bands of a look that touch become one."""
        worst = summary.worst[rows]
        healing = self._healing_rows(scene)
        if healing:
            worst = np.where(np.isin(rows, healing), Look.HEALING, worst)
        for look in Look:
            chosen = rows[worst == look]
            if len(chosen):
                _draw_band(painter, scene, summary.starts_ms[chosen], summary.ends_ms[chosen], look)

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

    def _draw_texts(self, painter: QPainter, scene: Scene, blocks: list[Block]) -> None:
        """Each word where it fits, else a bar; look by look, since changing pens costs more than drawing."""
        for look in Look:
            chosen = [block for block in blocks if block.look is look]
            if not chosen:
                continue
            colour = scene.inks.colour(_TEXT_TOKENS[look])
            painter.setPen(colour)
            for block in chosen:
                rect, line = block.rect, self._texts.line(block.word.text, block.language)
                middle = rect.center()
                if line.width + 2 * SPARE_PX > rect.width() + 1:
                    bar = min(6.0, rect.width() - 6)
                    painter.fillRect(QRectF(middle.x() - bar / 2, middle.y() - 1, bar, 2), colour)
                else:
                    line.draw(painter, middle.x() - line.width / 2, middle.y() - line.height / 2)
                    if look is Look.HEALING:
                        _draw_arrow(painter, scene, rect, line.width)


def _draw_arrow(painter: QPainter, scene: Scene, rect: QRectF, text_px: float) -> None:
    """The turning arrow in front of a re-timed word, where it fits too."""
    if (rect.width() + 1 - text_px) / 2 >= _ARROW_PX + 2 * SPARE_PX:
        arrow = pixmap("retime", scene.tokens.healing, _ARROW_PX, scale=scene.scale)
        painter.drawPixmap(QPointF(rect.left() + SPARE_PX + 1, rect.center().y() - _ARROW_PX / 2), arrow)


def _draw_bare(painter: QPainter, scene: Scene, blocks: list[Block]) -> None:
    """Words too narrow even for a bar, look by look in one go."""
    for look in Look:
        rects = [block.rect for block in blocks if block.look is look]
        if rects:
            set_tools(painter, scene.inks, look)
            painter.drawRects(rects)
    doubt = scene.inks.colour("doubt")
    for block in blocks:
        if is_doubtful(block.word):
            painter.fillRect(QRectF(block.rect.left(), block.rect.bottom() - 2, block.rect.width(), 2), doubt)


def _draw_band(painter: QPainter, scene: Scene, starts: Rows, ends: Rows, look: Look) -> None:
    set_tools(painter, scene.inks, look)
    painter.drawRects(merged_rects(scene.view, scene.layout.word_blocks, starts, ends))
