"""What a dictation is doing, as both its windows show it: a few words, a dot, the time. Draws a `Dictation`."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app import theme
from app.dictation.dictation import Dictation
from app.dictation.phase import Phase
from app.i18n import tr
from app.theme.fonts import Role, font
from core.timecode import format_ms


def state_text(dictation: Dictation) -> str:
    """What it is doing, in a few words."""
    phase = dictation.phase
    if dictation.problem is not None and phase is Phase.RECORDING and not dictation.hearing.device:
        return tr("No microphone")
    if phase is Phase.RECORDING:
        return tr("Recording")
    if phase is Phase.PAUSED:
        return tr("Paused")
    if phase is Phase.ENDING:
        return tr("Last words…")
    if not dictation.hearing.is_open:
        return tr("Microphone off")
    return tr("Ready: the last 2 s are kept in memory") if dictation.hearing.device else tr("Opening the microphone…")


class Dot(QLabel):
    """Red beside the word “Recording”, else quiet."""

    def __init__(self) -> None:
        super().__init__("●")
        self.setFont(font(Role.SMALL))
        self.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self._token = "text3"
        theme.current().changed.connect(self._paint)
        self._paint()

    def show_phase(self, phase: Phase, *, lost: bool) -> None:
        """Red while sound is recorded."""
        self._token = "error" if phase is Phase.RECORDING and not lost else "text3"
        self._paint()

    def _paint(self, _tokens: object = None) -> None:
        self.setStyleSheet(f"color: {theme.current().tokens.colour(self._token)}")


def clock_of(ms: int) -> str:
    """Hours, minutes, seconds."""
    return format_ms(ms).partition(".")[0]
