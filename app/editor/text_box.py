"""The text box: number, times, reading speed and text of the current cue. Knows no table, no player and no action.

Typing changes the document at every key, one undo step a word or pause. The document gives its text back without the
white space it does not keep; while one types, the field stays as typed, so that a space at the end can be typed at all.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from fractions import Fraction

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app import theme
from app.editor.cue_model import DRAFT
from app.editor.cue_numbers import line_count
from app.editor.session import Session
from app.editor.spelling_menu import BoxSpelling
from app.editor.text_editor import CueTextEdit
from app.editor.text_head import HintLine, TextHead
from app.editor.text_marks import marks, offset_in_cue
from app.editor.text_range import caret_of
from app.editor.text_steps import TypingSteps
from app.editor.time_field import TimeField
from app.i18n import tr
from app.widgets import column
from core.cue import Cue
from core.document import edits
from core.document.edit import Edit
from core.document.history import Changed
from core.errors import WriteError
from core.timecode import format_ms, frame_at_ms, ms_of_frame
from core.transcript import Source

_REST_MS = 500
"""After so much rest what was typed is on disk."""

_STEP_MS = 10
"""A step of a time field where there is no picture."""


class TextBoxPane(QWidget):
    """The current cue's times and text.

    Attributes:
        editor: the field of the text.
        start, end: the fields of the times, in the `head` above the text. hint: the line below it.

    Signals:
        returnRequested(): Escape: back to the table.
        playRequested(): Ctrl+Space, where no action of the window takes it.
        failed(CuesmithError): a change could not be kept; the field still holds what was typed.
    """

    returnRequested = Signal()
    playRequested = Signal()
    failed = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._bridge = session, session.bridge
        self._cue_id: str | None = None
        self._language: str | None = None
        self._said = self._before = ""
        self._typing = self._waits = False
        self._steps = TypingSteps()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self.editor = CueTextEdit(lambda line: line_count(line, session.style))
        self._spelling = BoxSpelling(session, self.editor, self._put)
        self.head, self.hint = TextHead(), HintLine()
        self.start, self.end = self.head.start, self.head.end
        self._lay_out()
        self.setFocusProxy(self.editor)
        self._connect()
        self._refresh()

    # ── what the window asks ─────────────────────────────────────────────────────────────────────

    def focus_text(self) -> None:
        """Put the caret into the text."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def caret(self) -> tuple[str, int] | None:
        """Id of the cue being edited and where the caret stands in its text; None where the keys are elsewhere."""
        cue = self._bridge.current_cue()
        if cue is None or not self.editor.hasFocus():
            return None
        return cue.id, offset_in_cue(self.editor.toPlainText(), cue, caret_of(self.editor))

    # ── making it ────────────────────────────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        self.editor.setMinimumHeight(64)
        box = column(self.head, self.editor, self.hint, margins=(12, 8, 12, 4), gap=6)
        box.setStretch(1, 1)
        self.setLayout(box)
        self.setTabOrder(self.start, self.end)
        self.setTabOrder(self.end, self.editor)
        self.setAccessibleName(tr("Text of the cue"))

    def _connect(self) -> None:
        self._bridge.changed.connect(self._on_step)
        self._bridge.selectionChanged.connect(self._refresh)
        self._bridge.replaced.connect(self._forget)
        self._session.styleChanged.connect(self._refresh)
        self._session.healingChanged.connect(self._say_hint)  # a method of the widget's own ends with it
        theme.current().changed.connect(self._refresh_marks)
        self._spelling.follow(self._refresh_marks)
        self.editor.typed.connect(self._typed)
        self.editor.left.connect(self.returnRequested)
        self.editor.playWanted.connect(self.playRequested)
        self.editor.undoWanted.connect(lambda: self._told(self._bridge.undo))
        self.editor.redoWanted.connect(lambda: self._told(self._bridge.redo))
        self.editor.composed.connect(self._after_composing)
        self._rest.timeout.connect(self._keep)
        self.start.entered.connect(lambda ms: self._set_time(ms, None))
        self.end.entered.connect(lambda ms: self._set_time(None, ms))
        self.start.stepped.connect(lambda by: self._step_time(self.start, by))
        self.end.stepped.connect(lambda by: self._step_time(self.end, by))
        for field in (self.start, self.end):
            field.left.connect(self.returnRequested)
            field.wrong.connect(self._say_how_to_write)

    # ── typing ───────────────────────────────────────────────────────────────────────────────────

    def _typed(self) -> None:
        cue_row, cue = self._bridge.current_row(), self._bridge.current_cue()
        if cue is None or cue_row is None or cue.id != self._cue_id:
            return
        text, caret = self.editor.toPlainText(), caret_of(self.editor)
        if text == self._before:  # an input method came or went; the text itself is as it was
            return
        key = self._steps.key(cue.id, self._before, text, caret, int(time.monotonic() * 1000))
        self._before = text
        self._typing = True
        try:
            self._apply(edits.set_text(self._bridge.document, cue_row, text, merge_key=key))
        finally:
            self._typing = False
        self._rest.start()

    def _keep(self) -> None:
        """The keys rest: what was typed goes to disk."""
        self._refresh_marks()
        self._told(self._bridge.history.flush)

    def _apply(self, edit: Edit | None) -> bool:
        return bool(self._told(lambda: self._bridge.apply(edit)))

    def _told(self, step: Callable[[], object]) -> object:
        """What a step gives; where it cannot be kept on the disk that is told, and it gives None."""
        try:
            return step()
        except WriteError as error:
            self.failed.emit(error)
            return None

    def _put(self, text: str) -> None:
        """Another text of the current cue that was not typed: a step of its own."""
        row = self._bridge.current_row()
        if row is not None and not self.editor.composing:
            self._steps.interrupt()
            self._apply(edits.set_text(self._bridge.document, row, text))

    # ── times ────────────────────────────────────────────────────────────────────────────────────

    def _set_time(self, start_ms: int | None, end_ms: int | None, *, merge_key: str = "") -> None:
        cue_row, cue = self._bridge.current_row(), self._bridge.current_cue()
        if cue is None or cue_row is None:
            return
        if start_ms is not None and start_ms >= cue.end_ms:
            self._refuse(self.start, tr("The start must lie before the end, {0}.").format(format_ms(cue.end_ms)))
        elif end_ms is not None and end_ms <= cue.start_ms:
            self._refuse(self.end, tr("The end must lie behind the start, {0}.").format(format_ms(cue.start_ms)))
        else:
            document = self._bridge.document
            self._apply(edits.retime(document, cue_row, start_ms=start_ms, end_ms=end_ms, merge_key=merge_key))

    def _step_time(self, field: TimeField, by: int) -> None:
        """A frame earlier or later; a series of steps is one undo step."""
        cue = self._bridge.current_cue()
        if cue is None:
            return
        key = f"step:{cue.id}:{'start' if field is self.start else 'end'}"
        rate = self._bridge.document.frame_rate
        if field is self.start:
            self._set_time(min(_stepped(cue.start_ms, by, rate), cue.end_ms - 1), None, merge_key=key)
        else:
            self._set_time(None, max(_stepped(cue.end_ms, by, rate), cue.start_ms + 1), merge_key=key)

    def _refuse(self, field: TimeField, why: str) -> None:
        field.refuse()
        self.hint.say(why, "error", wrong=True)

    def _say_how_to_write(self, is_wrong: bool) -> None:
        if is_wrong:
            self.hint.say(tr("Write a time such as 1:23.5 or 00:01:23.500."), "error", wrong=True)
        else:
            self._refresh_hint(self._bridge.current_cue())

    # ── following the document ───────────────────────────────────────────────────────────────────

    def _forget(self) -> None:
        """Another document: its cue may have the same id, where it was restored."""
        self._cue_id = None
        self._refresh()

    def _on_step(self, _changed: Changed) -> None:
        self._refresh()

    def _after_composing(self) -> None:
        if self._waits:
            self._waits = False
            self._refresh()

    def _refresh(self) -> None:
        """Show the current cue as it is now; a field that is being typed in is left alone."""
        cue = self._bridge.current_cue()
        self._enable(cue is not None)
        if self.editor.composing and cue is not None and cue.id == self._cue_id:
            self._waits = True
            return
        self._refresh_text(cue)
        self._refresh_head(cue)
        self._refresh_hint(cue)
        self._refresh_marks()

    def _refresh_text(self, cue: Cue | None) -> None:
        cue_id, text, language = (cue.id, cue.text, cue.language) if cue is not None else (None, "", "")
        if language != self._language:
            self._language = language
            self.editor.show_language(language)
        if cue_id != self._cue_id:
            self._cue_id = cue_id
            self._steps.interrupt()
            self.editor.begin_text(text)
        elif text != self._said and not self._typing:
            self._steps.interrupt()
            self.editor.show_text(text)
        self._said = text
        if not self._typing:
            self._before = self.editor.toPlainText()

    def _refresh_head(self, cue: Cue | None) -> None:
        row, selected = self._bridge.current_row(), len(self._bridge.selected)
        self.head.show_cue(cue, row, selected, self._session.style)
        self.editor.recount()

    def _say_hint(self) -> None:
        self._refresh_hint(self._bridge.current_cue())

    def _refresh_hint(self, cue: Cue | None) -> None:
        if self.start.is_wrong or self.end.is_wrong:
            return
        if cue is not None and cue.locked:
            self.hint.say(tr("Locked: re-flow and recognition leave this cue as it is."), "lock")
        elif cue is not None and cue.mark == DRAFT:
            self.hint.say(tr("Rough draft by the built-in engine: check every word."), "info")
        elif cue is not None and any(word.id in self._session.healing for word in cue.words):
            self.hint.say(tr("The new words are being found in the sound."), "estimated")
        elif cue is not None and cue.words and all(word.source is Source.ESTIMATED for word in cue.words):
            self.hint.say(tr("Word times in this cue are estimated, not measured."), "estimated")
        elif cue is not None and (guessed := sum(word.source is Source.ESTIMATED for word in cue.words)):
            self.hint.say(_guessed(guessed), "estimated")
        else:
            self.hint.say("", "info")

    def _refresh_marks(self, _tokens: object = None) -> None:
        cue = self._bridge.current_cue()
        if cue is None or self.editor.composing:
            self.editor.setExtraSelections([])
            return
        found = marks(self.editor.document(), cue, self._bridge.word, theme.current().tokens)
        typing = self._typing or self._rest.isActive()
        self.editor.setExtraSelections(found + self._spelling.marks(typing=typing))

    def _enable(self, on: bool) -> None:
        for field in (self.start, self.end):
            field.setEnabled(on)
        self.editor.setReadOnly(not on)


def _guessed(count: int) -> str:
    if count == 1:
        return tr("The time of one word in this cue is estimated, not measured.")
    return tr("The times of {0} words in this cue are estimated, not measured.").format(count)


def _stepped(ms: int, by: int, rate: Fraction | None) -> int:
    if rate is None:
        return max(0, ms + by * _STEP_MS)
    return ms_of_frame(max(0, frame_at_ms(ms, rate) + by), rate)
