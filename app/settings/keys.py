"""The page “Keys”: which set, which key does what, and Subtitle Edit's own shortcuts brought in. Knows no verb."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from app.actions import ACTIONS, by_id
from app.i18n import tr
from app.keys.bindings import Bindings, native_key
from app.keys.keyboard import Keyboard
from app.keys.sets import NAMES
from app.keys.sheet import KeySheet
from app.keys.subtitle_edit import Imported, read_shortcuts
from app.settings.dialog import Parts
from app.widgets import button, column, holding, label, row
from core.errors import CuesmithError

_NAME, _KEYS = 0, 1
_ID = Qt.ItemDataRole.UserRole
_LEAST_ROWS_PX = 280
_ROW_PX = 26


def make(parts: Parts) -> QWidget:
    """The page."""
    assert parts.keyboard is not None  # the window has one
    return KeysPage(parts, parts.keyboard)


class KeysPage(QWidget):
    """See above.

    Attributes:
        sets, list, field, said: the choice of sets, the actions, the new key, what it would mean.
    """

    def __init__(self, parts: Parts, keyboard: Keyboard) -> None:
        super().__init__()
        self._parts, self._keyboard = parts, keyboard
        self.setAccessibleName(tr("Keys"))
        self.sets = self._set_choice()
        self._filter = QLineEdit()
        self._filter.setProperty("role", "field")
        self._filter.setPlaceholderText(tr("Find a command or a key"))
        self._filter.setAccessibleName(tr("Find a command or a key"))
        self.list = _command_list()
        self.field = QKeySequenceEdit()
        self.field.setMaximumSequenceLength(1)
        self.field.setAccessibleName(tr("New key"))
        for inner in self.field.findChildren(QLineEdit):
            inner.setProperty("role", "field")
            inner.setPlaceholderText(tr("Type the new key"))
        self.said = label("", "secondary", wraps=True)
        self._give = button(tr("Give it this key"), self._give_key)
        self._clear = button(tr("No key"), self._clear_keys)
        self._back = button(tr("As in the set"), self._restore_one)
        self._lay_out()
        self._filter.textChanged.connect(self._show)
        self.list.currentItemChanged.connect(lambda *_: self._look())
        self.field.keySequenceChanged.connect(lambda _keys: self._look())
        keyboard.changed.connect(self._show)
        self._show()

    # ── making it ────────────────────────────────────────────────────────────────────────────────

    def _set_choice(self) -> QComboBox:
        made = QComboBox()
        made.setProperty("role", "field")
        made.setAccessibleName(tr("Key set"))
        for name, title in NAMES.items():
            made.addItem(title, name)
        made.setCurrentIndex(made.findData(self._keyboard.bindings.set_name))
        made.activated.connect(lambda _at: self._choose_set())
        return made

    def _lay_out(self) -> None:
        top = holding(row(label(tr("Key set")), self.sets, None, button(tr("At a glance…"), self._show_sheet)))
        change = holding(row(self.field, self._give, self._clear, self._back, None))
        bring = button(tr("Bring in Subtitle Edit's shortcuts…"), self._ask_for_file)
        foot = holding(row(bring, None, button(tr("Everything as in the set"), self._restore_all)))
        self.list.setMinimumHeight(_LEAST_ROWS_PX)
        self.setLayout(column(top, self._filter, self.list, change, self.said, foot, margins=(0, 0, 8, 0), gap=12))

    # ── showing ──────────────────────────────────────────────────────────────────────────────────

    @property
    def _bindings(self) -> Bindings:
        return self._keyboard.bindings

    def _show(self) -> None:
        """Fill the list; the chosen command stays chosen."""
        chosen, keys, wanted = self.chosen(), self._bindings.keys(), self._filter.text().lower()
        conflicts = {name for names in self._bindings.conflicts().values() for name in names}
        self.list.clear()
        for action in ACTIONS:
            shown = "   ".join(native_key(key) for key in keys[action.id])
            title = f"{tr(action.menu)}: {tr(action.text).rstrip('…')}"
            if wanted in f"{title} {shown}".lower():
                item = QTreeWidgetItem([title, shown])
                item.setData(_NAME, _ID, action.id)
                item.setSizeHint(_NAME, QSize(0, _ROW_PX))
                item.setToolTip(_NAME, tr(action.tip) or title)
                font = item.font(_KEYS)
                font.setBold(self._bindings.is_changed(action.id))
                item.setFont(_KEYS, font)
                if action.id in conflicts:
                    item.setText(_KEYS, tr("{0}  (twice)").format(shown))
                self.list.addTopLevelItem(item)
                if action.id == chosen:
                    self.list.setCurrentItem(item)
        first = self.list.topLevelItem(0)
        if self.list.currentItem() is None and first is not None:
            self.list.setCurrentItem(first)
        self._look()

    def chosen(self) -> str:
        """Id of the chosen command, or ""."""
        item = self.list.currentItem()
        return str(item.data(_NAME, _ID)) if item is not None else ""

    def choose(self, action_id: str) -> None:
        """Choose a command."""
        for place in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(place)
            if item is not None and item.data(_NAME, _ID) == action_id:
                self.list.setCurrentItem(item)

    def _look(self) -> None:
        """What the new key would mean, and what can be done."""
        key, chosen = self._new_key(), self.chosen()
        others = [name for name in self._bindings.who_has(key) if name != chosen] if key else []
        if others:
            names = ", ".join(f"“{tr(by_id(name).text).rstrip('…')}”" for name in others)
            self.said.setText(tr("{0} is the key of {1}, which would lose it.").format(native_key(key), names))
        else:
            self.said.setText(tr("{0} is free.").format(native_key(key)) if key else "")
        self._give.setEnabled(bool(key and chosen))
        self._clear.setEnabled(bool(chosen and self._bindings.keys().get(chosen)))
        self._back.setEnabled(self._bindings.is_changed(chosen))

    def _new_key(self) -> str:
        return self.field.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    # ── changing ─────────────────────────────────────────────────────────────────────────────────

    def _choose_set(self) -> None:
        self._keyboard.put(self._bindings.with_set(str(self.sets.currentData())))

    def _give_key(self) -> None:
        key, chosen = self._new_key(), self.chosen()
        had = tuple(one for one in self._bindings.keys()[chosen] if one != key)
        self.field.clear()
        self._keyboard.put(self._bindings.with_many({chosen: (key, *had)}))

    def _clear_keys(self) -> None:
        self._keyboard.put(self._bindings.with_keys(self.chosen(), ()))

    def _restore_one(self) -> None:
        self._keyboard.put(self._bindings.restored(self.chosen()))

    def _restore_all(self) -> None:
        self._keyboard.put(self._bindings.restored())

    def _show_sheet(self) -> None:
        KeySheet(self._bindings, self).open()

    def _ask_for_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("Subtitle Edit's settings"), "", tr("Settings of Subtitle Edit (*.xml *.shortcuts);;All files (*)")
        )
        if chosen:
            self.bring_in(Path(chosen))

    def bring_in(self, path: Path) -> None:
        """Take over the shortcuts of a file."""
        try:
            found = read_shortcuts(path)
        except CuesmithError as error:
            self.said.setText(f"{error.what_happened(tr)} {error.what_to_do(tr)}")
            return
        self._keyboard.put(self._bindings.with_many(found.keys))
        self.said.setText(_said(found))


def _said(found: Imported) -> str:
    text = tr("{0} commands have Subtitle Edit's keys now.").format(len(found.keys))
    left = len(found.unknown) + len(found.unreadable)
    return text + (" " + tr("{0} have no counterpart here.").format(left) if left else "")


def _command_list() -> QTreeWidget:
    made = QTreeWidget()
    made.setProperty("role", "plain")
    made.setAccessibleName(tr("Commands"))
    made.setColumnCount(2)
    made.setHeaderLabels([tr("Command"), tr("Keys")])
    made.setRootIsDecorated(False)
    made.setUniformRowHeights(True)
    made.header().setStretchLastSection(False)
    made.header().setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
    made.header().setSectionResizeMode(_KEYS, QHeaderView.ResizeMode.ResizeToContents)
    made.verticalScrollBar().setProperty("role", "thin")
    return made
