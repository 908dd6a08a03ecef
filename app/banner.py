"""Messages where they happened: a bar with what stopped, what is safe and what to do. Knows no error by name.

One bar a code; the latest on top. At most three are shown, because more would be a wall.
"""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from app.i18n import tr
from app.messages import Message, Messages, Offer
from app.widgets import Sign, button, column, holding, label, row, tool_button

_MOST_SHOWN = 3
_SIGNS = {"error": ("error", "error"), "warning": ("warning", "doubt"), "info": ("info", "accent")}
_ROLES = {"error": "banner-error", "warning": "banner-doubt", "info": "strip"}
_DETAILS_HEIGHT_PX = 120


class Banners(QWidget):
    """Shows what `Messages` says."""

    def __init__(self, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._messages = messages
        self._bars: dict[str, Banner] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        messages.said.connect(self.show_message)
        messages.withdrawn.connect(self.withdraw)
        self.hide()

    def show_message(self, message: Message) -> None:
        """Show a message in place of the one of the same code."""
        self.withdraw(message.code)
        bar = Banner(message)
        bar.taken = lambda: self.withdraw(message.code)
        bar.closed = lambda: self._dismiss(message.code)
        self._bars[message.code] = bar
        self._layout.insertWidget(0, bar)
        for code in list(self._bars)[:-_MOST_SHOWN]:
            self._dismiss(code)
        self.show()

    def withdraw(self, code: str) -> None:
        """Take a message away."""
        bar = self._bars.pop(code, None)
        if bar is not None:
            bar.hide()
            bar.deleteLater()
        self.setVisible(bool(self._bars))

    def clear(self) -> None:
        """Take all away: another file is shown."""
        for code in list(self._bars):
            self._dismiss(code)

    def _dismiss(self, code: str) -> None:
        self.withdraw(code)
        self._messages.dismissed.emit(code)

    def codes(self) -> tuple[str, ...]:
        """Codes of what is shown, the latest last."""
        return tuple(self._bars)

    def bar(self, code: str) -> Banner | None:
        """The bar with this code, or None."""
        return self._bars.get(code)


class Banner(QFrame):
    """One message.

    Attributes:
        closed: called by its close button. taken: called before an offer is done.
    """

    def __init__(self, message: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = message
        self.closed = self.taken = self.hide
        self.setProperty("role", _ROLES.get(message.kind, "strip"))
        self.setAccessibleName(message.title)
        self.setAccessibleDescription(message.text)
        title, text = label(message.title, "heading", wraps=True), label(message.text, wraps=True)
        text.setVisible(bool(message.text))
        texts = holding(column(title, text, gap=2))
        sign = Sign(*_SIGNS.get(message.kind, _SIGNS["info"]), size_px=20)
        head = row(holding(column(sign, None)), margins=(12, 8, 12, 8), gap=12)
        head.addWidget(texts, 1)
        self.offers = [self._offer(offer, first=place == 0) for place, offer in enumerate(message.offers[:3])]
        for made in self.offers:
            head.addWidget(made)
        self._details = QPlainTextEdit(message.details)
        if message.details:
            head.addWidget(button(tr("Details"), self._fold, "quiet"))
        head.addWidget(tool_button(tr("Close this message"), lambda: self.closed(), "close"))
        layout = column(holding(head), self._folded(message), gap=0)
        self.setLayout(layout)

    def _offer(self, offer: Offer, *, first: bool) -> QWidget:
        def accept() -> None:
            self.taken()
            offer.run()

        return button(offer.text, accept, "primary" if first and self.message.kind == "error" else "normal")

    def _folded(self, message: Message) -> QWidget:
        self._details.setReadOnly(True)
        self._details.setProperty("role", "field")
        self._details.setAccessibleName(tr("Technical details"))
        self._details.setFixedHeight(_DETAILS_HEIGHT_PX)
        copy = button(tr("Copy"), lambda: QGuiApplication.clipboard().setText(message.details), "quiet", icon="copy")
        self._fold_box = holding(column(self._details, holding(row(copy, None)), margins=(44, 0, 12, 8), gap=4))
        self._fold_box.hide()
        return self._fold_box

    def _fold(self) -> None:
        self._fold_box.setVisible(not self._fold_box.isVisible())
