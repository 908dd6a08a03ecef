"""The view of the cue table: columns that give way as it gets narrower, keys, what is hovered. Knows no document."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.editor.cue_delegate import INSET_PX, CueDelegate
from app.editor.cue_filter import CueFilter
from app.editor.cue_model import Column
from app.i18n import tr
from app.theme import Role, font, tabular

_ROW_PX = 26
_SIGN_PX = 32
_END_FROM_PX = 680
_LENGTH_FROM_PX = 460
_SPEED_FROM_PX = 400

_SORTED = (Column.LENGTH, Column.SPEED, Column.SIGN)


class CueView(QTableView):
    """Signals:
    contextMenuWanted(QPoint): right click or the Menu key; a global place, the row under it is selected.
    editWanted(): Enter or a double click: the cue's text is to be edited.
    """

    contextMenuWanted = Signal(QPoint)
    editWanted = Signal()

    def __init__(self, rows: CueFilter, delegate: CueDelegate) -> None:
        super().__init__()
        self._rows, self._delegate = rows, delegate
        self.setObjectName("cueTable")
        self.setProperty("role", "plain")
        self.setAccessibleName(tr("Cues"))
        self.setModel(rows)
        self.setItemDelegate(delegate)
        self._set_up_view()
        self._set_up_columns()
        self.doubleClicked.connect(lambda _index: self.editWanted.emit())
        self.selectionModel().currentChanged.connect(self._current_changed)

    def _set_up_view(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setProperty("role", "thin")
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setDragEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _set_up_columns(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(False)
        header.setSectionsClickable(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.TEXT, QHeaderView.ResizeMode.Stretch)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.sectionClicked.connect(self._sort)
        self.measure()

    def measure(self) -> None:
        """Row height and column widths for the font of now."""
        self._delegate.font_changed()
        metrics = QFontMetrics(tabular(font(Role.BODY)))
        self.verticalHeader().setDefaultSectionSize(max(_ROW_PX, metrics.height() + 8))
        self.horizontalHeader().setFont(font(Role.SMALL))
        self.horizontalHeader().setFixedHeight(max(28, metrics.height() + 10))
        time_px = metrics.horizontalAdvance("00:00:00.000") + 2 * INSET_PX + 2
        number_px = metrics.horizontalAdvance("00000") + 2 * INSET_PX
        for column, width in {
            Column.NUMBER: number_px, Column.START: time_px, Column.END: time_px, Column.LENGTH: number_px + 14,
            Column.SPEED: number_px + 8, Column.SIGN: _SIGN_PX,
        }.items():  # fmt: skip
            self.setColumnWidth(column, width)

    def order_by_time(self) -> None:
        """Forget the order by length, speed or state."""
        self._rows.order_by(None)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.horizontalHeader().setSortIndicatorShown(False)

    def _sort(self, section: int) -> None:
        """A click sorts (speed and length: the highest first), the next turns it round, the third is order of time."""
        column, header = Column(section), self.horizontalHeader()
        first = Qt.SortOrder.AscendingOrder if column is Column.SIGN else Qt.SortOrder.DescendingOrder
        again = header.isSortIndicatorShown() and header.sortIndicatorSection() == section
        if column not in _SORTED or (again and header.sortIndicatorOrder() is not first):
            self.order_by_time()
            return
        turned = Qt.SortOrder.AscendingOrder if first is Qt.SortOrder.DescendingOrder else Qt.SortOrder.DescendingOrder
        order = turned if again else first
        self._rows.order_by(column, order)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(section, order)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    # ── what Qt tells ────────────────────────────────────────────────────────────────────────────

    def event(self, event: QEvent) -> bool:
        """Select all means what is shown: with a search on, cues out of sight must not be deleted along."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._rows.filtering:
            event.setAccepted(event.matches(QKeySequence.StandardKey.SelectAll))
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide what does not fit; the text keeps the room."""
        width_px = event.size().width()
        self.setColumnHidden(Column.END, width_px < _END_FROM_PX)
        self.setColumnHidden(Column.LENGTH, width_px < _LENGTH_FROM_PX)
        self.setColumnHidden(Column.SPEED, width_px < _SPEED_FROM_PX)
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """The system's font may be another."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            self.measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter edits; Space is left to the player; letters are left to the window's shortcuts."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.editWanted.emit()
        elif event.key() == Qt.Key.Key_Menu:
            self._menu_at_row()
        elif event.text().isprintable() and event.text() and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A right click selects what is under it first, unless that is selected already."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.RightButton:
            index = self.indexAt(event.position().toPoint())
            if index.isValid() and not self.selectionModel().isRowSelected(index.row(), QModelIndex()):
                self.selectRow(index.row())
            self.contextMenuWanted.emit(event.globalPosition().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer with the hovered row."""
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(int(event.position().y())))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is hovered any more."""
        super().leaveEvent(event)
        self._hover(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which row the keys act on."""
        super().focusInEvent(event)
        self._current_changed()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keys act elsewhere."""
        super().focusOutEvent(event)
        self._current_changed()

    def _menu_at_row(self) -> None:
        rect = self.visualRect(self.currentIndex())
        self.contextMenuWanted.emit(self.viewport().mapToGlobal(rect.bottomLeft()))

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered:
            before, self._delegate.hovered = self._delegate.hovered, row
            self._repaint_rows(before, row)

    def _current_changed(self, *_indexes: object) -> None:
        now = self.currentIndex().row() if self.hasFocus() else -1
        before, self._delegate.current = self._delegate.current, now
        self._repaint_rows(before, now)

    def _repaint_rows(self, *rows: int) -> None:
        for row in rows:
            if row >= 0:
                height_px = self.rowHeight(row)
                self.viewport().update(0, self.rowViewportPosition(row), self.viewport().width(), height_px)
