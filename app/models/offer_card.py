"""The offer of better recognition: the choices, one button, and the download in their place while there is one.

Stands on the first page and in the dialog. Asks for folders; knows no network.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psutil
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QFrame, QWidget

from app.i18n import tr
from app.models.download_panel import DownloadPanel
from app.models.models import Models
from app.models.offer_row import OfferRow
from app.theme.fonts import Role
from app.widgets import Sign, button, column, framed, holding, label, row
from core.weights.sizes import size_text
from core.weights.suggest import Offer


class OfferCard(QFrame):
    """See above.

    Attributes:
        download: its one primary button.
    """

    def __init__(self, models: Models, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(tr("Better recognition"))
        self._models = models
        self._touched = False
        self._memory_bytes = psutil.virtual_memory().total
        self._title = label(role="heading", size=Role.HEADING)
        self._text = label(role="secondary", wraps=True)
        self._rows = tuple(OfferRow(offer.recognizer.id) for offer in models.offers())
        self._group = QButtonGroup(self)
        self._panel = DownloadPanel(models, self.ask_for_models)
        self._lay_out()
        models.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say what is known now."""
        models, offers = self._models, self._models.offers()
        measured = bool(models.speeds)
        here = models.any_recognizer()
        self._title.setText(tr("Models for recognition") if here else tr("Better recognition: get Qwen3-ASR"))
        self._text.setText(
            tr("30 languages, word times in 11 of them. Downloaded once, works offline afterwards.")
            + (" " + tr("Speed measured just now on this computer.") if measured else "")
        )
        for made, offer in zip(self._rows, offers, strict=True):
            installed = models.is_installed(offer)
            made.show_offer(offer, self._memory_bytes, installed=installed, probing=models.is_probing)
            if offer.suggested and not self._touched:
                self._choose(made)
        self._show_foot(self._chosen(offers))

    def ask_for_models(self) -> None:
        """Ask for a folder with models, and bring them in."""
        self._ask_folder(tr("Choose the folder with the model's files"), self._models.chores.bring_in)

    def ask_for_place(self) -> None:
        """Ask where models shall be kept, and move them there."""
        self._ask_folder(tr("Choose the folder to keep models in"), self._models.chores.move)

    # ── inside ──

    def _lay_out(self) -> None:
        self.download = button("", self._get, "normal", icon="download")
        stick = button(tr("From a folder or stick…"), self.ask_for_models)
        self._place = label(role="secondary", size=Role.SMALL)
        self._change = button(tr("Change"), self.ask_for_place, "link")
        self._change.setToolTip(tr("Keep models in another folder or on another disk"))
        self._foot = holding(
            row(self.download, stick, None, Sign("open", "text2"), self._place, self._change, margins=(16, 12, 16, 12))
        )
        self._busy = label(role="secondary")
        stop = button(tr("Stop"), self._models.chores.stop)
        self._chore = holding(row(Sign("clock", "text2"), self._busy, None, stop, margins=(16, 12, 16, 12)))
        whole = column(holding(column(self._title, self._text, margins=(16, 14, 16, 12), gap=4)), gap=0)
        for made in self._rows:
            self._group.addButton(made.radio)
            made.chosen.connect(self._row_chosen)
            whole.addWidget(framed("rule"))
            whole.addWidget(made)
        whole.addWidget(framed("rule"))
        for below in (self._panel, self._foot, self._chore):
            whole.addWidget(below)
        self.setLayout(whole)

    def _show_foot(self, offer: Offer) -> None:
        """The button, the download, or what else is being done."""
        models = self._models
        self._panel.setVisible(models.download is not None)
        self._chore.setVisible(models.chores.current is not None)
        self._foot.setVisible(models.download is None and models.chores.current is None)
        if models.download is not None:
            self._panel.show_download(models.download)
        if models.chores.current is not None:
            progress = models.chores.current.progress
            share = int(100 * progress.done_bytes / max(1, progress.total_bytes)) if progress is not None else 0
            self._busy.setText(f"{models.chores.current.text} · {share} %" if share else models.chores.current.text)
        installed = models.is_installed(offer)
        text = tr("Installed") if installed else tr("Download {0}").format(size_text(models.missing_bytes(offer)))
        self.download.setText(text)
        self.download.setAccessibleName(text)
        self.download.setEnabled(not installed)
        self._place.setText(_place_text(models))
        self._change.setVisible(models.look is not None)

    def _chosen(self, offers: tuple[Offer, ...]) -> Offer:
        pairs = zip(self._rows, offers, strict=True)
        return next((offer for made, offer in pairs if made.radio.isChecked()), offers[0])

    def _choose(self, made: OfferRow) -> None:
        touched = self._touched
        made.choose()
        self._touched = touched

    def _row_chosen(self) -> None:
        self._touched = True
        self._show_foot(self._chosen(self._models.offers()))

    def _get(self) -> None:
        self._models.get(self._chosen(self._models.offers()))

    def _ask_folder(self, title: str, then: Callable[[Path], object]) -> None:
        look = self._models.look
        start = look.folder if look is not None and look.folder.exists() else Path.home()
        chosen = QFileDialog.getExistingDirectory(self.window(), title, str(start))
        if chosen:
            then(Path(chosen))


def _place_text(models: Models) -> str:
    """Where models go, and the room there."""
    look = models.look
    if look is None:
        return ""
    if not look.there:
        return tr("{0} is not there: is its disk plugged in?").format(str(look.folder))
    return tr("To {0}, {1} free").format(_short(look.folder), size_text(look.free_bytes))


def _short(folder: Path) -> str:
    """The last two folders: the rest is of no help."""
    return "/".join(folder.parts[-2:])
