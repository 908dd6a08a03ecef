"""From a point of the widget to what lies there, for tools, cursors and tooltips. Knows no Qt and no painter."""

from __future__ import annotations

from app.timeline.hit import OUTSIDE_PX, Block, Hit, hit_block
from app.timeline.index import CueIndex, word_at
from app.timeline.layout import Lane, Layout
from app.timeline.viewport import Viewport
from core.cue import Cue
from core.transcript import Word


class Pointing:
    """Finds cues and words under a point of one picture."""

    def __init__(self, view: Viewport, layout: Layout, index: CueIndex, selection: frozenset[str]) -> None:
        self._view = view
        self._layout = layout
        self._index = index
        self._selection = selection

    def lane_x(self, x: float) -> float:
        """Pixel of the lanes for a pixel of the widget."""
        return x - self._layout.gutter_px

    def cue_hit(self, x: float) -> Hit | None:
        """The cue's block at a pixel of the lanes and the part hit."""
        rows = self._index.rows(self._view.ms_at(x - OUTSIDE_PX), self._view.ms_at(x + OUTSIDE_PX))
        return hit_block(x, [self._block(self._index.cues[row]) for row in rows])

    def cue_at(self, x: float) -> tuple[int, Cue] | None:
        """The cue shown at a pixel of the lanes, with its row."""
        row = self._index.row_at(self._view.ms_at(x))
        return None if row is None else (row, self._index.cues[row])

    def word_at(self, x: float) -> tuple[int, Word] | None:
        """The word at a pixel of the lanes, with its cue's row; a selected cue's before another's."""
        ms = self._view.ms_at(x)
        found = [(row, word_at(self._index.cues[row].words, ms)) for row in self._index.rows(ms, ms)]
        hits = [(row, word) for row, word in found if word is not None]
        hits.sort(key=lambda hit: self._index.cues[hit[0]].id in self._selection)
        return hits[-1] if hits else None

    def hit_in(self, lane: Lane, x: float) -> Hit | None:
        """What a tool may take hold of: blocks of the cue lane."""
        return self.cue_hit(x) if lane is Lane.CUES else None

    def _block(self, cue: Cue) -> Block:
        left, right = self._view.x_of(cue.start_ms), self._view.x_of(cue.end_ms)
        return Block(cue.id, left, right, cue.id in self._selection)
