"""The page “Editing”: what the timeline keeps to. Draws itself from the rules of the settings."""

from __future__ import annotations

from PySide6.QtWidgets import QSpinBox, QWidget

from app.i18n import tr
from app.settings.dialog import Parts
from app.widgets import column, holding, label, number_field, row
from core.settings import fields_of

_STEP_MS = 10
_MIN_GAP = "min_gap_ms"


def make(parts: Parts) -> QWidget:
    """The page."""
    return EditingPage(parts)


class EditingPage(QWidget):
    """See above.

    Attributes:
        min_gap: the gap kept between cues.
    """

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        rule, _default = fields_of()[_MIN_GAP]
        self.min_gap = number_field(QSpinBox())
        self.min_gap.setRange(rule.least, rule.most)
        self.min_gap.setSingleStep(_STEP_MS)
        self.min_gap.setSuffix(" ms")
        self.min_gap.setAccessibleName(tr(rule.title))
        self.min_gap.setValue(parts.settings().min_gap_ms)
        self.min_gap.valueChanged.connect(self._keep)
        self.setAccessibleName(tr("Editing"))
        words = holding(column(label(tr(rule.title)), label(tr(rule.help), "secondary", wraps=True), gap=2))
        line = row(words, self.min_gap)
        line.setStretch(0, 1)
        self.setLayout(column(holding(line), None, margins=(0, 0, 8, 0), gap=16))

    def _keep(self, gap_ms: int) -> None:
        self._parts.keep(self._parts.settings().with_(min_gap_ms=gap_ms))
