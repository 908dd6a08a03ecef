"""What dialogs that change the times of many cues share: which cues, what becomes of the first and the last, one step.

Knows no arithmetic: each dialog says what edit it means, and `core.document.edits` makes it.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QWidget

from app.editor.session import Session
from app.i18n import tr
from app.theme import Role
from app.widgets import button, column, framed, holding, label, repolish, row
from app.wording import cue_count
from core.cue import Cue
from core.document.document import Document
from core.document.edit import Edit
from core.errors import WriteError

_WIDTH_PX = 460


class Unclear(ValueError):
    """What stands in a field cannot be; its text, translated, says why."""


class TimesDialog(QDialog):
    """Asks, shows, does.

    Attributes:
        scope: all cues, the selected ones, or all from the current one on.

    Signals:
        failed(CuesmithError): the step could not be kept.
    """

    failed = Signal(object)

    def __init__(self, session: Session, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.scope = choice(tr("Which cues"), self._scopes())
        self._first, self._last = label("", size=Role.SMALL), label("", size=Role.SMALL)
        self._says = label("", "third", size=Role.SMALL, wraps=True)
        self._do = button(title, self._accept, "primary")
        self._do.setDefault(True)

    # ── what each dialog says ────────────────────────────────────────────────────────────────────

    def edit(self, document: Document, rows: Sequence[int]) -> Edit | None:
        """What is meant, for these rows; None where nothing would change.

        Raises:
            Unclear: a field's text cannot be.
        """
        raise NotImplementedError

    def shown_ms(self, ms: int, *, after: bool) -> str:
        """A time of the cues as they are, or (`after`) as they will be."""
        raise NotImplementedError

    # ── making it ────────────────────────────────────────────────────────────────────────────────

    def lay_out(self, *questions: QWidget) -> None:
        """Put the dialog's own questions above what all have."""
        card = framed("card")
        card.setLayout(column(self._first, self._last, self._says, margins=(12, 10, 12, 10), gap=4))
        body = column(*questions, question(self.scope), card, None, margins=(24, 16, 24, 16), gap=12)
        foot = framed("panel")
        cancel = button(tr("Cancel"), self.reject)
        cancel.setAutoDefault(False)
        foot.setLayout(row(None, cancel, self._do, margins=(24, 12, 16, 12)))
        self.setLayout(column(holding(body), framed("rule"), foot, gap=0))
        self.setMinimumWidth(_WIDTH_PX)
        self.scope.currentIndexChanged.connect(lambda _index: self.refresh())
        self.refresh()

    def rows(self) -> Sequence[int]:
        """The rows that are meant."""
        bridge = self._session.bridge
        match self.scope.currentData():
            case "selected":
                return bridge.selected_rows()
            case "rest":
                return range(bridge.current_row() or 0, len(bridge.document.cues))
        return range(len(bridge.document.cues))

    def refresh(self) -> None:
        """Show what becomes of the first and the last cue, or why nothing can."""
        document, ends = self._session.bridge.document, self._ends()
        try:
            edit = self.edit(document, ends)
        except Unclear as error:
            self._say(str(error), wrong=True)
            edit = None
        else:
            self._say(tr("{0}. One step to undo.").format(cue_count(len(self.rows()))))
        after = document.apply(edit) if edit is not None else document
        self._do.setEnabled(edit is not None)
        for place, text, at in ((self._first, tr("First cue"), ends[:1]), (self._last, tr("Last cue"), ends[-1:])):
            cue = document.cues[at[0]] if at else None
            place.setText(f"{text}\n{self._change(cue, after)}" if cue is not None else "")

    # ── inside ───────────────────────────────────────────────────────────────────────────────────

    def _scopes(self) -> list[tuple[str, object]]:
        bridge = self._session.bridge
        found: list[tuple[str, object]] = []
        if len(bridge.selected) > 1:
            found.append((tr("The selected cues ({0})").format(len(bridge.selected)), "selected"))
        found.append((tr("All cues ({0})").format(len(bridge.document.cues)), "all"))
        if (at := bridge.current_row()) is not None:
            found.append((tr("From cue {0} on").format(at + 1), "rest"))
            if len(bridge.selected) == 1:
                found.append((tr("Cue {0} alone").format(at + 1), "selected"))
        return found

    def _ends(self) -> tuple[int, ...]:
        """The rows of the earliest start and the latest end: what is done to them tells what is done to all."""
        rows, cues = self.rows(), self._session.bridge.document.cues
        return (rows[0], max(rows, key=lambda row: cues[row].end_ms)) if rows else ()

    def _change(self, cue: Cue, after: Document) -> str:
        row = after.row_of(cue.id)
        now = after.cues[row] if row is not None else cue
        old = f"\u2066{self.shown_ms(cue.start_ms, after=False)} – {self.shown_ms(cue.end_ms, after=False)}"
        new = f"{self.shown_ms(now.start_ms, after=True)} – {self.shown_ms(now.end_ms, after=True)}"
        return f"{old}\u2069  →\n\u2066{new}\u2069"

    def _say(self, text: str, *, wrong: bool = False) -> None:
        self._says.setText(text)
        self._says.setProperty("role", "error" if wrong else "third")
        repolish(self._says)

    def _accept(self) -> None:
        document = self._session.bridge.document
        try:
            self._session.bridge.apply(self.edit(document, self.rows()))
        except Unclear as error:
            self._say(str(error), wrong=True)
        except WriteError as error:
            self.failed.emit(error)
        else:
            self.accept()


def choice(name: str, entries: Sequence[tuple[str, object]]) -> QComboBox:
    """A choice of entries, (text, what it means)."""
    made = QComboBox()
    made.setProperty("role", "field")
    made.setAccessibleName(name)
    for text, value in entries:
        made.addItem(text, value)
    return made


def question(field: QWidget) -> QWidget:
    """A field under its name: both stay whole in long languages."""
    return holding(column(label(field.accessibleName(), "secondary", size=Role.SMALL), field, gap=4))
