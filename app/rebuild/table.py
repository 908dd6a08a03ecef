"""The findings as a table on disk: asks for a name, writes, says so. Knows no check."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.editor.findings import findings_of
from app.editor.session import Session
from app.i18n import tr
from app.messages import Message, Messages
from core.cues.report import findings_table
from core.errors import CuesmithError
from core.files import write_atomically

SAVED = "findings.saved"


def ask_table(session: Session, messages: Messages, parent: QWidget) -> None:
    """Ask for a name and write every finding, as the list shows them."""
    if not session.bridge.document.cues:
        return
    info = session.info
    near = Path(info.path).with_suffix(".csv") if info is not None else Path.home() / tr("findings.csv")
    chosen, _ = QFileDialog.getSaveFileName(parent, tr("Save findings as a table"), str(near), tr("Table (*.csv)"))
    if chosen:
        save_table(session, messages, Path(chosen))


def save_table(session: Session, messages: Messages, path: Path) -> None:
    """Write the table; the dialog has asked about a file that is there."""
    findings = findings_of(session)
    findings.settle()
    found = findings.in_order()
    text = findings_table(found, session.bridge.document.cues)
    try:
        write_atomically(path, text.encode("utf-8-sig"), overwrite=True)
    except CuesmithError as error:
        messages.error(error)
        return
    title = tr("{0} findings are in “\u2068{1}\u2069”.").format(len(found), path.name)
    messages.tell(Message(SAVED, title, kind="info"))
