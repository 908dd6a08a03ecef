"""A download running, paused or failed: how far, how quick, how long still, and what can be done. Knows no network."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QProgressBar, QPushButton, QWidget

from app.i18n import tr
from app.models.models import Course, Download, Models
from app.models.words import amount_text, download_title
from app.theme.fonts import Role, font, tabular
from app.widgets import Sign, button, column, holding, label, row
from core.weights.catalogue import model
from core.weights.sizes import size_text

_STEPS = 1000


class DownloadPanel(QFrame):
    """See above."""

    def __init__(self, models: Models, bring_in: Callable[[], object], parent: QWidget | None = None) -> None:
        """`bring_in` asks for a folder: the way round a network that is in the way."""
        super().__init__(parent)
        self.setAccessibleName(tr("Download"))
        self._models = models
        self._sign = Sign("download", "accent")
        self._title, self._text = label(role="heading", wraps=True), label(role="secondary", wraps=True)
        self._text.setFont(tabular(font(Role.BODY)))
        self._notice = label(role="secondary", size=Role.SMALL, wraps=True)
        self._bar = QProgressBar()
        self._bar.setProperty("role", "stage")
        self._bar.setTextVisible(False)
        self._bar.setRange(0, _STEPS)
        self._bar.setAccessibleName(tr("How much has come"))
        self._pause = button(tr("Pause"), models.pause, icon="pause")
        self._go_on = button(tr("Go on"), models.go_on, "primary")
        self._again = button(tr("Try again"), models.go_on, "primary")
        self._folder = button(tr("From a folder or stick…"), bring_in)
        self._drop = button(tr("Give up"), models.drop, "quiet")
        self._drop.setToolTip(tr("Throws away what has come"))
        texts = column(self._title, self._text, self._notice, gap=2)
        head = row(holding(column(self._sign, None)), gap=12)
        head.addLayout(texts, 1)
        for made in self._buttons():
            head.addWidget(made)
        self.setLayout(column(holding(head), self._bar, margins=(16, 12, 16, 16), gap=12))

    def show_download(self, download: Download) -> None:
        """Say how it stands."""
        name = model(download.model_ids[download.at]).name
        if len(download.model_ids) > 1:
            name = tr("{0} ({1} of {2})").format(name, download.at + 1, len(download.model_ids))
        {Course.RUNNING: self._running, Course.PAUSED: self._paused, Course.FAILED: self._failed}[download.course](
            download, name
        )
        self._notice.setText(download.notice)
        self._notice.setVisible(bool(download.notice) and download.course is Course.RUNNING)
        running, failed = download.course is Course.RUNNING, download.course is Course.FAILED
        shown = (running, download.course is Course.PAUSED, failed, failed, not running)
        for made, visible in zip(self._buttons(), shown, strict=True):
            made.setVisible(visible)

    def _buttons(self) -> tuple[QPushButton, ...]:
        return self._pause, self._go_on, self._again, self._folder, self._drop

    def _running(self, download: Download, name: str) -> None:
        progress = download.progress
        self._sign.show_icon("download", "accent")
        self._title.setText(download_title(name, progress))
        self._text.setText(amount_text(progress) if progress is not None else tr("Looking for a connection"))
        self._fill(progress.done_bytes if progress is not None else 0, download)

    def _paused(self, download: Download, name: str) -> None:
        done = self._done_bytes(download)
        total = model(download.model_ids[download.at]).size_bytes
        self._sign.show_icon("pause", "text2")
        self._title.setText(tr("{0} is paused").format(name))
        self._text.setText(
            tr("{0} of {1} are here and stay, also when the program is closed.").format(
                size_text(done), size_text(total)
            )
        )
        self._fill(done, download)

    def _failed(self, download: Download, name: str) -> None:
        error = download.error
        self._sign.show_icon("error", "error")
        self._title.setText(error.what_happened(tr) if error is not None else tr("{0} did not come").format(name))
        self._text.setText(error.what_to_do(tr) if error is not None else "")
        self._fill(self._done_bytes(download), download)

    def _done_bytes(self, download: Download) -> int:
        held = self._models.held(download.model_ids[download.at])
        on_disk = held.done_bytes if held is not None else 0
        return max(on_disk, download.progress.done_bytes if download.progress is not None else 0)

    def _fill(self, done_bytes: int, download: Download) -> None:
        total = model(download.model_ids[download.at]).size_bytes
        self._bar.setValue(min(_STEPS, _STEPS * done_bytes // max(1, total)))
