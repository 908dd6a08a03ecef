"""The list of steps, done and taken back; a click goes there. Knows no edit but its name and what it put in."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.editor.list_rows import ListRow, RowList, Rows
from app.editor.session import Session
from app.i18n import tr
from app.widgets import column
from core.document.edit import Edit, Splice
from core.errors import WriteError


class HistoryPane(QWidget):
    """Every step of this document that can be taken back or done again, the oldest first.

    Attributes:
        list: the view; its first row is the document as it was opened.

    Signals:
        failed(CuesmithError): a step could not be kept; the document stands where it could be.
    """

    failed = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._bridge = session.bridge
        self._rows = Rows(lambda at: " ".join((self._row(at).title, self._row(at).beside)))
        self._rows.setParent(self)
        self.list = RowList(self._rows, self._row, tr("Steps"))
        self._stale = True
        self.setLayout(column(self.list, gap=0))
        self.setFocusProxy(self.list)
        self.list.rowChosen.connect(self._go_to)
        self._bridge.historyChanged.connect(self._follow)
        self._bridge.replaced.connect(self._follow)
        self.refresh()

    def refresh(self) -> None:
        """List the steps as they are now."""
        self._stale = False
        stack = self._bridge.history.stack
        steps = [*stack.done, *reversed(stack.undone)]
        self._rows.show([None, *(step for step in steps if not step.automatic)])
        self.list.show_row(self._here())
        self.list.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        """What happened while the list was hidden is shown now."""
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _follow(self) -> None:
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def _here(self) -> int:
        """The row of the last step that is done."""
        return sum(1 for step in self._bridge.history.stack.done if not step.automatic)

    def _row(self, at: int) -> ListRow:
        here, step = self._here(), cast("Edit | None", self._rows.items[at])
        if step is None:
            return ListRow(tr("As it was opened"), current=at == here)
        return ListRow(tr(step.label), _about(step), current=at == here, faded=at > here)

    def _go_to(self, row: int) -> None:
        """Undo or redo until this row's step is the last one done."""
        try:
            while self._here() > row and self._bridge.undo() is not None:
                pass
            while self._here() < row and self._bridge.redo() is not None:
                pass
        except WriteError as error:
            self.failed.emit(error)
        self.refresh()


def _about(step: Edit) -> str:
    """The first words of what a step put in, or took away."""
    splices = [change for change in step.changes if isinstance(change, Splice)]
    cues = [cue for splice in splices for cue in (splice.inserted or splice.removed)[:1]]
    return cues[0].text.replace("\n", " ") if cues else ""
