"""The settings dialog: pages on the left, the chosen one on the right. Knows no setting and no page by name.

A page is imported when it is first looked at.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QFrame, QListWidget, QListWidgetItem, QScrollArea, QStackedWidget, QWidget

from app import theme
from app.background import Background
from app.i18n import tr
from app.keys.keyboard import Keyboard
from app.messages import Messages
from app.settings import PAGES
from app.widgets import button, column, framed, holding, label, row
from core.settings import Settings

_SIZE = QSize(880, 620)
_LIST_PX = 208
_ROW_PX = 34
_PAGE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Parts:
    """What pages work with.

    Attributes:
        settings: as they are now. keep: keeps other ones, from now on and for the next start.
        keyboard: the keys in force.
    """

    settings: Callable[[], Settings]
    keep: Callable[[Settings], object]
    messages: Messages
    background: Background
    keyboard: Keyboard | None = None


class SettingsDialog(QDialog):
    """See above."""

    def __init__(self, parts: Parts, parent: QWidget | None = None, page: str = "") -> None:
        """`page`: id of the one to begin with; "" = the first."""
        super().__init__(parent)
        self._parts = parts
        self._made: dict[str, QWidget] = {}
        self.setWindowTitle(tr("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.pages = self._list()
        self._stack = QStackedWidget()
        self._title = label("", "heading")
        self._lay_out()
        self.resize(_SIZE)
        self.pages.currentRowChanged.connect(self._show)
        self.pages.setCurrentRow(list(PAGES).index(page) if page in PAGES else 0)

    def page(self, name: str) -> QWidget:
        """The page of this id, made when it is first asked for."""
        if name not in self._made:
            made: QWidget = importlib.import_module(PAGES[name][0]).make(self._parts)
            self._made[name] = made
            self._stack.addWidget(_scrolling(made))
        return self._made[name]

    def _show(self, row_number: int) -> None:
        name = list(PAGES)[row_number]
        self._stack.setCurrentWidget(_area_of(self.page(name)))
        self._title.setText(tr(PAGES[name][1]))

    def _list(self) -> QListWidget:
        made = QListWidget()
        made.setProperty("role", "plain")
        made.setAccessibleName(tr("Pages of the settings"))
        made.setFixedWidth(_LIST_PX)
        made.setFrameShape(QFrame.Shape.NoFrame)
        for name, (_, title, icon) in PAGES.items():
            item = QListWidgetItem(theme.current().icon(icon, "text2"), tr(title), made)
            item.setData(_PAGE, name)
            item.setSizeHint(QSize(_LIST_PX, _ROW_PX))
        return made

    def _lay_out(self) -> None:
        left = framed("panel")
        left.setLayout(column(self.pages, margins=(8, 12, 8, 12)))
        right = holding(column(self._title, self._stack, margins=(24, 16, 24, 8), gap=12))
        close = button(tr("Close"), self.accept, "primary")
        close.setDefault(True)
        foot = framed("panel")
        foot.setLayout(
            row(label(tr("Every choice is kept at once."), "secondary"), None, close, margins=(24, 8, 24, 8))
        )
        top = row(left, gap=0)
        top.addWidget(right, 1)
        whole = column(holding(top), framed("rule"), foot, gap=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.setAccessibleDescription(tr("Every choice is kept at once."))


def _scrolling(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.verticalScrollBar().setProperty("role", "thin")
    area.setAccessibleName(tr("Page"))
    return area


def _area_of(page: QWidget) -> QWidget:
    at: Any = page
    while not isinstance(at, QScrollArea):
        at = at.parentWidget()
    return at
