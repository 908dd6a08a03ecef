"""What stands against a dictation, where it happens: no microphone, a slow engine, text that could not be pasted.

Draws a `Dictation`.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from app.dictation.dictation import Dictation
from app.dictation.phase import Phase
from app.dictation.typing import Typist
from app.i18n import tr
from app.theme.fonts import Role
from app.widgets import Sign, button, column, framed, holding, label, repolish, row


class Trouble(QFrame):
    """A strip, there while something is wrong.

    Signals:
        deviceChosen(str): go on with this microphone.
    """

    deviceChosen = Signal(str)

    def __init__(
        self, dictation: Dictation, typist: Typist | None = None, *, slow: bool = False, side_px: int = 24
    ) -> None:
        """`typist`: tell where its text is left; `slow`: tell of a slow engine, too. Where the whole window is in
        sight, a banner and the panel do. `side_px`: room at both sides."""
        super().__init__()
        self._dictation, self._typist, self._tells_slow = dictation, typist, slow
        self._device = ""
        self._frame = framed("banner-error")
        self._sign = Sign("error", "error")
        self._title = label("", "heading", wraps=True)
        self._text = label("", "secondary", size=Role.SMALL, wraps=True)
        self.other = button("", self._take_other, icon="microphone")
        words = holding(column(self._title, self._text, gap=2))
        inside = row(self._sign, words, self.other, margins=(side_px, 8, side_px, 8))
        inside.setStretch(1, 1)
        self._frame.setLayout(inside)
        self.setLayout(column(self._frame, gap=0))
        dictation.changed.connect(self.refresh)
        dictation.levelChanged.connect(self.refresh)
        if typist is not None:
            typist.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Draw what is."""
        dictation = self._dictation
        problem = dictation.problem
        lost = problem is not None and dictation.hearing.is_open and not dictation.hearing.device
        slow = self._tells_slow and dictation.is_slow and dictation.phase is Phase.RECORDING
        left = self._typist is not None and self._typist.fails
        if problem is not None and lost:
            self._say("banner-error", "error", problem.what_happened(tr), problem.what_to_do(tr))
        elif self._typist is not None and left:
            self._say("banner-doubt", "warning", *self._typist.trouble())
        elif slow:
            title = tr("This computer is slower than you speak.")
            self._say(
                "banner-doubt", "warning", title, tr("Everything is recorded; the text catches up when you pause.")
            )
        others = [name for name in dictation.hearing.devices if name] if lost else []
        self._device = others[0] if others else ""
        self.other.setVisible(bool(self._device))
        if self._device:
            text = tr("Use {0}").format(self._device)
            if self.other.text() != text:
                self.other.setText(text)
                self.other.setAccessibleName(text)
        self.setVisible(lost or left or slow)

    def _say(self, role: str, icon: str, title: str, text: str) -> None:
        if (self._title.text(), self._text.text()) == (title, text):
            return
        self._title.setText(title)
        self._text.setText(text)
        self._sign.show_icon(icon, "error" if icon == "error" else "doubt")
        self._frame.setProperty("role", role)
        repolish(self._frame)

    def _take_other(self) -> None:
        self.deviceChosen.emit(self._device)
