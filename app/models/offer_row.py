"""One choice: its name, what it is good for, its size, how quick it would be here. Knows no download."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QRadioButton, QWidget

from app.i18n import tr
from app.models.words import offer_text, offer_title, speed_text
from app.theme.fonts import Role, font, tabular
from app.widgets import Sign, column, holding, label, repolish, row
from core.weights.sizes import size_text
from core.weights.suggest import Offer

_SIZE_PX, _SPEED_PX = 96, 232


class OfferRow(QFrame):
    """See above.

    Signals:
        chosen(): the person took this one.
    """

    chosen = Signal()

    def __init__(self, model_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model_id = model_id
        self.setProperty("role", "choice")
        self.radio = QRadioButton()
        self.radio.setProperty("role", "choice")
        self.radio.toggled.connect(self._toggled)
        self._title, self._text = label(size=Role.MEDIUM), label(role="secondary", size=Role.SMALL)
        self._badge, self._there = label(tr("Suggested here"), "badge", size=Role.SMALL), Sign("check", "measured")
        self._size, self._speed = label(), label()
        for made, width_px in ((self._size, _SIZE_PX), (self._speed, _SPEED_PX)):
            made.setFont(tabular(font()))
            made.setMinimumWidth(width_px)
        head = row(self._title, self._badge, self._there, None, gap=10)
        texts = holding(column(holding(head), self._text, gap=2))
        layout = row(self.radio, margins=(16, 10, 16, 10), gap=12)
        layout.addWidget(texts, 1)
        layout.addWidget(self._size)
        layout.addWidget(self._speed)
        self.setLayout(layout)

    def show_offer(self, offer: Offer, memory_bytes: int, *, installed: bool, probing: bool) -> None:
        """Say what is known of it now."""
        self._title.setText(offer_title(offer))
        self._text.setText(offer_text(offer, memory_bytes))
        self._badge.setVisible(offer.suggested and not installed)
        self._there.setVisible(installed)
        self._size.setText(tr("installed") if installed else size_text(offer.size_bytes))
        unknown = tr("Measuring …") if probing else ""
        self._speed.setText(speed_text(offer.speed) or unknown)
        spoken = (self._title.text(), self._size.text(), self._speed.text(), self._text.text())
        self.radio.setAccessibleName(", ".join(part for part in spoken if part))

    def choose(self) -> None:
        """Take this one."""
        self.radio.setChecked(True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """All of the row is the choice."""
        if event.button() is Qt.MouseButton.LeftButton and self.isEnabled():
            self.radio.setChecked(True)
        super().mousePressEvent(event)

    def _toggled(self, on: bool) -> None:
        self.setProperty("chosen", on)
        repolish(self)
        if on:
            self.chosen.emit()
