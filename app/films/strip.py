"""The strip above the editor while a film is made: its name, how far it is, stop. Knows `Making` alone."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from app.films.making import Making
from app.i18n import tr
from app.theme.fonts import Role
from app.widgets import Sign, button, column, holding, label, row

_BAR_PX = 240


class FilmStrip(QFrame):
    """See above; hidden while nothing is made."""

    def __init__(self, making: Making, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "strip")
        self.setAccessibleName(tr("Film being made"))
        self._making = making
        self._title = label(role="heading")
        self._share = label(role="secondary", size=Role.SMALL)
        self.bar = QProgressBar()
        self.bar.setProperty("role", "stage")
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.bar.setFixedWidth(_BAR_PX)
        self.bar.setAccessibleName(tr("How much of the film is made"))
        self.stop = button(tr("Stop"), making.stop)
        self.stop.setToolTip(tr("Nothing is left of the film being made; the film you work on is as it was"))
        texts = holding(column(self._title, self._share, gap=2))
        self.setLayout(
            row(Sign("film", "accent", 20), texts, self.bar, None, self.stop, margins=(12, 8, 12, 8), gap=16)
        )
        making.changed.connect(self._refresh)
        self.hide()

    def _refresh(self) -> None:
        order, share = self._making.order, self._making.share
        self.setVisible(order is not None)
        if order is None:
            return
        self._title.setText(tr("Making “\u2068{0}\u2069”").format(order.target.name))
        behind = self._making.waiting
        rest = tr(" · {0} more behind it").format(behind) if behind else ""
        self._share.setText(tr("{0} %").format(int(100 * share)) + rest)
        self.bar.setValue(int(1000 * share))
