"""One line on the first page: what recognises now, before anything is downloaded and after."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from app.i18n import tr
from app.models.models import Models
from app.theme.fonts import Role
from app.widgets import Sign, label, row


class WorksNow(QFrame):
    """See above."""

    def __init__(self, models: Models, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._models = models
        self._bold, self._rest = label(size=Role.MEDIUM), label(role="secondary")
        self.setLayout(row(Sign("check", "measured"), self._bold, self._rest, None, margins=(16, 12, 16, 12)))
        models.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say what is true now."""
        if self._models.any_recognizer():
            self._bold.setText(tr("Qwen3-ASR is installed."))
            self._rest.setText(tr("It works without a network, in 30 languages."))
        else:
            self._bold.setText(tr("Works now, without any download."))
            rough = tr("The built-in recogniser knows English only and its text is rough.")
            self._rest.setText(f"{rough} {tr('Timing a text you already have works well.')}")
