"""Asks for a place in the film: a time, a timecode or a frame's number. Knows no player."""

from __future__ import annotations

import re
from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.editor.session import Session
from app.i18n import tr
from app.widgets import button, column, holding, label, row
from core.timecode import format_ms, ms_of_frame, parse_ms, parse_timecode

_FRAME = re.compile(r"\s*#\s*(\d{1,9})\s*", re.ASCII)
_TIMECODE_PARTS = 4


def place_of(text: str, rate: Fraction | None) -> int:
    """The ms a person named: "1:23.5", "00:01:23:12" (a timecode), "#2000" (a frame, 0 = first).

    Raises:
        ValueError: it is none of them, or a frame was named where there is no picture.
    """
    frame = _FRAME.fullmatch(text)
    if frame is not None and rate is not None:
        return ms_of_frame(int(frame[1]), rate)
    if rate is not None and len(re.split("[:;]", text)) == _TIMECODE_PARTS:
        return ms_of_frame(parse_timecode(text, rate), rate)
    return parse_ms(text)


def ask_for_place(session: Session, window: QWidget) -> None:
    """Ask, and go there."""
    dialog = GoToDialog(session, window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.chosen.connect(session.seek)
    dialog.open()


class GoToDialog(QDialog):
    """A field; Enter goes there.

    Signals:
        chosen(int): ms.
    """

    chosen = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rate = session.bridge.document.frame_rate
        self.setWindowTitle(tr("Go to time"))
        self.field = QLineEdit(format_ms(session.playhead_ms))
        self.field.setProperty("role", "field")
        self.field.setAccessibleName(tr("Time"))
        self.field.selectAll()
        self._wrong = label("", "secondary", wraps=True)
        how = tr("A time like 1:23.5, a timecode like 00:01:23:12, or a frame like #2000.")
        self._go = button(tr("Go there"), self._accept, "primary")
        self._go.setDefault(True)
        foot = holding(row(None, button(tr("Cancel"), self.reject), self._go))
        self.setLayout(
            column(label(how, "secondary", wraps=True), self.field, self._wrong, foot, margins=(24, 20, 24, 16), gap=12)
        )
        self.setMinimumWidth(400)
        self.field.textEdited.connect(lambda _text: self._wrong.setText(""))

    def _accept(self) -> None:
        try:
            ms = place_of(self.field.text(), self._rate)
        except ValueError:
            self._wrong.setText(tr("That is neither a time nor a timecode of this film."))
            self.field.selectAll()
            return
        self.chosen.emit(ms)
        self.accept()
