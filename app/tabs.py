"""The window's tabs: the editor, and parts of the program beside it, each made when first looked at. Knows no part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from app import theme

EDITOR, DICTATION = "editor", "dictation"


@dataclass(slots=True, eq=False)
class _Part:
    id: str
    icon: str
    make: Callable[[], QWidget]
    page: QWidget | None = None
    token: str = "text2"


class Tabs(QObject):
    """Which part of the program is in sight. The first tab is the editor's: there the window itself says what shows."""

    def __init__(self, bar: QTabBar, stack: QStackedWidget, shown: Callable[[], object]) -> None:
        """`shown`: called after another part has come into sight."""
        super().__init__(bar)
        self._bar, self._stack, self._shown = bar, stack, shown
        self._parts: list[_Part] = []
        self._editor: QWidget | None = None
        bar.currentChanged.connect(self._changed)
        theme.current().changed.connect(self._tint)

    @property
    def current(self) -> str:
        """Id of the part in sight."""
        row = self._bar.currentIndex()
        return self._parts[row - 1].id if 0 < row <= len(self._parts) else EDITOR

    def add(self, part_id: str, title: str, icon: str, make: Callable[[], QWidget]) -> None:
        """One more part, behind the others."""
        self._parts.append(_Part(part_id, icon, make))
        self._bar.addTab(title)
        self._tint()

    def show_part(self, part_id: str) -> None:
        """Go there."""
        rows = [EDITOR, *(part.id for part in self._parts)]
        self._bar.setCurrentIndex(rows.index(part_id))

    def ensure(self, part_id: str) -> None:
        """Make a part that nobody has looked at yet, out of sight."""
        self._page_of(next(part for part in self._parts if part.id == part_id))

    def tint(self, part_id: str, token: str) -> None:
        """Give a part's icon another colour, so that what it does is seen from the others, too."""
        part = next(part for part in self._parts if part.id == part_id)
        if part.token != token:
            part.token = token
            self._tint()

    def editor_shown(self) -> None:
        """The window shows the editor (a file was opened): its tab is the current one."""
        self._editor = self._stack.currentWidget()
        self._bar.setCurrentIndex(0)

    def _changed(self, row: int) -> None:
        if row <= 0:
            if self._editor is not None:
                self._stack.setCurrentWidget(self._editor)
        else:
            pages = [part.page for part in self._parts]
            if self._stack.currentWidget() not in pages:
                self._editor = self._stack.currentWidget()
            self._stack.setCurrentWidget(self._page_of(self._parts[row - 1]))
        self._shown()

    def _page_of(self, part: _Part) -> QWidget:
        if part.page is None:
            part.page = part.make()
            self._stack.addWidget(part.page)
        return part.page

    def _tint(self, _tokens: object = None) -> None:
        for row, part in enumerate(self._parts, start=1):
            self._bar.setTabIcon(row, theme.current().icon(part.icon, part.token))
