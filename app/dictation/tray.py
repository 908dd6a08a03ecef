"""The icon in the system's tray while sound is recorded: nobody is recorded unseen. Draws a `Dictation`."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from app import theme
from app.dictation.dictation import Dictation
from app.dictation.phase import Phase
from app.i18n import tr


class Tray(QObject):
    """Shown from the first sound to the end, where the system has a tray."""

    def __init__(self, dictation: Dictation, parent: QWidget) -> None:
        super().__init__(parent)
        self._dictation = dictation
        self._icon: QSystemTrayIcon | None = None
        self._menu: QMenu | None = None
        dictation.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Draw what is."""
        phase = self._dictation.phase
        wanted = phase in (Phase.RECORDING, Phase.PAUSED) and QSystemTrayIcon.isSystemTrayAvailable()
        if not wanted:
            if self._icon is not None:
                self._icon.hide()
            return
        icon = self._icon or self._made()
        recording = phase is Phase.RECORDING
        icon.setIcon(theme.current().icon("microphone" if recording else "pause", "error" if recording else "text2"))
        icon.setToolTip(tr("Cuesmith records") if recording else tr("Cuesmith: dictation paused"))
        icon.show()

    def _made(self) -> QSystemTrayIcon:
        self._icon = QSystemTrayIcon(self)
        self._menu = QMenu()
        self._menu.addAction(tr("Pause or go on"), self._toggle)
        self._menu.addAction(tr("Finish"), self._dictation.finish)
        self._icon.setContextMenu(self._menu)
        return self._icon

    def _toggle(self) -> None:
        recording = self._dictation.phase is Phase.RECORDING
        (self._dictation.pause if recording else self._dictation.start)()
