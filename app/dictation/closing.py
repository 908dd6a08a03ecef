"""Closing the window while somebody dictates: they are asked, and what was said is kept whatever they answer."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.dictation.dictation import Dictation
from app.dictation.phase import Phase
from app.i18n import tr
from app.messages import Messages
from app.widgets import come_back


class Closing(QObject):
    """See above."""

    def __init__(self, dictation: Dictation, messages: Messages, window: QWidget) -> None:
        super().__init__(dictation)
        self._dictation, self._messages, self._window = dictation, messages, window
        self._waits = False
        dictation.ended.connect(self._ended)
        dictation.failed.connect(self._failed)

    def may_close(self) -> bool:
        """Whether the window may close now. Nothing is asked where no word would be lost."""
        if not self._dictation.is_unfinished:
            return True
        if self._window.isMinimized():
            come_back(self._window)
        self._waits = False  # whoever asks again decides again; and nothing closes under an open question
        answer = self._ask()
        if answer == 0 and self._dictation.is_unfinished:
            self._waits = True
            self._dictation.finish()
            return False
        return answer is not None

    def _ask(self) -> int | None:
        """0 = wait for the last words, 1 = close at once, None = go on."""
        if self._dictation.phase is Phase.RECORDING:
            title = tr("You are being recorded.")
            answers = (tr("Finish, then close"), tr("Close now"))
        else:
            title = tr("The last words are still being recognised.")
            answers = (tr("Wait, then close"), tr("Close now"))
        kept = tr(
            "The recording and every final word are kept in any case. Words that are still being heard stay in the"
            " recording alone when you close now."
        )
        return self._messages.ask(self._window, title, kept, answers)

    def _ended(self) -> None:
        if self._waits:
            self._waits = False
            self._window.close()

    def _failed(self, _error: object) -> None:
        """What went wrong must be read: the window stays."""
        self._waits = False
