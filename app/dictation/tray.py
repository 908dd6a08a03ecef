"""The icon in the system's tray while sound is recorded, or a key of any program is armed: nobody is heard unseen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from app import theme
from app.dictation.dictation import Dictation
from app.dictation.phase import Phase
from app.i18n import tr


class Tray(QObject):
    """Shown from the first sound to the end, and while a key is armed, where the system has a tray."""

    def __init__(self, dictation: Dictation, is_armed: Callable[[], bool], parent: QWidget) -> None:
        super().__init__(parent)
        self._dictation, self._is_armed = dictation, is_armed
        self._icon: QSystemTrayIcon | None = None
        self._menu: QMenu | None = None
        dictation.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Draw what is."""
        phase = self._dictation.phase
        wanted = phase in (Phase.RECORDING, Phase.PAUSED) or (self._is_armed() and self._dictation.hearing.is_open)
        wanted = wanted and QSystemTrayIcon.isSystemTrayAvailable()
        if not wanted:
            if self._icon is not None:
                self._icon.hide()
            return
        icon = self._icon or self._made()
        recording = phase is Phase.RECORDING
        name = "pause" if phase is Phase.PAUSED else "microphone"
        icon.setIcon(theme.current().icon(name, "error" if recording else "text2"))
        icon.setToolTip(_TIPS[phase]())
        icon.show()

    def _made(self) -> QSystemTrayIcon:
        self._icon = QSystemTrayIcon(self)
        self._menu = QMenu()
        self._menu.addAction(tr("Start, pause or go on"), self._dictation.toggle)
        self._menu.addAction(tr("Finish"), self._dictation.finish)
        self._icon.setContextMenu(self._menu)
        return self._icon


_TIPS: dict[Phase, Callable[[], str]] = {
    Phase.IDLE: lambda: tr("Cuesmith: the microphone is open, its last 2 s are kept in memory"),
    Phase.RECORDING: lambda: tr("Cuesmith records"),
    Phase.PAUSED: lambda: tr("Cuesmith: dictation paused"),
    Phase.ENDING: lambda: tr("Cuesmith: the last words are being recognised"),
}
