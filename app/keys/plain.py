"""Plain keys such as Space go to the window's actions, but where the widget with the focus needs them itself."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QTabBar, QWidget

from app.action_set import ActionSet


class PlainKeys(QObject):
    """Watches the focus until `stop`."""

    def __init__(self, commands: ActionSet, window: QWidget) -> None:
        super().__init__(window)
        self._commands, self._window = commands, window
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_changed)

    def stop(self) -> None:
        """Watch no more: the window closes."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.disconnect(self._focus_changed)

    def _focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        """A button, a list or a box that has the focus keeps Space for itself."""
        inside = self._window.isAncestorOf(now) if now is not None else False
        own = isinstance(now, QAbstractButton | QComboBox | QTabBar) and inside
        in_dialog = isinstance(now, QAbstractItemView) and not inside
        self._commands.take_plain_keys(not (own or in_dialog))
