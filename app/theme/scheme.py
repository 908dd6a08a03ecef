"""Which theme holds: the system's or a chosen one; puts it on the application. Knows no window.

Widgets that paint by themselves take a `Theme`, read `tokens` and repaint on `changed`.
"""

from __future__ import annotations

import enum
import functools
import sys

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QIcon, QStyleHints
from PySide6.QtWidgets import QApplication, QStyle
from shiboken6 import isValid

from app.theme.choices import choices_sheet
from app.theme.icons import icon
from app.theme.palette import palette, tokens_from
from app.theme.qss import style_sheet
from app.theme.tokens import DARK, LIGHT, Tokens


class Choice(enum.StrEnum):
    """What a person chose in the settings."""

    SYSTEM = "system"
    DARK = "dark"
    LIGHT = "light"


_SCHEMES = {
    Choice.SYSTEM: Qt.ColorScheme.Unknown,
    Choice.DARK: Qt.ColorScheme.Dark,
    Choice.LIGHT: Qt.ColorScheme.Light,
}


class Theme(QObject):
    """The theme in force.

    Attributes:
        changed: fires with the new `Tokens` after palette and style sheet are on the application.
        tokens: the colours now.
        choice: what was chosen.
    """

    changed = Signal(object)

    def __init__(self, application: QApplication, choice: Choice = Choice.SYSTEM) -> None:
        super().__init__(application)
        _in_force.append(self)
        self._application = application
        self._applied = ""
        self.choice = choice
        self.tokens: Tokens = DARK
        if sys.platform != "darwin":
            application.setStyle("Fusion")  # the native style draws its own tabs and buttons only on macOS as we need
        hints = _style_hints()
        hints.colorSchemeChanged.connect(self._system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)
        self.choose(choice)

    def choose(self, choice: Choice) -> None:
        """Follow the system, or stay dark or light."""
        self.choice = choice
        _style_hints().setColorScheme(_SCHEMES[choice])
        self._put_on()

    def icon(self, name: str, token: str = "text2", *, on: str = "accent") -> QIcon:
        """The icon of this name tinted by `token`, by the token `on` where its button is checked."""
        return icon(name, self.tokens.colour(token), self.tokens.colour(on))

    @Slot()
    def _system_changed(self) -> None:
        self._put_on()

    def _put_on(self) -> None:
        high = self._has_high_contrast()
        tokens = tokens_from(self._application.palette()) if high else self._named()
        sheet = style_sheet(tokens) + choices_sheet(tokens)
        if sheet == self._applied:
            return
        self._applied, self.tokens = sheet, tokens
        if not high:  # with high contrast the system's own palette wins
            self._application.setPalette(palette(tokens))
        self._application.setStyleSheet(sheet)
        self.changed.emit(tokens)

    def _named(self) -> Tokens:
        if self.choice is not Choice.SYSTEM:
            return DARK if self.choice is Choice.DARK else LIGHT
        return DARK if _style_hints().colorScheme() == Qt.ColorScheme.Dark else LIGHT

    def _has_high_contrast(self) -> bool:
        preference = _style_hints().accessibility().contrastPreference()
        return bool(preference == Qt.ContrastPreference.HighContrast)


def current() -> Theme:
    """The theme of this process's application; one that follows the system where nobody made one yet.

    There is one application and so one theme, as there is one palette: panes ask here for icons and colours.
    """
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise RuntimeError("there is no application yet")
    while _in_force and not isValid(_in_force[-1]):  # of an application that is gone
        _in_force.pop()
    return _in_force[-1] if _in_force else Theme(application)


_in_force: list[Theme] = []
"""Themes made in this process, the one in force last; asked by every button, so not searched for."""


@functools.cache
def _style_hints() -> QStyleHints:
    """The system's hints, held for the life of the process.

    WORKAROUND for PySide6 6.11.3: when the wrapper of the hints is collected, the one of its `accessibility()` is
    marked as deleted, although Qt keeps both.
    """
    return QGuiApplication.styleHints()


def motion_ms(duration_ms: int) -> int:
    """`duration_ms`, or 0 where the system asks for no motion."""
    style = QApplication.style()
    if style is None or style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0:
        return 0
    return duration_ms
