"""How exported text is written: its encoding and what ends a line. Knows no file."""

from __future__ import annotations

import os

from PySide6.QtWidgets import QComboBox, QWidget

from app.editor.export_plan import ENCODINGS
from app.i18n import tr
from app.widgets import label, row

_NAME_PX = 60


class TextChoices(QWidget):
    """A row of the export dialog.

    Attributes:
        encoding, newline: the two boxes.
    """

    def __init__(self) -> None:
        super().__init__()
        encodings = zip(ENCODINGS, (tr("UTF-8"), tr("UTF-8 with BOM"), tr("UTF-16")), strict=True)
        self.encoding = _choice(tr("Text encoding"), dict(encodings))
        self.newline = _choice(tr("Line ends"), {"\n": tr("Unix (LF)"), "\r\n": tr("Windows (CR LF)")})
        self.newline.setCurrentIndex(self.newline.findData(os.linesep))
        ends = label(tr("Line ends"), "secondary")
        self.setLayout(row(field_name(tr("Text")), self.encoding, 8, ends, self.newline, None))

    @property
    def chosen(self) -> tuple[str, str]:
        """The codec's name, and what ends a line."""
        return str(self.encoding.currentData()), str(self.newline.currentData())

    def choose(self, encoding: str, newline: str) -> None:
        """Take these, each where it is offered."""
        for box, value in ((self.encoding, encoding), (self.newline, newline)):
            at = box.findData(value)
            if at >= 0:
                box.setCurrentIndex(at)


def field_name(text: str) -> QWidget:
    """The name before a field, as wide as the others."""
    made = label(text, "secondary")
    made.setMinimumWidth(_NAME_PX)
    return made


def _choice(name: str, entries: dict[str, str]) -> QComboBox:
    made = QComboBox()
    made.setProperty("role", "field")
    made.setAccessibleName(name)
    for value, text in entries.items():
        made.addItem(text, value)
    return made
