"""Keys at a glance: every action that has one, by menu, in columns, on one sheet. Knows no verb."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.action import Action
from app.actions import ACTIONS, MENUS
from app.i18n import tr
from app.keys.bindings import Bindings, native_key
from app.keys.sets import NAMES
from app.theme.fonts import Role
from app.widgets import button, column, holding, label, row

_COLUMNS = 3
_SIZE = QSize(1120, 720)


class KeySheet(QDialog):
    """See above."""

    def __init__(self, bindings: Bindings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = bindings.keys()
        self.setWindowTitle(tr("Keys at a glance"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(_SIZE)
        name = label(tr("Key set: {0}").format(NAMES[bindings.set_name]), "secondary")
        close = button(tr("Close"), self.accept, "primary")
        close.setDefault(True)
        top = holding(row(label(tr("Keys at a glance"), "heading", size=Role.HEADING), 12, name, None, close))
        self.setLayout(column(top, self._area(), margins=(24, 16, 12, 12), gap=12))

    def _area(self) -> QScrollArea:
        area = QScrollArea()
        area.setWidget(self._sheet())
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.verticalScrollBar().setProperty("role", "thin")
        area.setAccessibleName(tr("Keys"))
        return area

    def _sheet(self) -> QWidget:
        """Menus go to the column that is shortest so far."""
        sheet = QWidget()
        across = QHBoxLayout(sheet)
        across.setContentsMargins(0, 0, 12, 0)
        across.setSpacing(32)
        columns = [QVBoxLayout() for _ in range(_COLUMNS)]
        heights = [0] * _COLUMNS
        for menu in MENUS:
            actions = [action for action in ACTIONS if action.menu == menu and self._keys.get(action.id)]
            place = heights.index(min(heights))
            heights[place] += len(actions) + 2
            columns[place].addWidget(self._block(menu, actions))
        for one in columns:
            one.setSpacing(16)
            one.addStretch(1)
            across.addLayout(one, 1)
        return sheet

    def _block(self, menu: str, actions: list[Action]) -> QWidget:
        block = QWidget()
        grid = QGridLayout(block)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(0, 1)
        grid.addWidget(label(tr(menu), "heading"), 0, 0, 1, 2)
        for line, action in enumerate(actions, start=1):
            keys = "   ".join(native_key(key) for key in self._keys[action.id])
            said = label(keys, "secondary")
            said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(label(tr(action.text).rstrip("…")), line, 0)
            grid.addWidget(said, line, 1)
        return block
