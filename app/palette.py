"""The command palette: every action by its name, with its key. Knows the table of actions and no verb."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QColor, QKeyEvent
from PySide6.QtWidgets import QFrame, QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QWidget

from app import theme
from app.action_set import ActionSet
from app.i18n import tr
from app.theme import mixed
from app.theme.palette import DISABLED_SHARE
from app.widgets import column
from app.wording import with_key

_WIDTH_PX = 560
_ROWS = 12
_ROW_PX = 26
_TOP_PX = 60
_NAME, _KEY = 0, 1
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
        self._list = _command_list()
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
        return tuple(with_key(item.text(_NAME), item.text(_KEY)) for item in self._items())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, Down and Enter work in the list while one types; what takes the keys away closes it."""
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            QTimer.singleShot(0, self, self._close_unless_inside)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if by is not None:
                self._step(by)
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
                shown = self._actions.shown_key(action.id)
                self._list.addTopLevelItem(self._item(name, action.menu, made, shown))
        items = self._items()
        first = next((item for item in items if not item.isDisabled()), items[0] if items else None)
        if first is not None:
            self._list.setCurrentItem(first)

    def _item(self, name: str, menu: str, made: QAction, key: str) -> QTreeWidgetItem:
        tokens = theme.current().tokens
        item = QTreeWidgetItem([f"{tr(menu)}: {name}", key])
        item.setData(_NAME, _ACTION, made)
        item.setToolTip(_NAME, made.toolTip())
        item.setSizeHint(_NAME, QSize(0, _ROW_PX))
        item.setTextAlignment(_KEY, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setForeground(_KEY, QColor(tokens.text2))
        if not made.isEnabled():
            item.setDisabled(True)
            faint = QColor(mixed(tokens.text, tokens.panel, DISABLED_SHARE))
            item.setForeground(_NAME, faint)
            item.setForeground(_KEY, faint)
        return item

    def _items(self) -> list[QTreeWidgetItem]:
        rows = (self._list.topLevelItem(row) for row in range(self._list.topLevelItemCount()))
        return [item for item in rows if item is not None]

    def _step(self, by: int) -> None:
        items, now = self._items(), self._list.currentItem()
        if items:
            at = items.index(now) if now in items else 0
            self._list.setCurrentItem(items[(at + by) % len(items)])

    def _close_unless_inside(self) -> None:
        focus = self._window.focusWidget()
        if focus is not None and not self.isAncestorOf(focus):
            self.hide()

    def _run(self, item: QTreeWidgetItem | None) -> None:
        if item is None or item.isDisabled():
            return
        made = item.data(_NAME, _ACTION)
        self.leave()
        if isinstance(made, QAction):
            made.trigger()


def _command_list() -> QTreeWidget:
    """Two columns: what it is, and its key at the right."""
    made = QTreeWidget()
    made.setProperty("role", "plain")
    made.setAccessibleName(tr("Commands"))
    made.setColumnCount(2)
    made.setHeaderHidden(True)
    made.setRootIsDecorated(False)
    made.setUniformRowHeights(True)
    made.header().setStretchLastSection(False)
    made.header().setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
    made.header().setSectionResizeMode(_KEY, QHeaderView.ResizeMode.ResizeToContents)
    made.verticalScrollBar().setProperty("role", "thin")
    made.setFixedHeight(_ROWS * _ROW_PX)
    return made
