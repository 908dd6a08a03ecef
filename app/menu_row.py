"""The window's top row: menus, tabs, undo and redo, search, export. Drawn from the table of actions."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QMenuBar, QTabBar, QWidget

from app import theme
from app.action import State
from app.action_set import ActionSet
from app.i18n import tr
from app.widgets import repolish, row

_HEIGHT_PX = 44
_MENU_HEIGHT_PX = 28


class MenuRow(QWidget):
    """One row of 44 px; on macOS the menus are the system's.

    Attributes:
        tabs: one tab a part of the program that exists.
    """

    def __init__(self, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._asking = State(), False
        self.setObjectName("menuRow")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(_HEIGHT_PX)
        self._bar = QMenuBar(None if sys.platform == "darwin" else self)
        self._bar.setObjectName("menus")
        self._bar.setFixedHeight(_MENU_HEIGHT_PX)
        self._bar.setAccessibleName(tr("Menus"))
        actions.fill(self._bar)
        self.tabs = QTabBar()
        self.tabs.setProperty("role", "main")
        self.tabs.setAccessibleName(tr("Parts of the program"))
        self.tabs.addTab(tr("Editor"))
        self.tabs.setExpanding(False)
        layout = row(margins=(12, 0, 12, 0), gap=4)
        if self._bar.parent() is not None:
            layout.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignVCenter)
            layout.addSpacing(16)
        layout.addWidget(self.tabs)
        layout.addStretch(1)
        for action_id in ("edit.undo", "edit.redo", "edit.find"):
            layout.addWidget(actions.tool(action_id))
            layout.addSpacing(4)
        self.recognise = actions.push("job.start", icon=False)
        self.export = actions.push("file.export", "primary", icon=False)
        actions.looked.connect(self.show_state)
        layout.addSpacing(8)
        layout.addWidget(self.recognise)
        layout.addSpacing(4)
        layout.addWidget(self.export)
        self.setLayout(layout)
        theme.current().changed.connect(self._tint)
        self._tint()

    def show_state(self, state: State) -> None:
        """One primary button: what is next, recognising where there are no cues yet, else exporting."""
        self._state = state
        empty = state.cues == 0 and state.sound and not self._asking
        for made in (self.recognise, self.export):
            made.setVisible(state.editor)
        for made, role in (
            (self.recognise, "primary" if empty else "normal"),
            (self.export, "normal" if empty else "primary"),
        ):
            if made.property("role") != role:
                made.setProperty("role", role)
                repolish(made)
                self._tint()

    def add_recent(self, recent: Callable[[], Sequence[Path]], open_: Callable[[Path], object]) -> None:
        """A list of files opened last, in the first menu behind its first line; looked up when it opens."""
        first = self._bar.actions()[0].menu()
        if not isinstance(first, QMenu):
            return
        menu = QMenu(tr("Open recent"), first)
        first.insertMenu(first.actions()[1], menu)

        def fill() -> None:
            menu.clear()
            for path in recent():
                menu.addAction(path.name, partial(open_, path)).setToolTip(str(path))
            if menu.isEmpty():
                menu.addAction(tr("No recent files")).setEnabled(False)

        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(fill)

    def set_asking(self, asking: bool) -> None:
        """While something else on the screen asks whether to recognise, this button does not shout, too."""
        self._asking = asking
        self.show_state(self._state)

    def _tint(self, _tokens: object = None) -> None:
        scheme = theme.current()
        self.tabs.setTabIcon(0, scheme.icon("film", "text2"))
        for made, icon in ((self.recognise, "words"), (self.export, "export")):
            made.setIcon(scheme.icon(icon, "onaccent" if made.property("role") == "primary" else "text2"))
