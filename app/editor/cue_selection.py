"""Keeps a view's selection and the document bridge's the same, by id, without echo. Knows no text and no columns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Signal
from PySide6.QtWidgets import QAbstractItemView

from app.editor.cue_filter import CueFilter
from app.editor.document_bridge import DocumentBridge

_Flag = QItemSelectionModel.SelectionFlag


class CueSelection(QObject):
    """Between one view and the bridge.

    Signals:
        chosen(str): the person chose this cue alone, in the view; not told for selections from elsewhere.
    """

    chosen = Signal(str)

    def __init__(self, view: QAbstractItemView, rows: CueFilter, bridge: DocumentBridge) -> None:
        super().__init__(view)
        self._view, self._rows, self._bridge = view, rows, bridge
        self._quiet = 0
        model = view.selectionModel()
        model.selectionChanged.connect(self._push)
        model.currentChanged.connect(self._push)
        bridge.selectionChanged.connect(self.pull)

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """While rows come and go, what the view makes of its selection is not the person's doing."""
        self._quiet += 1
        try:
            yield
        finally:
            self._quiet -= 1

    def pull(self) -> None:
        """Show the bridge's selection; scrolls where the current cue is another."""
        if self._quiet:
            return
        with self.quiet():
            self._select([row for row in map(self._rows.shown_row, self._bridge.selected_rows()) if row is not None])
            self._make_current()

    def _select(self, rows: list[int]) -> None:
        rows.sort()
        model = self._view.selectionModel()
        if self._selected_rows() == rows:
            return
        last = self._rows.columnCount() - 1
        wanted = QItemSelection()
        start = 0
        for n, row in enumerate(rows):
            if n + 1 == len(rows) or rows[n + 1] != row + 1:
                wanted.select(self._rows.index(rows[start], 0), self._rows.index(row, last))
                start = n + 1
        model.select(wanted, _Flag.ClearAndSelect)

    def _selected_rows(self) -> list[int]:
        """Shown rows, ascending; by ranges, since thousands may be selected."""
        selection = self._view.selectionModel().selection()
        ranges = [selection.at(place) for place in range(selection.count())]
        return sorted({row for one in ranges for row in range(one.top(), one.bottom() + 1)})

    def _make_current(self) -> None:
        document_row = self._bridge.current_row()
        row = None if document_row is None else self._rows.shown_row(document_row)
        model = self._view.selectionModel()
        if row is not None and model.currentIndex().row() != row:
            index = self._rows.index(row, max(0, model.currentIndex().column()))
            model.setCurrentIndex(index, _Flag.NoUpdate)
            self._view.scrollTo(index)

    def _push(self) -> None:
        """The person selected something: tell all panes."""
        if self._quiet:
            return
        model = self._view.selectionModel()
        rows = sorted(map(self._rows.document_row, self._selected_rows()))
        cues = self._bridge.document.cues
        ids = [cues[row].id for row in rows if row < len(cues)]
        at = model.currentIndex().row()
        current = self._rows.cue(at).id if 0 <= at < self._rows.rowCount() else None
        with self.quiet():
            self._bridge.select(ids, current=current if current in ids else None)
        if len(ids) == 1 and ids[0] == current:
            self.chosen.emit(ids[0])
