"""Which cues the table shows and in which order. Knows no view and no colours.

What was shown once stays until another filter is chosen: a cue that was just mended does not vanish under the hand.
"""

from __future__ import annotations

import enum
from collections.abc import Callable

from PySide6.QtCore import QObject, QSortFilterProxyModel, Qt

from app.editor.cue_model import DRAFT, NO_PARENT, Column, CueModel, Index
from app.editor.cue_numbers import speed_of
from app.editor.session import Session
from core.cue import Cue
from core.cues.checks import Severity


class Show(enum.StrEnum):
    """Which cues are shown, beside the search."""

    ALL = "all"
    FINDINGS = "findings"
    DRAFT = "draft"


class CueFilter(QSortFilterProxyModel):
    """The table's rows, by state and by text."""

    def __init__(self, model: CueModel, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model, self._session = model, session
        self._show, self._needle = Show.ALL, ""
        self._kept: set[str] = set()
        self._keys: list[float] | None = None  # by the document's row, while it sorts
        self._key: Callable[[Cue], float] = lambda cue: cue.start_ms
        self.setDynamicSortFilter(False)  # typing must not make a row jump
        self.setSourceModel(model)

    @property
    def show(self) -> Show:
        """Which cues are shown."""
        return self._show

    @property
    def needle(self) -> str:
        """The text that shown cues hold, as it was typed."""
        return self._needle

    @property
    def filtering(self) -> bool:
        """Whether some cues may be left out."""
        return self._show is not Show.ALL or bool(self._needle)

    def choose(self, *, show: Show | None = None, needle: str | None = None) -> None:
        """Show other cues; what is not given stays."""
        self.beginFilterChange()
        self._show = self._show if show is None else show
        self._needle = self._needle if needle is None else needle
        self._kept = {cue.id for cue in self._model.cues if self._matches(cue)} if self.filtering else set()
        self.endFilterChange(QSortFilterProxyModel.Direction.Rows)

    def order_by(self, column: Column | None, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort once by length, speed or state; None = in order of time."""
        key = self._keys_by().get(column) if column is not None else None
        if key is None or column is None:
            self.sort(-1)
            return
        self._key = key
        self._keys = [key(cue) for cue in self._model.cues]
        self.sort(column, order)
        self._keys = None

    def cue(self, row: int) -> Cue:
        """The cue of a shown row."""
        return self._model.cue(self.document_row(row))

    def document_row(self, row: int) -> int:
        """The document's row of a shown row."""
        as_it_is = not self.filtering and self.sortColumn() < 0
        return row if as_it_is else self.mapToSource(self.index(row, 0)).row()

    def shown_row(self, document_row: int) -> int | None:
        """The shown row of a document's row; None where it is left out."""
        index = self.mapFromSource(self._model.index(document_row, 0))
        return index.row() if index.isValid() else None

    # ── what Qt asks ─────────────────────────────────────────────────────────────────────────────

    def filterAcceptsRow(self, source_row: int, source_parent: Index = NO_PARENT) -> bool:
        """Whether a cue is shown."""
        if not self.filtering:
            return True
        cue = self._model.cue(source_row)
        if cue.id not in self._kept:
            if not self._matches(cue):
                return False
            self._kept.add(cue.id)
        return True

    def lessThan(self, source_left: Index, source_right: Index) -> bool:
        """By the key of the order chosen last."""
        left, right = source_left.row(), source_right.row()
        if self._keys is not None:
            return self._keys[left] < self._keys[right]
        return self._key(self._model.cue(left)) < self._key(self._model.cue(right))

    def _matches(self, cue: Cue) -> bool:
        if self._needle and not holds(cue, self._needle):
            return False
        if self._show is Show.FINDINGS:
            return bool(self._model.findings.of(cue.id))
        return self._show is not Show.DRAFT or cue.mark == DRAFT

    def _keys_by(self) -> dict[Column, Callable[[Cue], float]]:
        return {
            Column.LENGTH: lambda cue: cue.duration_ms,
            Column.SPEED: lambda cue: speed_of(cue, self._session.style).value,
            Column.SIGN: self._weight,
        }

    def _weight(self, cue: Cue) -> float:
        """What needs a look first: must, should, draft, the rest."""
        severity = self._model.findings.severity_of(cue.id)
        if severity is not None:
            return 0 if severity is Severity.MUST else 1
        return 2 if cue.mark == DRAFT else 3


def holds(cue: Cue, needle: str) -> bool:
    """Whether the cue's text holds `needle`, whatever the case and wherever its lines break."""
    text = cue.text.casefold()
    wanted = needle.casefold()
    return wanted in text or ("\n" in text and wanted in text.replace("\n", " "))
