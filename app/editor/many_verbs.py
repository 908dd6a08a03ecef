"""What a person does to many cues at once: find and replace, copy and paste, shift, stretch, another frame rate.

Knows no widget but those it is given to show.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from app.editor.session import Session
from app.i18n import tr
from app.messages import Message, Messages
from core.cue import Cue
from core.document import edits

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.editor.page import EditorPage
    from app.editor.times_dialog import TimesDialog


class ManyVerbs:
    """Find and replace, the clipboard, times of many cues."""

    def __init__(self, window: QWidget, session: Session, messages: Messages, page: Callable[[], EditorPage]) -> None:
        """`page`: gives the editor, which is made when it is first needed."""
        self._window, self._session, self._messages, self._page = window, session, messages, page

    # ── text ─────────────────────────────────────────────────────────────────────────────────────

    def replace(self) -> None:
        """Show the bar; what is selected in the text box is looked for."""
        page = self._page()
        chosen = page.text_box.editor.textCursor().selectedText() if page.text_box.editor.hasFocus() else ""
        page.replace_bar.ask(chosen if "\u2029" not in chosen else "")

    # ── clipboard ────────────────────────────────────────────────────────────────────────────────

    def copy(self) -> bool:
        """Copy the selected cues: whole for this program, as SRT for others."""
        from core.document import clip

        cues = [self._session.bridge.document.cues[row] for row in self._session.bridge.selected_rows()]
        if not cues:
            return False
        data = QMimeData()
        data.setData(clip.MIME, clip.packed(cues))
        data.setText(clip.as_text(cues))
        QGuiApplication.clipboard().setMimeData(data)
        return True

    def cut(self) -> bool:
        """Copy the selected cues and take them away."""
        bridge = self._session.bridge
        return self.copy() and bridge.apply(edits.delete(bridge.document, bridge.selected_rows()))

    def paste(self, *, at_playhead: bool = True) -> bool:
        """Put in the clipboard's cues, the first at the playhead, or each at its own time; they are selected then."""
        cues = clipboard_cues()
        if not cues:
            text = tr("There are no cues and no text in the clipboard.")
            self._messages.tell(Message("paste.nothing", text, kind="info"))
            return False
        bridge = self._session.bridge
        there = {cue.id for cue in bridge.document.cues}
        at_ms = self._session.playhead_ms if at_playhead else None
        done = bridge.apply(edits.paste(bridge.document, cues, at_ms=at_ms))
        bridge.select([cue.id for cue in bridge.document.cues if cue.id not in there])
        return done

    # ── times ────────────────────────────────────────────────────────────────────────────────────

    def shift(self) -> None:
        """Ask by how much, or between which two times."""
        from app.editor.shift_dialog import ShiftDialog

        self._open(ShiftDialog(self._session, self._window))

    def frame_rate(self) -> None:
        """Ask from which rate to which."""
        from app.editor.rate_dialog import RateDialog

        self._open(RateDialog(self._session, self._window))

    def _open(self, dialog: TimesDialog) -> None:
        dialog.failed.connect(self._messages.error)
        dialog.open()


def clipboard_cues() -> Sequence[Cue]:
    """The clipboard's cues: this program's own, else those of its text."""
    from core.document import clip

    data: QMimeData | None = QGuiApplication.clipboard().mimeData()
    if data is None:  # what the stubs do not say of an empty clipboard
        return ()
    if data.hasFormat(clip.MIME):
        cues = clip.unpacked(bytes(data.data(clip.MIME).data()))
        if cues:
            return cues
    return clip.from_text(data.text()) if data.hasText() else ()
