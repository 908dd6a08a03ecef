"""The page “Dictation”: how long recordings are kept, the key of any program, the pace. Drawn from the rules."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QComboBox, QKeySequenceEdit, QLineEdit, QSpinBox, QWidget

from app.check_box import CheckBox
from app.i18n import tr
from app.messages import Message
from app.settings.dialog import Parts
from app.widgets import button, column, holding, label, number_field, row
from core.media.recordings import DAYS, EVER, NEVER, delete_all
from core.settings import fields_of

DELETED = "dictation.deleted"
OWN = "own"
_FIELD_PX = 144
_GIB = 1024**3
_FUNCTION_KEYS = frozenset(f"F{number}" for number in range(1, 25))


def make(parts: Parts) -> QWidget:
    """The page."""
    return DictationSettings(parts)


class DictationSettings(QWidget):
    """See above.

    Attributes:
        keep: never, some days, for ever. days: how many. space: how much at most. commands: spoken commands.
        pace: how the engine listens; own: the numbers of a person's own, by their settings.
        key: of any program; one that would take a letter from them is not kept.
    """

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        settings = parts.settings()
        self.setAccessibleName(tr("Dictation"))
        self.keep = QComboBox()
        self.keep.setProperty("role", "field")
        for value, text in ((NEVER, tr("Never")), (DAYS, tr("For some days")), (EVER, tr("For ever"))):
            self.keep.addItem(text, value)
        self.keep.setCurrentIndex(self.keep.findData(settings.dictation_keep))
        self.keep.activated.connect(self._keep_chosen)
        self.days = self._number("dictation_days", settings.dictation_days, " " + tr("days"))
        self.space = self._number("dictation_limit_bytes", settings.dictation_limit_bytes, " GiB", unit=_GIB)
        self.pace = QComboBox()
        self.pace.setProperty("role", "field")
        for value, text in (("usual", tr("Usual")), ("paper", tr("As in the paper")), (OWN, tr("Own"))):
            self.pace.addItem(text, value)
        self.pace.setCurrentIndex(self.pace.findData(settings.dictation_pace))
        self.pace.activated.connect(self._pace_chosen)
        self.own = {
            "dictation_chunk_ms": self._number("dictation_chunk_ms", settings.dictation_chunk_ms, " ms"),
            "dictation_unfixed": self._number("dictation_unfixed", settings.dictation_unfixed, ""),
            "dictation_rollback": self._number("dictation_rollback", settings.dictation_rollback, ""),
            "dictation_window_s": self._number("dictation_window_s", settings.dictation_window_s, " s"),
        }
        self.commands = CheckBox(tr("Spoken commands"))
        self.commands.setChecked(settings.dictation_commands)
        self.commands.toggled.connect(lambda on: parts.keep(parts.settings().with_(dictation_commands=on)))
        self.key = QKeySequenceEdit(QKeySequence(settings.dictation_key))
        self.key.setMaximumSequenceLength(1)
        self.key.editingFinished.connect(self._key_chosen)
        for inner in self.key.findChildren(QLineEdit):
            inner.setProperty("role", "field")
        self.delete = button(tr("Delete all recordings now"), self._delete)
        self._numbers = holding(column(*(_line(name, field) for name, field in self.own.items()), gap=16))
        lines = [
            _line("dictation_keep", self.keep),
            _line("dictation_days", self.days),
            _line("dictation_limit_bytes", self.space),
            _line("dictation_commands", self.commands),
            _line("dictation_key", self.key),
            _line("dictation_pace", self.pace),
            self._numbers,
            holding(row(label(tr("The text of a dictation stays."), "secondary"), None, self.delete)),
        ]
        self.setLayout(column(*lines, None, margins=(0, 0, 8, 0), gap=16))
        self._keep_chosen()
        self._pace_chosen()

    def _number(self, name: str, value: int, suffix: str, *, unit: int = 1) -> QSpinBox:
        rule, _default = fields_of()[name]
        made = number_field(QSpinBox())
        made.setRange(rule.least if unit == 1 else max(1, rule.least // unit), rule.most // unit)
        made.setSuffix(suffix)
        made.setValue(value // unit)
        made.valueChanged.connect(
            lambda number: self._parts.keep(self._parts.settings().with_(**{name: number * unit}))
        )
        return made

    def _keep_chosen(self, _row: int = 0) -> None:
        value = str(self.keep.currentData())
        self.days.setEnabled(value == DAYS)
        if value != self._parts.settings().dictation_keep:
            self._parts.keep(self._parts.settings().with_(dictation_keep=value))

    def _pace_chosen(self, _row: int = 0) -> None:
        value = str(self.pace.currentData())
        self._numbers.setVisible(value == OWN)
        if value != self._parts.settings().dictation_pace:
            self._parts.keep(self._parts.settings().with_(dictation_pace=value))

    def _key_chosen(self) -> None:
        """With Ctrl, Alt or Super, or a key of functions: any other would be taken from whoever types."""
        written = self.key.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        *held, name = written.split("+")
        if {"Ctrl", "Alt", "Meta"} & set(held) or name in _FUNCTION_KEYS:
            self._parts.keep(self._parts.settings().with_(dictation_key=written))
        else:
            self.key.setKeySequence(QKeySequence(self._parts.settings().dictation_key))

    def _delete(self) -> None:
        self._parts.background.run(delete_all, self._deleted, self._parts.messages.error)

    def _deleted(self, freed: int) -> None:
        size = QLocale().formattedDataSize(freed)
        self._parts.messages.tell(
            Message(DELETED, tr("Recordings are deleted: {0} are free.").format(size), kind="info")
        )


def _line(name: str, field: QWidget) -> QWidget:
    rule, _default = fields_of()[name]
    field.setAccessibleName(tr(rule.title))
    if not isinstance(field, CheckBox):
        field.setFixedWidth(_FIELD_PX)
    words = holding(column(label(tr(rule.title)), label(tr(rule.help), "secondary", wraps=True), gap=2))
    made = row(words, field)
    made.setStretch(0, 1)
    return holding(made)
