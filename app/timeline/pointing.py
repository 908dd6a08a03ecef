"""From a point of the widget to what lies there, for tools, cursors and tooltips. Knows no Qt and no painter."""

from __future__ import annotations

from app.timeline.hit import OUTSIDE_PX, Block, Hit, hit_block, hit_shared_edge
from app.timeline.index import CueIndex
from app.timeline.layout import Lane, Layout
from app.timeline.viewport import Viewport
from app.timeline.word_search import visible_words, word_at
from core.cue import Cue
from core.transcript import Word


class Pointing:
    """Finds cues and words under a point of one picture."""

    def __init__(
        self, view: Viewport, layout: Layout, index: CueIndex, selection: frozenset[str], word: str = ""
    ) -> None:
        self._view = view
        self._word = word
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

    def word_hit(self, x: float) -> Hit | None:
        """The word's block at a pixel of the lanes and the part hit; an edge shared by words of one cue goes first."""
        rows = self._index.rows(self._view.ms_at(x - OUTSIDE_PX), self._view.ms_at(x + OUTSIDE_PX))
        by_row = [self._word_blocks(row, x) for row in rows]
        shared = [hit for blocks in by_row if (hit := hit_shared_edge(x, blocks)) is not None]
        if shared:
            return next((hit for hit in shared if self._word in (hit.id, hit.other)), shared[-1])
        return hit_block(x, [block for blocks in by_row for block in blocks])

    def hit_in(self, lane: Lane, x: float) -> Hit | None:
        """What a tool may take hold of: blocks of the cue lane and of the word lane."""
        if lane is Lane.CUES:
            return self.cue_hit(x)
        return self.word_hit(x) if lane is Lane.WORDS else None

    def _word_blocks(self, row: int, x: float) -> list[Block]:
        """Blocks of a cue's words near a pixel; all its words where the cue is near as a whole."""
        cue, view = self._index.cues[row], self._view
        words = visible_words(cue.words, view.ms_at(x - 2 * OUTSIDE_PX), view.ms_at(x + 2 * OUTSIDE_PX))
        cue_first = not self._word and cue.id in self._selection
        return [
            Block(word.id, view.x_of(word.start_ms), view.x_of(word.end_ms), cue_first or word.id == self._word)
            for word in words
        ]

    def _block(self, cue: Cue) -> Block:
        left, right = self._view.x_of(cue.start_ms), self._view.x_of(cue.end_ms)
        return Block(cue.id, left, right, cue.id in self._selection)
