"""Moves the times of many cues by a length, or stretches them between two times. Knows no arithmetic of edits."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from app.editor.session import Session
from app.editor.times_dialog import TimesDialog, Unclear, choice, question
from app.i18n import tr
from app.theme import Role, font, tabular
from core.document import edits
from core.document.document import Document
from core.document.edit import Edit
from core.timecode import format_ms, parse_ms

_MINUS = ("-", "−")


class ShiftDialog(TimesDialog):
    """Attributes:
    way: shift or stretch. by: the length to shift by. start, end: what to stretch between.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, tr("Shift or stretch times"), parent)
        self.way = choice(tr("What to do"), [(tr("Shift by a length of time"), "shift"), (tr("Stretch"), "stretch")])
        self.by = _field(tr("By (a minus means earlier)"), "0.000")
        self.start = _field(tr("The first cue starts at"))
        self.end = _field(tr("The last cue ends at"))
        self._asked = {"shift": [question(self.by)], "stretch": [question(self.start), question(self.end)]}
        for field in (self.by, self.start, self.end):
            field.textChanged.connect(lambda _text: self.refresh())
        self.way.currentIndexChanged.connect(lambda _index: self._choose_way())
        self.scope.currentIndexChanged.connect(lambda _index: self._fill())
        self._fill()
        self.lay_out(question(self.way), *self._asked["shift"], *self._asked["stretch"])
        self._choose_way()
        self.by.selectAll()
        self.by.setFocus()

    def edit(self, document: Document, rows: Sequence[int]) -> Edit | None:
        """The edit that is meant."""
        if self.way.currentData() == "shift":
            return edits.shift(document, rows, _signed_ms(self.by.text()))
        start_ms, end_ms = _time_ms(self.start.text()), _time_ms(self.end.text())
        if end_ms <= start_ms:
            raise Unclear(tr("The end must lie behind the start."))
        return edits.stretch(document, rows, start_ms=start_ms, end_ms=end_ms)

    def shown_ms(self, ms: int, *, after: bool) -> str:
        """As in the text box."""
        del after
        return format_ms(ms)

    def _choose_way(self) -> None:
        for way, questions in self._asked.items():
            for one in questions:
                one.setVisible(way == self.way.currentData())
        self.refresh()
        self.adjustSize()

    def _fill(self) -> None:
        """Where the cues stand now."""
        cues, ends = self._session.bridge.document.cues, self._ends()
        if ends:
            self.start.setText(format_ms(cues[ends[0]].start_ms))
            self.end.setText(format_ms(cues[ends[-1]].end_ms))


def _field(name: str, text: str = "") -> QLineEdit:
    made = QLineEdit(text)
    made.setProperty("role", "field")
    made.setAccessibleName(name)
    made.setFont(tabular(font(Role.BODY)))
    return made


def _signed_ms(text: str) -> int:
    bare = text.strip()
    return -_time_ms(bare[1:]) if bare.startswith(_MINUS) else _time_ms(bare.removeprefix("+"))


def _time_ms(text: str) -> int:
    try:
        return parse_ms(text)
    except ValueError:
        raise Unclear(tr("Write a time such as 1.5, 1:23.5 or 00:01:23.500.")) from None
