"""The page “Models”: where downloads come from. What is installed, and where, stands in the dialog of models."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from app.i18n import tr
from app.settings.dialog import Parts
from app.widgets import column, holding, label
from core.errors import BadAddress
from core.settings import fields_of
from core.weights.sources import check_address

_NAMES = ("hub_endpoint", "second_source")


def make(parts: Parts) -> QWidget:
    """The page."""
    return ModelsPage(parts)


class ModelsPage(QWidget):
    """See above.

    Attributes:
        fields: by the setting's name.
    """

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self._parts = parts
        self.setAccessibleName(tr("Models"))
        self.fields: dict[str, QLineEdit] = {}
        self._wrong = label(role="error", wraps=True)
        layout = column(gap=20)
        for name in _NAMES:
            layout.addWidget(self._field(name))
        layout.addWidget(self._wrong)
        layout.addStretch(1)
        self.setLayout(layout)

    def _field(self, name: str) -> QWidget:
        rule, _default = fields_of()[name]
        made = self.fields[name] = QLineEdit(str(getattr(self._parts.settings(), name)))
        made.setProperty("role", "field")
        made.setAccessibleName(tr(rule.title))
        made.setPlaceholderText("https://")
        made.editingFinished.connect(partial(self._keep, name))
        return holding(column(label(tr(rule.title)), made, label(tr(rule.help), "secondary", wraps=True), gap=4))

    def _keep(self, name: str) -> None:
        """An address that is none is said, and not kept."""
        text = self.fields[name].text().strip()
        try:
            if text:
                check_address(text)
        except BadAddress as error:
            self._wrong.setText(f"{error.what_happened(tr)} {error.what_to_do(tr)}")
            return
        self._wrong.setText("")
        if getattr(self._parts.settings(), name) != text:
            self._parts.keep(self._parts.settings().with_(**{name: text}))
