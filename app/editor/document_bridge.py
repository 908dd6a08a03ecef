"""The document as Qt sees it: history's steps become signals, and the selection is kept by id. Knows no widgets.

All panes share one bridge, so they share one document and one selection. It lives in the window's thread.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from core.cue import Cue
from core.document.document import Document
from core.document.edit import Edit, Splice
from core.document.history import Changed, History


class DocumentBridge(QObject):
    """Document, undo and selection for every pane.

    Signals:
        changed(Changed): after each step (do, undo, redo), before selectionChanged.
        replaced(): another document was set (a file was opened); models reset.
        selectionChanged(): selected ids, the current cue or the selected words are others now.
        historyChanged(): undo and redo labels or the saved state may be others now.
    """

    changed = Signal(object)
    replaced = Signal()
    selectionChanged = Signal()
    historyChanged = Signal()

    def __init__(self, history: History | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history = history if history is not None else History()
        self._unlisten = self._history.listen(self._on_step)
        self._selected: tuple[str, ...] = ()
        self._current: str | None = None
        self._word: str | None = None
        self._row = 0  # where the current cue was seen last: asked for many times a step

    # ── document ─────────────────────────────────────────────────────────────────────────────────

    @property
    def document(self) -> Document:
        """The document as it is now."""
        return self._history.document

    @property
    def history(self) -> History:
        """The steps done and undone."""
        return self._history

    def set_history(self, history: History) -> None:
        """Show another document."""
        self._unlisten()
        self._history = history
        self._unlisten = history.listen(self._on_step)
        self._selected, self._current, self._word = (), None, None
        self.replaced.emit()
        self.selectionChanged.emit()
        self.historyChanged.emit()

    def apply(self, edit: Edit | None) -> bool:
        """Do `edit` (None: nothing to do). Returns whether anything was done."""
        return self._history.apply(edit)

    def undo(self) -> str | None:
        """Take the last step back; returns its label."""
        return self._history.undo()

    def redo(self) -> str | None:
        """Do the last undone step again; returns its label."""
        return self._history.redo()

    def mark_saved(self) -> None:
        """The document is on disk under its name."""
        self._history.mark_saved()
        self.historyChanged.emit()

    # ── selection ────────────────────────────────────────────────────────────────────────────────

    @property
    def selected(self) -> tuple[str, ...]:
        """Ids of the selected cues, in order of rows."""
        return self._selected

    @property
    def current(self) -> str | None:
        """Id of the cue that the text box shows."""
        return self._current

    @property
    def word(self) -> str | None:
        """Id of the selected word of the current cue."""
        return self._word

    def current_cue(self) -> Cue | None:
        """The cue that the text box shows."""
        row = self.current_row()
        return None if row is None else self.document.cues[row]

    def current_row(self) -> int | None:
        """Its row."""
        if self._current is None:
            return None
        cues = self.document.cues
        if self._row < len(cues) and cues[self._row].id == self._current:
            return self._row
        row = self.document.row_of(self._current)
        self._row = row or 0
        return row

    def selected_rows(self) -> tuple[int, ...]:
        """Rows of the selected cues, ascending."""
        current = self.current_row()
        if self._selected == (self._current,):
            return () if current is None else (current,)
        wanted = set(self._selected)
        return tuple(row for row, cue in enumerate(self.document.cues) if cue.id in wanted)

    def select(self, cue_ids: Iterable[str], *, current: str | None = None, word: str | None = None) -> None:
        """Select these cues; `current` (default: the first) is the one the text box shows."""
        selected = tuple(dict.fromkeys(cue_ids))
        now = current if current is not None else (selected[0] if selected else None)
        if (selected, now, word) == (self._selected, self._current, self._word):
            return
        self._selected, self._current, self._word = selected, now, word
        self.selectionChanged.emit()

    def select_row(self, row: int) -> None:
        """Select the cue of one row alone; rows beyond the ends are left out."""
        if 0 <= row < len(self.document.cues):
            self.select((self.document.cues[row].id,))

    # ── steps ────────────────────────────────────────────────────────────────────────────────────

    def _on_step(self, changed: Changed) -> None:
        self.changed.emit(changed)
        self._drop_what_is_gone(changed)
        self.historyChanged.emit()

    def _drop_what_is_gone(self, changed: Changed) -> None:
        """Keep the selection by id; where the current cue is gone, the one that took its place is selected."""
        gone = _gone(changed)
        if not gone.intersection(self._selected) and self._current not in gone:
            return
        kept = tuple(cue_id for cue_id in self._selected if cue_id not in gone)
        if self._current not in gone:
            self.select(kept, current=self._current, word=self._word)
            return
        first = changed.rows()[0][0]
        cues = changed.after.cues
        self.select((cues[min(first, len(cues) - 1)].id,) if cues else ())


def _gone(changed: Changed) -> set[str]:
    """Ids of the cues that a step took away and did not put in again."""
    balance: Counter[str] = Counter()
    for change in changed.edit.changes:
        if isinstance(change, Splice):
            balance.subtract(cue.id for cue in change.removed)
            balance.update(cue.id for cue in change.inserted)
    return {cue_id for cue_id, count in balance.items() if count < 0}
