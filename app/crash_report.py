"""The dialog of a crash report: what happened, the end of the run's log, a copy button. Nothing is sent from here.

Also finds the log of a run that did not come to its end. Knows the marks that `app.crash` writes, and no error.
"""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil
from PySide6.QtCore import QSize, Qt, QUrl, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from app.crash import ENDED, newest_logs
from app.i18n import tr
from app.messages import Message, Messages, Offer
from app.widgets import button, column, framed, holding, label, row
from core import paths
from core.document.owner import is_held, lock_beside

UNFINISHED = "crash.unfinished"
"""Code of the message that the last run did not come to its end."""

_END_BYTES = 32 * 1024
_SIZE = QSize(760, 520)


class ReportDialog(QDialog):
    """A report to read and to copy. Does not stop the window.

    Attributes:
        text: the report.
    """

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Crash report"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = QPlainTextEdit(text)
        self.text.setReadOnly(True)
        self.text.setProperty("role", "field")
        self.text.setAccessibleName(tr("Report"))
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)
        title = label(tr("This is what the program wrote down about the run."), "heading", wraps=True)
        safe = tr("It stays on this machine; nothing is sent. Copy it into a report if you make one.")
        body = column(title, label(safe, "secondary", wraps=True), self.text, margins=(24, 16, 24, 16), gap=8)
        self.copy = button(tr("Copy"), lambda: QGuiApplication.clipboard().setText(text), "normal", icon="copy")
        folder = button(tr("Open the folder of logs"), _open_folder)
        close = button(tr("Close"), self.accept, "primary")
        close.setDefault(True)
        foot = framed("panel")
        foot.setLayout(row(self.copy, folder, None, close, margins=(24, 12, 16, 12)))
        whole = column(holding(body), framed("rule"), foot, gap=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.resize(_SIZE)


def show_report(log: Path | None, parent: QWidget | None, details: str = "") -> ReportDialog:
    """Open the report of a run beside the window."""
    dialog = ReportDialog(report(log, details), parent)
    dialog.open()
    return dialog


def report(log: Path | None, details: str = "") -> str:
    """Program, system, what happened, and the end of the log; the person's home folder is written as “~”."""
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    head = f"Cuesmith {_version()}, Python {platform.python_version()}, Qt {qVersion()}, {system}"
    parts = (head, details.strip(), _end_of(log) if log is not None else "")
    return "\n\n".join(part for part in parts if part).replace(str(Path.home()), "~")


def unfinished_run() -> Path | None:
    """The log of the run before this one, where that did not come to its end; None where it did, or still runs."""
    for log in newest_logs():
        if ENDED in _end_of(log):
            return None
        if not _is_running(log):
            return log
    return None


def tell_unfinished(messages: Messages, parent: QWidget) -> None:
    """Say once that the last run ended in the middle, and offer its report."""
    log = unfinished_run()
    if log is None:
        return
    look = Offer(tr("Show the report"), lambda: show_report(log, parent))
    text = tr("Every finished step is on disk. Work without a name is on the first page.")
    messages.tell(Message(UNFINISHED, tr("Cuesmith ended in the middle of its last run."), text, (look,), kind="info"))


def _end_of(log: Path) -> str:
    try:
        with log.open("rb") as file:
            file.seek(max(0, os.fstat(file.fileno()).st_size - _END_BYTES))
            return file.read().decode(errors="replace")
    except OSError as error:
        return f"{log.name}: {error.strerror}"


def _is_running(log: Path) -> bool:
    """Whether the run that writes this log is there: it holds a lock beside it, which is nobody's after a crash. Where
    it could make none, a process of the number at the end of the name may be it."""
    if lock_beside(log).exists():
        return is_held(log)
    number = log.stem.rpartition("-")[2]
    return number.isdigit() and psutil.pid_exists(int(number))


def _version() -> str:
    try:
        return version("cuesmith")
    except PackageNotFoundError:
        return "of a checkout"


def _open_folder() -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths.log_dir())))
