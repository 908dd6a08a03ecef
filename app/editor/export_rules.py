"""How many cues break the style, said before they are exported; the way to look at them first. Knows no format."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.editor.findings import findings_of
from app.editor.session import Session
from app.i18n import tr
from app.widgets import Sign, button, label, row


class BrokenRules(QWidget):
    """A line of the export dialog, hidden where nothing is broken.

    Signals:
        shown(): the first of the cues is selected; the dialog is in its way.
    """

    shown = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        findings = findings_of(session)
        findings.settle()
        self._cue_ids = findings.must_cues()
        count = len(self._cue_ids)
        bold = tr("1 cue breaks the style {0}.") if count == 1 else tr("{1} cues break the style {0}.")
        look = button(tr("Look at them first"), self._look, "link")
        look.setAutoDefault(False)
        words = label(bold.format(session.style.name, count), "heading")
        self.setLayout(row(Sign("error", "error"), words, label(tr("Exporting is still possible.")), None, look))
        if not count:
            self.hide()

    def _look(self) -> None:
        wanted = self._cue_ids[0]
        cue = next((cue for cue in self._session.bridge.document.cues if cue.id == wanted), None)
        if cue is not None:
            self._session.bridge.select((cue.id,))
            self._session.seek(cue.start_ms)
        self.shown.emit()
