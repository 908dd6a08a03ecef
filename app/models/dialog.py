"""The dialog of models: the offer, the download, what is installed. Holds nobody up: close it, the download goes on."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QWidget

from app.banner import Banners
from app.i18n import tr
from app.messages import Messages
from app.models.held_list import HeldList
from app.models.models import Models
from app.models.offer_card import OfferCard
from app.theme.fonts import Role
from app.widgets import button, column, framed, holding, label, row
from core.settings import Settings

_SIZE, _LEAST = QSize(880, 660), QSize(720, 480)


class ModelsDialog(QDialog):
    """See above.

    Attributes:
        card: the offer.
    """

    def __init__(self, models: Models, messages: Messages, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Models"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.card = OfferCard(models)
        sources = label(_sources(settings), "third", size=Role.SMALL, wraps=True)
        body = holding(column(self.card, HeldList(models, messages), sources, None, margins=(20, 20, 20, 16), gap=20))
        area = QScrollArea()
        area.setWidget(body)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        close = button(tr("Close"), self.close)
        foot = framed("panel")
        foot.setLayout(row(None, close, margins=(16, 12, 16, 12)))
        whole = column(Banners(messages), area, framed("rule"), foot, gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.setMinimumSize(_LEAST)
        self.resize(_SIZE)
        models.refresh()
        models.probe()


def _sources(settings: Settings) -> str:
    """Where downloads come from, in plain words."""
    from core.weights.sources import first_address, host_of

    first = host_of(first_address(settings))
    if not settings.second_source:
        return tr("Downloads come from {0}. Nothing is downloaded unasked.").format(first)
    second = host_of(settings.second_source)
    return tr("Downloads come from {0}; where it cannot be reached, from {1}. Nothing is downloaded unasked.").format(
        first, second
    )
