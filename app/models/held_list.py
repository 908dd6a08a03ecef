"""What is installed: each model with what it takes up, a check of every byte, and a button to remove it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import tr
from app.messages import Messages
from app.models.models import Models
from app.models.words import held_text
from app.theme.fonts import Role
from app.widgets import Sign, button, column, holding, label, row
from core.weights.inventory import Held, Other, State
from core.weights.sizes import size_text


class HeldList(QWidget):
    """See above. Asks before it removes."""

    def __init__(self, models: Models, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Installed models"))
        self._models, self._messages = models, messages
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        self._sum = label(role="third", size=Role.SMALL, wraps=True)
        layout = column(label(tr("On this computer"), "heading"), gap=8)
        layout.addLayout(self._rows)
        layout.addWidget(self._sum)
        self.setLayout(layout)
        self._shown: object = None
        models.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say what is here now."""
        look = self._models.look
        if look is None or (look, self._models.chores.current is None) == self._shown:
            return
        self._shown = (look, self._models.chores.current is None)
        while (item := self._rows.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        here = [one for one in look.models if one.state in (State.INSTALLED, State.DAMAGED)]
        made = [self._held_row(one) for one in here] + [_other_row(one) for one in look.others]
        for widget in made or [label(tr("No model yet. The built-in recogniser works without one."), "secondary")]:
            self._rows.addWidget(widget)
        self._sum.setText(
            tr("{0} used, {1} free in {2}").format(
                size_text(look.used_bytes), size_text(look.free_bytes), str(look.folder)
            )
        )

    def _held_row(self, held: Held) -> QWidget:
        damaged = held.state is State.DAMAGED
        sign = Sign("warning", "doubt") if damaged else Sign("check", "measured")
        text = tr("Damaged: {0}. Remove it and get it again.").format(held.why) if damaged else held_text(held.model)
        if held.shared:
            text = tr("{0} · in the folder of other programs, used from there").format(text)
        texts = column(label(held.model.name, size=Role.MEDIUM), label(text, "secondary", size=Role.SMALL), gap=2)
        layout = row(holding(column(sign, None)), gap=10)
        layout.addLayout(texts, 1)
        check = button(tr("Check"), partial(self._models.chores.verify, held.model.id))
        check.setAccessibleName(tr("Check {0}").format(held.model.name))
        check.setToolTip(tr("Reads every byte and compares"))
        remove = button(tr("Remove…"), partial(self._remove, held))
        remove.setAccessibleName(tr("Remove {0}").format(held.model.name))
        for made in (check, remove):
            made.setEnabled(self._models.chores.current is None and not (held.shared and made is remove))
            layout.addWidget(made)
        return holding(layout)

    def _remove(self, held: Held) -> None:
        size = size_text(held.disk_bytes)
        title = tr("Remove {0}?").format(held.model.name)
        text = tr("{0} become free. To use it again it has to be downloaded again.").format(size)
        if self._messages.ask(self.window(), title, text, [tr("Remove")]) == 0:
            self._models.chores.remove(held.model.id)


def _other_row(other: Other) -> QWidget:
    checkpoint = other.checkpoint
    kind = tr("Times words") if checkpoint.kind.value == "aligner" else tr("Recognises")
    text = " · ".join((size_text(other.disk_bytes), kind, tr("none of the published models")))
    texts = column(label(checkpoint.folder.name, size=Role.MEDIUM), label(text, "secondary", size=Role.SMALL), gap=2)
    layout = row(holding(column(Sign("info", "text2"), None)), gap=10)
    layout.addLayout(texts, 1)
    return holding(layout)
