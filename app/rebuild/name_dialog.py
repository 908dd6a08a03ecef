"""Asks what an own style is to be called, and keeps it. Knows no list of styles and no cues."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from app.i18n import tr
from app.messages import Messages
from app.widgets import button, column, holding, label, row
from core.cues.own_styles import MAX_NAME_CHARS, save_as
from core.cues.styles import Style
from core.errors import BadArgument, CuesmithError

_MIN_WIDTH_PX = 420


class NameDialog(QDialog):
    """A field; Enter keeps the style. A name that cannot be is said below the field.

    Signals:
        saved(Style): it is kept, with its name and id.
    """

    saved = Signal(object)

    def __init__(self, limits: Style, name: str, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limits, self._messages = limits, messages
        self.setWindowTitle(tr("Save as own style"))
        self.field = QLineEdit(name)
        self.field.setMaxLength(MAX_NAME_CHARS)
        self.field.setProperty("role", "field")
        self.field.setAccessibleName(tr("Name of the style"))
        self.field.selectAll()
        self.wrong = label("", "secondary", wraps=True)
        what = tr("{0} characters a line, cues of at most {1} s, all else as in {2}.")
        seconds = f"{limits.max_duration_ms / 1000:g}"
        about = label(what.format(limits.max_line_chars, seconds, limits.name), "secondary", wraps=True)
        self.save = button(tr("Save"), self._save, "primary")
        self.save.setDefault(True)
        cancel = button(tr("Cancel"), self.reject)
        cancel.setAutoDefault(False)
        foot = holding(row(None, cancel, self.save))
        named = label(tr("Name"), "secondary")
        self.setLayout(column(about, named, self.field, self.wrong, foot, margins=(24, 20, 24, 16), gap=12))
        self.setMinimumWidth(_MIN_WIDTH_PX)
        self.field.textChanged.connect(self._take_name)
        self._take_name(name)

    def _take_name(self, name: str) -> None:
        self.wrong.setText("")
        self.save.setEnabled(bool(name.strip()))

    def _save(self) -> None:
        try:
            kept = save_as(self.field.text(), self._limits)
        except BadArgument as error:
            self.wrong.setText(tr(str(error)))
            self.field.selectAll()
            return
        except CuesmithError as error:
            self._messages.error(error)
            self.reject()
            return
        self.saved.emit(kept)
        self.accept()
