"""Find and replace above the cues: two fields, four switches, a count before anything is changed. Knows no cue.

Enter in the first field goes to the next place, Shift+Enter to the one before; in the second it replaces; Escape
closes.
"""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from app.editor.replacing import Replacing, Wanted
from app.editor.session import Session
from app.i18n import tr
from app.theme import Role
from app.widgets import button, column, framed, holding, label, repolish, row, tool_button
from core.document.search import Match
from core.errors import BadArgument, WriteError

_REST_MS = 150
"""Counting in a whole film waits for the keys to rest."""


class ReplaceBar(QWidget):
    """Signals:
    shown(str, int, int): the place to look at: cue id, first and last character of its text.
    closed(): Escape or the cross.
    failed(CuesmithError): a replacement could not be kept.
    """

    shown = Signal(str, int, int)
    closed = Signal()
    failed = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._replacing = session, Replacing(session)
        self._at: Match | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._count)
        self.setAccessibleName(tr("Find and replace"))
        self.sought = _Field(tr("Find"))
        self.replacement = _Field(tr("Replace with"))
        self.match_case = _switch("Aa", tr("Match upper and lower case"))
        self.whole_word = _switch("“W”", tr("Whole words only"))
        self.regex = _switch(".*", tr("Regular expression"))
        self.selected = _switch("", tr("Only in the selected cues"))
        self.selected.setText(tr("In selection"))
        self.says = label("", "third", size=Role.SMALL, wraps=True)
        self._lay_out()
        self._connect()
        self.hide()

    def ask(self, text: str = "") -> None:
        """Show the bar with the keys in it; `text` is looked for, where it is given."""
        if text:
            self.sought.setText(text)
        if len(self._session.bridge.selected) < 2:
            self.selected.setChecked(False)
        self.show()
        self.sought.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.sought.selectAll()
        self._count()

    def go(self, *, back: bool = False) -> None:
        """Look at the next place, or the one before."""
        self._take_wanted()
        found = self._replacing.next(*self._from(back=back), back=back)
        self._look_at(found)

    def replace(self) -> None:
        """Replace the place that is looked at and go to the next; the first time, only go there."""
        self._take_wanted()
        self._replacing.refresh()
        if self._at is None or self._at not in self._replacing.found:
            self.go()
            return
        try:
            self._look_at(self._replacing.replace(self._at))
        except BadArgument as error:
            self._say(f"{error.what_happened(tr)} {error.what_to_do(tr)}", wrong=True)
        except WriteError as error:
            self.failed.emit(error)

    def replace_all(self) -> None:
        """Replace every place as one step, and say how many there were."""
        self._take_wanted()
        try:
            count = self._replacing.replace_all()
        except BadArgument as error:
            self._say(f"{error.what_happened(tr)} {error.what_to_do(tr)}", wrong=True)
            return
        except WriteError as error:
            self.failed.emit(error)
            return
        self._at = None
        self._count()
        if count:
            self._say(tr("Replaced: {0}. All times stay.").format(count))

    # ── making it ────────────────────────────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        self._all = button(tr("Replace all"), self.replace_all)
        self._one = button(tr("Replace"), self.replace)
        for made in (self._one, self._all):
            made.setProperty("dense", True)
        first = row(
            self.sought, self.match_case, self.whole_word, self.regex, self.selected,
            tool_button(tr("Previous place"), lambda: self.go(back=True), "chevron-up"),
            tool_button(tr("Next place"), self.go, "chevron-down"),
            tool_button(tr("Close find and replace"), self._close, "close"),
            gap=4,
        )  # fmt: skip
        first.setStretch(0, 1)
        second = row(self.replacement, self._one, self._all, gap=4)
        second.setStretch(0, 1)
        frame = framed("strip")
        frame.setLayout(column(holding(first), holding(second), self.says, margins=(12, 6, 8, 6), gap=4))
        self.setLayout(column(frame, gap=0))
        order: tuple[QWidget, ...] = (
            self.sought, self.replacement, self.match_case, self.whole_word, self.regex, self.selected
        )  # fmt: skip
        for ahead, behind in pairwise(order):
            self.setTabOrder(ahead, behind)

    def _connect(self) -> None:
        self.sought.textChanged.connect(lambda _text: self._rest.start())
        self.sought.entered.connect(lambda shifted: self.go(back=shifted))
        self.replacement.entered.connect(lambda _shifted: self.replace())
        for field in (self.sought, self.replacement):
            field.left.connect(self._close)
        for one in (self.match_case, self.whole_word, self.regex, self.selected):
            one.toggled.connect(lambda _on: self._count())
        bridge = self._session.bridge
        bridge.changed.connect(self._later)
        bridge.replaced.connect(self._later)
        bridge.selectionChanged.connect(self._later)

    def _later(self, _what: object = None) -> None:
        if self.isVisible() and not self._rest.isActive():
            self._rest.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Count for the document as it is now."""
        super().showEvent(event)
        self._count()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is counted while nobody looks."""
        self._rest.stop()
        super().hideEvent(event)

    # ── what is found ────────────────────────────────────────────────────────────────────────────

    def _take_wanted(self) -> None:
        self._rest.stop()
        self._replacing.look_for(
            Wanted(
                self.sought.text(),
                self.replacement.text(),
                self.regex.isChecked(),
                self.whole_word.isChecked(),
                self.match_case.isChecked(),
                self.selected.isChecked(),
            )
        )

    def _count(self) -> None:
        """Say how many places there are, before anything is replaced."""
        self._take_wanted()
        problem, found = self._replacing.problem, len(self._replacing.found)
        self.sought.set_wrong(problem is not None)
        self._one.setEnabled(bool(found))
        self._all.setEnabled(bool(found))
        if problem is not None:
            self._say(f"{problem.what_happened(tr)} {problem.what_to_do(tr)}", wrong=True)
        elif not self.sought.text():
            self._say(tr("What is replaced keeps its times."))
        else:
            self._say(self._found())

    def _found(self) -> str:
        found, cues = len(self._replacing.found), self._replacing.cues
        if not found:
            return tr("Not found.")
        counted = tr("Found once.") if found == 1 else tr("Found {0} times, in {1} cues.").format(found, cues)
        place = self._replacing.place_of(self._at)
        return f"{counted} {tr('This is number {0}.').format(place)}" if place else counted

    def _from(self, *, back: bool) -> tuple[int, int]:
        """Where the search goes on: behind the place that is looked at, else at the current cue."""
        row = self._session.bridge.current_row() or 0
        if self._at is not None and self._at.row == row:
            return row, self._at.first if back else self._at.last
        return row, 0

    def _look_at(self, place: Match | None) -> None:
        self._at = place
        if place is not None:
            cue = self._session.bridge.document.cues[place.row]
            self.shown.emit(cue.id, place.first, place.last)
        self._count()

    def _say(self, text: str, *, wrong: bool = False) -> None:
        self.says.setText(text)
        self.says.setProperty("role", "error" if wrong else "third")
        repolish(self.says)

    def _close(self) -> None:
        self.hide()
        self.closed.emit()


class _Field(QLineEdit):
    """Signals:
    entered(bool): Enter; True with Shift. left(): Escape.
    """

    entered = Signal(bool)
    left = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("role", "field")
        self.setAccessibleName(name)
        self.setPlaceholderText(name)

    def set_wrong(self, wrong: bool) -> None:
        """What stands there cannot be looked for."""
        self.setProperty("wrong", wrong)
        repolish(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Escape are the bar's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _switch(text: str, name: str) -> QToolButton:
    made = QToolButton()
    made.setProperty("role", "tool")
    made.setCheckable(True)
    made.setText(text)
    made.setToolTip(name)
    made.setAccessibleName(name)
    return made
