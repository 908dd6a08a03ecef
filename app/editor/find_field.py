"""The field the searched text is typed in. Knows no cues."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from app import theme
from app.i18n import tr

_PADDING_PX = 8


class FindField(QLineEdit):
    """Where the searched text is typed.

    Signals:
        left(bool): Enter or Down (True: go to the rows), or Escape (False: the search is over).
    """

    left = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "field")
        self.setPlaceholderText(tr("Find in text"))
        self.setAccessibleName(tr("Find in text"))
        self._sign = self.addAction(theme.current().icon("search", "text3"), QLineEdit.ActionPosition.LeadingPosition)
        self.setTextMargins(-_PADDING_PX, 0, 0, 0)  # the icon brings a gap of its own
        theme.current().changed.connect(self._tint)

    def _tint(self) -> None:
        self._sign.setIcon(theme.current().icon("search", "text3"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave to the rows, or give up."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit(True)
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit(False)
        else:
            super().keyPressEvent(event)
