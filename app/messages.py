"""The one door to the user for errors and questions. Logs what it shows; `QMessageBox` stands here and nowhere else.

Knows no error by name: an error brings its sentence and its next step; the window translates by code where a
translation is there.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from app.i18n import tr
from core.errors import CuesmithError

_log = logging.getLogger("cuesmith.messages")


@dataclass(frozen=True, slots=True)
class Offer:
    """A button under a message: what it says, and what it does."""

    text: str
    run: Callable[[], object]


@dataclass(frozen=True, slots=True, eq=False)
class Message:
    """What a banner shows: what stopped, what is safe, what to do.

    Attributes:
        code: of the error, for tests and translations.
        title: one bold sentence.
        text: what is safe and what to do next.
        offers: at most three, the best first.
        details: folded; a traceback or a log's end, with a copy button.
        kind: "error", "warning" or "info".
    """

    code: str
    title: str
    text: str = ""
    offers: Sequence[Offer] = ()
    details: str = ""
    kind: str = "error"


class Messages(QObject):
    """Says things to the user. Panes that can show a banner connect to `said`.

    Signals:
        said(Message): show this where it happened.
        withdrawn(str): the message with this code no longer holds.
        dismissed(str): its banner went, and nobody took what it offered: closed by hand, or for another file.
    """

    said = Signal(object)
    withdrawn = Signal(str)
    dismissed = Signal(str)

    def error(self, error: CuesmithError, *, offers: Sequence[Offer] = ()) -> None:
        """Show an error as a banner."""
        _log.info("shown: %s %s", error.code, error)
        title, step = error.what_happened(tr), error.what_to_do(tr)
        self.said.emit(Message(error.code, title, step, tuple(offers), error.details))

    def tell(self, message: Message) -> None:
        """Show any message as a banner."""
        _log.info("shown: %s %s", message.code, message.title)
        self.said.emit(message)

    def withdraw(self, code: str) -> None:
        """Take the message with this code away."""
        self.withdrawn.emit(code)

    def ask(self, parent: QWidget | None, title: str, text: str, answers: Sequence[str]) -> int | None:
        """A question that cannot wait: the index of the answer, or None for Escape. The first answer is the default."""
        box = QMessageBox(parent)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(tr("Cuesmith"))
        box.setText(title)
        box.setInformativeText(text)
        buttons = [box.addButton(answer, QMessageBox.ButtonRole.ActionRole) for answer in answers]
        cancel = box.addButton(QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(buttons[0])
        box.setEscapeButton(cancel)
        box.exec()
        clicked = box.clickedButton()
        return next((index for index, button in enumerate(buttons) if button is clicked), None)
