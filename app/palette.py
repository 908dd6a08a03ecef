"""The command palette: every action by its name, with its key. Knows the table of actions and no verb."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from app.action_set import ActionSet
from app.i18n import tr
from app.widgets import column
from app.wording import with_key

_WIDTH_PX = 560
_ROWS = 12
_ROW_PX = 26
_TOP_PX = 60
_ACTION = Qt.ItemDataRole.UserRole


class Palette(QFrame):
    """A field and a list over the window; Enter does what is chosen, Escape goes back to where the keys were."""

    def __init__(self, actions: ActionSet, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._came_from: QWidget | None = None
        self.setProperty("role", "card")
        self.setAccessibleName(tr("All commands"))
        self._actions = actions
        self._field = QLineEdit()
        self._field.setProperty("role", "field")
        self._field.setPlaceholderText(tr("Type a command"))
        self._field.setAccessibleName(tr("Command"))
        self._field.textChanged.connect(self._filter)
        self._field.installEventFilter(self)
        self._list = QListWidget()
        self._list.setProperty("role", "plain")
        self._list.setAccessibleName(tr("Commands"))
        self._list.setUniformItemSizes(True)
        self._list.setFixedHeight(_ROWS * _ROW_PX)
        self._list.itemActivated.connect(self._run)
        self._list.itemClicked.connect(self._run)
        self.setLayout(column(self._field, self._list, margins=(8, 8, 8, 8)))
        self.setFixedWidth(_WIDTH_PX)
        self.setAutoFillBackground(True)
        self.hide()

    def ask(self) -> None:
        """Open over the window's upper half."""
        self._field.clear()
        self._filter("")
        self._came_from = self._window.focusWidget()
        self.adjustSize()
        self.move((self._window.width() - _WIDTH_PX) // 2, _TOP_PX)
        self.show()
        self.raise_()
        self._field.setFocus()

    def leave(self) -> None:
        """Close; the keys go back to where they were."""
        self.hide()
        if self._came_from is not None and self._came_from.isVisible():
            self._came_from.setFocus()

    def names(self) -> tuple[str, ...]:
        """What is listed now."""
        return tuple(self._list.item(row).text() for row in range(self._list.count()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, Down and Enter work in the list while one types; what takes the keys away closes it."""
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            QTimer.singleShot(0, self, self._close_unless_inside)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if by is not None:
                self._list.setCurrentRow((self._list.currentRow() + by) % max(1, self._list.count()))
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run(self._list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _filter(self, wanted: str) -> None:
        parts = wanted.lower().split()
        self._list.clear()
        for action, made in self._actions.all():
            name = made.text().rstrip("…")
            searched = f"{action.menu} {name} {tr(action.tip)}".lower()
            if all(part in searched for part in parts):
                self._list.addItem(self._item(name, action.menu, made))
        self._list.setCurrentRow(next(iter(self._possible()), 0))

    def _item(self, name: str, menu: str, made: QAction) -> QListWidgetItem:
        key = made.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        item = QListWidgetItem(with_key(f"{tr(menu)}: {name}", key))
        item.setData(_ACTION, made)
        item.setToolTip(made.toolTip())
        if not made.isEnabled():
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
        return item

    def _close_unless_inside(self) -> None:
        focus = self._window.focusWidget()
        if focus is not None and not self.isAncestorOf(focus):
            self.hide()

    def _possible(self) -> list[int]:
        rows = range(self._list.count())
        return [row for row in rows if self._list.item(row).flags() & Qt.ItemFlag.ItemIsEnabled]

    def _run(self, item: QListWidgetItem | None) -> None:
        if item is None or not item.flags() & Qt.ItemFlag.ItemIsEnabled:
            return
        made = item.data(_ACTION)
        self.leave()
        if isinstance(made, QAction):
            made.trigger()
