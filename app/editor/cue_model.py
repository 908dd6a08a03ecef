"""The cues as a table of Qt. Knows no view, no colours and no selection.

Follows the document step by step: rows are told to change, come or go; the model is reset only when another document
is opened.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.editor.cue_numbers import counts_words, seconds_text, speed_of
from app.editor.findings import Findings, findings_of
from app.editor.session import Session
from app.i18n import tr
from app.wording import in_words
from core.cue import Cue
from core.document.edit import Splice
from core.document.history import Changed
from core.timecode import format_ms

Index = QModelIndex | QPersistentModelIndex

NO_PARENT = QModelIndex()
LINE_BREAK = "↵"
DRAFT = "draft"
"""`Cue.mark` of what the built-in engine made."""


class Column(enum.IntEnum):
    """The columns from left to right."""

    NUMBER = 0
    START = 1
    END = 2
    LENGTH = 3
    SPEED = 4
    TEXT = 5
    SIGN = 6


_COLUMNS = len(Column)


class CueModel(QAbstractTableModel):
    """One row a cue."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.findings: Findings = findings_of(session)
        self._cues: list[Cue] = list(session.bridge.document.cues)
        self.findings.changed.connect(self._signs_changed)
        session.styleChanged.connect(self._style_changed)

    def cue(self, row: int) -> Cue:
        """The cue of a row."""
        return self._cues[row]

    @property
    def cues(self) -> Sequence[Cue]:
        """All cues, in order."""
        return self._cues

    # ── following the document ───────────────────────────────────────────────────────────────────

    def reload(self) -> None:
        """Another document is open."""
        self.beginResetModel()
        self._cues = list(self._session.bridge.document.cues)
        self.endResetModel()

    def follow(self, changed: Changed) -> None:
        """A step was made: tell the views which rows it touched."""
        for change in changed.edit.changes:
            if isinstance(change, Splice):
                self._splice(change)

    def _splice(self, change: Splice) -> None:
        """Rows whose cue stays (by id) at either end are only changed, so that a split moves nothing above it."""
        old, new = change.removed, change.inserted
        head = _same_ids(old, new)
        tail = _same_ids(old[head:][::-1], new[head:][::-1])
        middle = min(len(old), len(new)) - head - tail
        first = change.first
        self._put(first, new[: head + middle])
        at, going, coming = first + head + middle, old[head + middle : len(old) - tail], new[head + middle :]
        coming = coming[: len(coming) - tail]
        if going:
            self.beginRemoveRows(NO_PARENT, at, at + len(going) - 1)
            del self._cues[at : at + len(going)]
            self.endRemoveRows()
        if coming:
            self.beginInsertRows(NO_PARENT, at, at + len(coming) - 1)
            self._cues[at:at] = coming
            self.endInsertRows()
        self._put(at + len(coming), new[len(new) - tail :])

    def _put(self, first: int, cues: Sequence[Cue]) -> None:
        """Other cues in rows that stay."""
        if cues:
            self._cues[first : first + len(cues)] = cues
            self.dataChanged.emit(self.index(first, 0), self.index(first + len(cues) - 1, Column.SIGN))

    def _signs_changed(self, cue_ids: frozenset[str]) -> None:
        for cue_id in cue_ids:
            row = self.findings.row_of(cue_id)
            if row is not None and row < len(self._cues):
                at = self.index(row, Column.SIGN)
                self.dataChanged.emit(at, at)

    def _style_changed(self) -> None:
        if self._cues:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, Column.SPEED, Column.SPEED)
            self.dataChanged.emit(self.index(0, Column.SPEED), self.index(len(self._cues) - 1, Column.SPEED))

    # ── what Qt asks ─────────────────────────────────────────────────────────────────────────────

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """How many cues there are."""
        return 0 if parent.isValid() else len(self._cues)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """The columns of `Column`."""
        return 0 if parent.isValid() else _COLUMNS  # asked for at every cell

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Texts only: the delegate draws from the cue itself."""
        if not index.isValid() or not 0 <= index.row() < len(self._cues):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index.row(), Column(index.column()))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index.row(), Column(index.column()))
        if role == Qt.ItemDataRole.ToolTipRole and index.column() in (Column.SIGN, Column.TEXT):
            return self._tooltip(index.row(), Column(index.column()))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The columns' names; numbers stand at the right."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = Column(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._title(column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._long_title(column)
        if role == Qt.ItemDataRole.ToolTipRole and column in (Column.LENGTH, Column.SPEED, Column.SIGN):
            return tr("{0}: click to sort, again to turn round, once more for order of time").format(
                self._long_title(column)
            )
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = column in (Column.NUMBER, Column.LENGTH, Column.SPEED)
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    # ── texts ────────────────────────────────────────────────────────────────────────────────────

    def _text(self, row: int, column: Column) -> str:
        cue = self._cues[row]
        match column:
            case Column.NUMBER:
                return str(row + 1)
            case Column.START:
                return format_ms(cue.start_ms)
            case Column.END:
                return format_ms(cue.end_ms)
            case Column.LENGTH:
                return seconds_text(cue.duration_ms)
            case Column.SPEED:
                return speed_of(cue, self._session.style).text
            case Column.TEXT:
                return cue.text.replace("\n", f" {LINE_BREAK} ")
            case Column.SIGN:
                return ""

    def _spoken(self, row: int, column: Column) -> str:
        text = self._text(row, column)
        match column:
            case Column.TEXT:
                return self._cues[row].text.replace("\n", " ") or tr("no text")
            case Column.SIGN:
                return self._tooltip(row, column) or tr("nothing found")
            case Column.LENGTH:
                return tr("{0} seconds").format(text)
            case Column.SPEED if counts_words(self._session.style):
                return tr("{0} words a minute").format(text)
            case Column.SPEED:
                return tr("{0} characters a second").format(text)
            case _:
                return text

    def _tooltip(self, row: int, column: Column) -> str:
        cue = self._cues[row]
        if column is Column.TEXT:
            return cue.text
        lines = [in_words(one.sentence, one.params) for one in self.findings.of(cue.id)]
        lines += [tr("Locked: re-flow leaves it as it is.")] if cue.locked else []
        lines += [tr("Rough draft by the built-in engine.")] if cue.mark == DRAFT else []
        return "\n".join(lines)

    def _title(self, column: Column) -> str:
        speed = tr("W/min") if counts_words(self._session.style) else tr("Ch/s")
        return ("#", tr("Start"), tr("End"), tr("Length"), speed, tr("Text"), "")[column]

    def _long_title(self, column: Column) -> str:
        speed = tr("Words a minute") if counts_words(self._session.style) else tr("Characters a second")
        names = (tr("Number"), tr("Start"), tr("End"), tr("Length in seconds"), speed, tr("Text"), tr("Findings"))
        return names[column]


def _same_ids(old: Sequence[Cue], new: Sequence[Cue]) -> int:
    """How many cues at the start are the same ones, by id."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((n for n, (before, after) in pairs if before.id != after.id), min(len(old), len(new)))
