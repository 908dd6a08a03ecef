"""Small pieces every part of the window is put together from: labels, buttons, rules. Knows no document and no action.

A piece gets its role for the style sheet, its font and its accessible name where it is made.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QSize, Qt, Slot
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app import theme
from app.theme.fonts import Role, font

_NUMBER_PX = 7
Box = TypeVar("Box", bound=QAbstractSpinBox)


def label(text: str = "", role: str = "", *, size: Role = Role.BODY, wraps: bool = False) -> QLabel:
    """A plain text, never markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(font(size))
    made.setWordWrap(wraps)
    if role:
        made.setProperty("role", role)
    return made


def button(text: str, run: Callable[[], object], role: str = "normal", *, icon: str = "") -> QPushButton:
    """A button that says what it does."""
    made = QPushButton(text)
    made.setProperty("role", role)
    made.setAccessibleName(text)
    made.clicked.connect(lambda _checked=False: run())
    if icon:
        tinted(made, icon, _icon_colour(role))
    return made


def number_field(box: Box) -> Box:
    """A box for a number, drawn as a field; the style sheet's padding does not reach the text of such a box."""
    box.setProperty("role", "field")
    box.lineEdit().setTextMargins(_NUMBER_PX, 0, 0, 0)
    return box


def set_role(target: QPushButton, role: str) -> None:
    """Make a button another kind of button; its icon's colour goes along."""
    target.setProperty("role", role)
    repolish(target)
    tint = target.findChild(_Tint)
    if tint is not None:
        tint.take(_icon_colour(role))


def _icon_colour(role: str) -> str:
    return "onaccent" if role == "primary" else "text2"


def tool_button(name: str, run: Callable[[], object], icon: str) -> QToolButton:
    """A button that is only an icon; `name` is its tooltip and what is read out."""
    made = QToolButton()
    made.setProperty("role", "tool")
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.clicked.connect(lambda _checked=False: run())
    tinted(made, icon)
    return made


def tinted(target: QPushButton | QToolButton, icon: str, token: str = "text2") -> None:
    """Give a button an icon that changes its colour with the theme."""
    target.setIconSize(QSize(16, 16))
    _Tint(target, icon, token)


class _Tint(QObject):
    """Lives with a button and gives it its icon, again after each change of the theme."""

    def __init__(self, target: QPushButton | QToolButton, icon: str, token: str) -> None:
        super().__init__(target)
        self._target, self._icon, self._token = target, icon, token
        theme.current().changed.connect(self._put_on)
        self._put_on()

    def take(self, token: str) -> None:
        """Another colour."""
        self._token = token
        self._put_on()

    @Slot()
    def _put_on(self) -> None:
        self._target.setIcon(theme.current().icon(self._icon, self._token))


class Sign(QLabel):
    """An icon that is only looked at."""

    def __init__(self, icon: str, token: str = "text2", size_px: int = 16) -> None:
        super().__init__()
        self._icon, self._token, self._size_px = icon, token, size_px
        self.setFixedSize(size_px, size_px)
        theme.current().changed.connect(self._draw)
        self._draw()

    def show_icon(self, icon: str, token: str) -> None:
        """Another icon."""
        if (icon, token) != (self._icon, self._token):
            self._icon, self._token = icon, token
            self._draw()

    def _draw(self, _tokens: object = None) -> None:
        icon = theme.current().icon(self._icon, self._token)
        self.setPixmap(icon.pixmap(QSize(self._size_px, self._size_px), self.devicePixelRatioF()))


def framed(role: str) -> QFrame:
    """A frame whose look the style sheet gives."""
    made = QFrame()
    made.setProperty("role", role)
    return made


def row(*items: QWidget | int | None, margins: tuple[int, int, int, int] = (0, 0, 0, 0), gap: int = 8) -> QHBoxLayout:
    """Things beside each other; a number is a gap, None takes the room that is left."""
    made = QHBoxLayout()
    _filled(made, items, margins, gap)
    return made


def column(
    *items: QWidget | int | None, margins: tuple[int, int, int, int] = (0, 0, 0, 0), gap: int = 8
) -> QVBoxLayout:
    """Things below each other, as `row`."""
    made = QVBoxLayout()
    _filled(made, items, margins, gap)
    return made


def holding(layout: QHBoxLayout | QVBoxLayout) -> QWidget:
    """A widget with this layout."""
    made = QWidget()
    made.setLayout(layout)
    return made


def repolish(widget: QWidget) -> None:
    """Read the style sheet again: a property that it selects by has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def come_back(window: QWidget) -> None:
    """Show a minimised window as it was before: one that filled the screen fills it again."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()


def fixed_height(widget: QWidget) -> QWidget:
    """The widget, no higher than it asks for."""
    widget.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    return widget


def _filled(
    layout: QHBoxLayout | QVBoxLayout,
    items: tuple[QWidget | int | None, ...],
    margins: tuple[int, int, int, int],
    gap: int,
) -> None:
    layout.setContentsMargins(*margins)
    layout.setSpacing(gap)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        else:
            layout.addWidget(item)
