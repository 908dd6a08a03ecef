"""What a person does to cues by key or menu: each verb looks at the selection and the playhead and applies one edit.

Knows no widget: where the caret is, it is told.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from app.editor.session import Session
from core.cue import Cue
from core.document import edits
from core.document.document import Document
from core.document.edit import Edit
from core.timecode import frame_at_ms, ms_of_frame

_NO_FRAMES_MS = 40
"""A nudge where there is no picture: one frame at 25 a second."""

_NEW_CUE_MS = 2_000


class CueVerbs:
    """Split, merge, insert, delete, re-time, mark.

    Attributes:
        caret: gives (cue id, offset in its text) while the text box has the focus, else None.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._bridge = session.bridge
        self.caret: Callable[[], tuple[str, int] | None] = lambda: None

    # ── split and merge ──────────────────────────────────────────────────────────────────────────

    def split(self) -> bool:
        """Split the current cue: at the caret, else before the selected word, else at the playhead."""
        at = self.caret()
        if at is not None:
            row = self._document.row_of(at[0])
            return row is not None and self._apply(edits.split_at_text(self._document, row, at[1]))
        cue, row = self._bridge.current_cue(), self._bridge.current_row()
        word = self._word_index(cue)
        if cue is not None and row is not None and word:
            return self._apply(edits.split_at_word(self._document, row, word))
        return self.split_at_playhead()

    def split_at_playhead(self) -> bool:
        """Split the cue under the playhead between its words; the current one where the playhead is in none."""
        row = self._row_at_playhead()
        return row is not None and self._apply(edits.split_at_time(self._document, row, self._session.playhead_ms))

    def merge(self) -> bool:
        """Merge the selected cues; a single one with the next."""
        rows = self._bridge.selected_rows()
        if len(rows) == 1 and rows[0] + 1 < len(self._document.cues):
            rows = (rows[0], rows[0] + 1)
        done = self._apply(edits.merge(self._document, rows))
        if done:
            self._bridge.select_row(rows[0])
        return done

    def word_to_next_cue(self) -> bool:
        """Move the selected word and those behind it, or the last word, to the next cue."""
        cue, row = self._bridge.current_cue(), self._bridge.current_row()
        if cue is None or row is None or not cue.words:
            return False
        index = self._word_index(cue)
        return self._apply(edits.to_next_cue(self._document, row, len(cue.words) - 1 if index is None else index))

    def word_to_previous_cue(self) -> bool:
        """Move the selected word and those before it, or the first word, to the cue before."""
        cue, row = self._bridge.current_cue(), self._bridge.current_row()
        if cue is None or row is None or not cue.words:
            return False
        return self._apply(edits.to_previous_cue(self._document, row, self._word_index(cue) or 0))

    # ── insert and delete ────────────────────────────────────────────────────────────────────────

    def insert_at_playhead(self) -> bool:
        """An empty cue from the playhead on, as long as there is room up to the next one."""
        return self._insert(self._session.playhead_ms)

    def insert_after(self) -> bool:
        """An empty cue right behind the current one."""
        cue = self._bridge.current_cue()
        return self._insert(cue.end_ms) if cue is not None else self.insert_at_playhead()

    def insert_before(self) -> bool:
        """An empty cue right before the current one."""
        cue, row = self._bridge.current_cue(), self._bridge.current_row()
        if cue is None or row is None:
            return self.insert_at_playhead()
        before_ms = self._document.cues[row - 1].end_ms if row else 0
        start_ms = max(min(before_ms, cue.start_ms), cue.start_ms - _NEW_CUE_MS)
        return self._put_in(start_ms, cue.start_ms)

    def delete(self) -> bool:
        """Take the selected cues away."""
        return self._apply(edits.delete(self._document, self._bridge.selected_rows()))

    # ── times ────────────────────────────────────────────────────────────────────────────────────

    def start_here(self) -> bool:
        """The current cue starts at the playhead."""
        row = self._bridge.current_row()
        return row is not None and self._apply(
            edits.retime(self._document, row, start_ms=self._session.playhead_ms, neighbours=True)
        )

    def end_here(self) -> bool:
        """The current cue ends at the playhead."""
        row = self._bridge.current_row()
        return row is not None and self._apply(
            edits.retime(self._document, row, end_ms=self._session.playhead_ms, neighbours=True)
        )

    def extend_to_next(self) -> bool:
        """The selected cues stand until the style's gap before the next begins."""
        style, rate = self._session.style, self._document.frame_rate
        rows = self._bridge.selected_rows()
        return self._apply(
            edits.extend_to_next(self._document, rows, until=lambda next_ms: style.before_gap_ms(next_ms, rate))
        )

    def extend_to_previous(self) -> bool:
        """The selected cues start a gap behind the one before."""
        gap_ms = self._session.style.min_gap_ms(self._document.frame_rate)
        return self._apply(edits.extend_to_previous(self._document, self._bridge.selected_rows(), gap_ms=gap_ms))

    def nudge(self, frames: int) -> bool:
        """Move the selected cues by frames; earlier for a negative number."""
        rows = self._bridge.selected_rows()
        if not rows:
            return False
        start_ms = self._document.cues[rows[0]].start_ms
        by_ms = frames_later(start_ms, frames, self._document.frame_rate) - start_ms
        return self._apply(edits.shift(self._document, rows, by_ms, merge_key=f"nudge:{rows}"))

    # ── marks ────────────────────────────────────────────────────────────────────────────────────

    def mark(self, mark: str) -> bool:
        """Set a mark ("i", "b", "u") on the selected cues' words; take it where all have it."""
        rows = self._bridge.selected_rows()
        words = [word for row in rows for word in self._document.cues[row].words]
        on = not all(mark in word.marks for word in words)
        return self._apply(edits.set_mark(self._document, rows, mark, on=on))

    def lock(self) -> bool:
        """Lock the selected cues against re-flow and recognition; unlock them where all are locked."""
        rows = self._bridge.selected_rows()
        locked = not all(self._document.cues[row].locked for row in rows)
        return self._apply(edits.set_locked(self._document, rows, locked))

    # ── selection and history ────────────────────────────────────────────────────────────────────

    def step(self, by: int) -> bool:
        """Go to the next (+1) or previous (-1) cue, and the player with it."""
        cues, row = self._document.cues, self._bridge.current_row()
        if not cues:
            return False
        if row is None:
            row = self._row_near_playhead() - (1 if by > 0 else 0)
        target = min(max(row + by, 0), len(cues) - 1)
        self._bridge.select_row(target)
        self._session.seek(cues[target].start_ms)
        return True

    def select_all(self) -> None:
        """Select every cue."""
        ids = [cue.id for cue in self._document.cues]
        self._bridge.select(ids, current=self._bridge.current or (ids[0] if ids else None))

    def undo(self) -> None:
        """Take the last step back."""
        self._bridge.undo()

    def redo(self) -> None:
        """Do the last undone step again."""
        self._bridge.redo()

    # ── inside ───────────────────────────────────────────────────────────────────────────────────

    @property
    def _document(self) -> Document:
        return self._bridge.document

    def _apply(self, edit: Edit | None) -> bool:
        return self._bridge.apply(edit)

    def _word_index(self, cue: Cue | None) -> int | None:
        wanted = self._bridge.word
        if cue is None or wanted is None:
            return None
        return next((index for index, word in enumerate(cue.words) if word.id == wanted), None)

    def _row_at_playhead(self) -> int | None:
        """The current cue where the playhead is in it, else the cue the playhead is in, else the current one."""
        at_ms, current = self._session.playhead_ms, self._bridge.current_row()
        cues = self._document.cues
        if current is not None and cues[current].start_ms <= at_ms < cues[current].end_ms:
            return current
        return next((row for row, cue in enumerate(cues) if cue.start_ms <= at_ms < cue.end_ms), current)

    def _row_near_playhead(self) -> int:
        at_ms = self._session.playhead_ms
        cues = self._document.cues
        return next((row for row, cue in enumerate(cues) if cue.end_ms > at_ms), len(cues) - 1)

    def _insert(self, start_ms: int) -> bool:
        after = (cue.start_ms for cue in self._document.cues if cue.start_ms > start_ms)
        limit_ms = next(after, start_ms + _NEW_CUE_MS)
        return self._put_in(start_ms, min(limit_ms, start_ms + _NEW_CUE_MS))

    def _put_in(self, start_ms: int, end_ms: int) -> bool:
        current = self._bridge.current_cue()
        there = {cue.id for cue in self._document.cues}
        edit = edits.insert(self._document, start_ms, end_ms, language=current.language if current else "")
        self._apply(edit)
        self._bridge.select([cue.id for cue in self._document.cues if cue.id not in there])
        return True


def frames_later(ms: int, frames: int, rate: Fraction | None) -> int:
    """The ms `frames` frames later (earlier where negative), not before 0; 40 ms a frame where there is no picture."""
    if rate is None:
        return ms + frames * _NO_FRAMES_MS
    return max(0, ms_of_frame(frame_at_ms(ms, rate) + frames, rate))
