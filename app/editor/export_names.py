"""Says which names are taken, and lets a file be replaced instead; below the name field. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.editor.export_plan import PlannedFile
from app.editor.export_words import name_note
from app.i18n import tr
from app.theme import Role
from app.widgets import Sign, button, column, holding, label, row


class NameNotes(QWidget):
    """A line for each file that is not called as it was asked for.

    Signals:
        replaceWanted(str, bool): the file of this name shall be replaced, or shall not after all.
    """

    replaceWanted = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[QWidget] = []
        self._box = column(margins=(68, 0, 0, 0), gap=2)
        self.setLayout(self._box)

    def show_notes(self, files: Sequence[PlannedFile], *, wrong_name: bool) -> None:
        """Other files."""
        for line in self._lines:
            self._box.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [self._wrong()] if wrong_name else [self._line(file) for file in files if _to_say(file)]
        for line in self._lines:
            self._box.addWidget(line)
            line.show()
        self.setVisible(bool(self._lines))

    def _line(self, file: PlannedFile) -> QWidget:
        words = label(name_note(file, taken=file.wanted.exists()), "secondary", size=Role.SMALL)
        parts: list[QWidget | int | None] = [Sign("warning" if file.replaces else "info", "text2", 14), words]
        if file.replaces or file.wanted.exists():
            text = tr("Keep it") if file.replaces else tr("Replace it instead")
            wanted, replaced = file.wanted.name, not file.replaces
            offer = button(text, lambda: self.replaceWanted.emit(wanted, replaced), "link")
            offer.setProperty("dense", True)
            offer.setAutoDefault(False)
            parts.append(offer)
        return holding(row(*parts, None, gap=6))

    def _wrong(self) -> QWidget:
        words = label(tr('A name has at least one character, and none of / \\ : * ? " < > |'), "error", size=Role.SMALL)
        return holding(row(Sign("error", "error", 14), words, None, gap=6))


def _to_say(file: PlannedFile) -> bool:
    return file.renamed or file.replaces
