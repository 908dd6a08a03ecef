"""A field for a time in the film: shown as a timecode, written in any way people write times. Knows no cue."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from app.theme import Role, font, tabular
from app.widgets import repolish
from core.timecode import format_ms, parse_ms


class TimeField(QLineEdit):
    """Signals:
    entered(int): ms; Enter was pressed, or the field left, with another time in it.
    stepped(int): Up (+1) or Down (-1), ten at a time with Shift.
    wrong(bool): what stands there is no time; False: it is one again.
    left(): Escape; the time of before stands there again.
    """

    entered = Signal(int)
    stepped = Signal(int)
    wrong = Signal(bool)
    left = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._ms: int | None = None
        self._is_wrong = False
        self.setProperty("role", "field")
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFont(tabular(font(Role.BODY)))
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setFixedWidth(QFontMetrics(self.font()).horizontalAdvance("00:00:00.000") + 26)
        self.textEdited.connect(lambda _text: self._say_wrong(False))

    @property
    def is_wrong(self) -> bool:
        """Whether what stands there was refused."""
        return self._is_wrong

    def show_ms(self, ms: int | None) -> None:
        """The time of now; what is being written stays until it is entered or given up."""
        same, self._ms = ms == self._ms, ms
        if not (same and self.isModified()):
            self.restore()

    def restore(self) -> None:
        """Give up what was written."""
        self.setText("" if self._ms is None else format_ms(self._ms))
        self.setModified(False)
        self._say_wrong(False)

    def refuse(self) -> None:
        """What was written cannot be."""
        self.setModified(True)
        self._say_wrong(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Escape, Up and Down."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif event.key() == Qt.Key.Key_Escape:
            self.restore()
            self.left.emit()
        elif step is not None:
            self.stepped.emit(step * (10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming by key selects all, as one writes a time anew."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving enters a time, and gives up what is none."""
        if self.isModified() and event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self._enter()
            if self._is_wrong:
                self.restore()
        super().focusOutEvent(event)

    def _enter(self) -> None:
        if not self.isModified():
            return
        try:
            ms = parse_ms(self.text())
        except ValueError:
            self.refuse()
            return
        self.setModified(False)
        if ms != self._ms:
            self.entered.emit(ms)
        if not self._is_wrong:
            self.restore()

    def _say_wrong(self, is_wrong: bool) -> None:
        if is_wrong != self._is_wrong:
            self._is_wrong = is_wrong
            self.setProperty("wrong", is_wrong)
            repolish(self)
            self.wrong.emit(is_wrong)
