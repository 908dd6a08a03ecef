"""The text of a dictation: firm words solid, tentative ones lighter and dotted, passages corrected where they stand.

Each paragraph is a passage (a cue of the document), the tentative words stand behind the last one; `text_look` says how
it looks. What a person types becomes `corrected`; it never reads the document back
while somebody writes in that passage. Knows no microphone.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QMimeData, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from app import theme
from app.dictation.text_change import Caret, drop_block, retext
from app.dictation.text_look import (
    MARGIN_PX,
    Times,
    blocks,
    draw_mark,
    firm_format,
    marks_before,
    passage_format,
    tentative_format,
)
from app.editor.document_bridge import DocumentBridge
from app.editor.text_steps import TypingSteps
from app.i18n import tr
from app.theme.fonts import Role, font
from core.document.history import Changed
from core.transcript import Word, words_text

WIDEST_PX = 1010
_LINE = "\u2028"


class TextView(QTextEdit):
    """See above.

    Signals:
        corrected(int, str, str): the passage in this row has this text now ("" = it was emptied); the step's merge key.
        undoWanted(), redoWanted(): a step shall be taken back, or done again.
    """

    corrected = Signal(int, str, str)
    undoWanted = Signal()
    redoWanted = Signal()

    def __init__(self, bridge: DocumentBridge, *, size_pt: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._tentative = self._tail = ""
        self._ours = False
        self._placing = False
        self._size_pt = size_pt
        self._steps, self._caret = TypingSteps(), Caret(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("Dictated text"))
        self.setUndoRedoEnabled(False)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setViewportMargins(MARGIN_PX, 0, 0, 0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setProperty("role", "thin")
        self._times = Times(self, lambda: bridge.document.cues, self.rect_of)
        self._read_soon = QTimer(self)
        self._read_soon.setSingleShot(True)
        self._read_soon.timeout.connect(self._read_back)
        self.document().contentsChanged.connect(self._touched)
        bridge.changed.connect(self._document_changed)
        bridge.replaced.connect(self.show_all)
        theme.current().changed.connect(self._restyle)
        self.verticalScrollBar().valueChanged.connect(self._times.update)
        self._restyle()

    @property
    def size_pt(self) -> int:
        """Of the text."""
        return self._size_pt

    def set_size_pt(self, size_pt: int) -> None:
        """Larger or smaller."""
        self._size_pt = size_pt
        self._restyle()

    def show_tentative(self, words: Sequence[Word]) -> None:
        """These follow, for now."""
        text = words_text(words).replace("\n", " ")
        if text != self._tentative:
            self._change(lambda: self._put_tentative(text))

    def show_all(self) -> None:
        """Draw every passage anew."""
        self._change(self._put_all)

    # ── drawing the document ─────────────────────────────────────────────────────────────────────

    def _document_changed(self, changed: Changed) -> None:
        first = min((first for first, _, _ in changed.rows()), default=0)
        self._change(lambda: self._put_changed(first))

    def _change(self, work: Callable[[], object]) -> None:
        """Change the shown text ourselves, and stay at the end where the end was in sight."""
        bar = self.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() - 4
        outer, self._ours = self._ours, True
        try:
            with self._caret.kept():
                work()
        finally:
            self._ours = outer
        self._anchor()
        if at_end:
            bar.setValue(bar.maximum())
        self._times.update()

    def _put_all(self) -> None:
        self._tentative = self._tail = ""
        self.document().clear()
        cursor = QTextCursor(self.document())
        for row, cue in enumerate(self._bridge.document.cues):
            if row:
                cursor.insertBlock()
            cursor.setBlockFormat(passage_format(self._bridge.document, row))
            cursor.insertText(_shown(cue.text), firm_format(cue.text, cue.language))

    def _put_changed(self, first: int) -> None:
        """Only what is not there already: an arriving word must not disturb who writes elsewhere, nor cost more in a
        long text. Rows before `first` are as they were."""
        tentative = self._tentative
        self._put_tentative("")
        cues = self._bridge.document.cues
        while self.document().blockCount() > max(1, len(cues)):
            drop_block(self.document(), self.document().blockCount() - 1)
        for row in range(first, len(cues)):
            cue = cues[row]
            block = self.document().findBlockByNumber(row)
            if not block.isValid():
                cursor = QTextCursor(self.document())
                cursor.movePosition(QTextCursor.MoveOperation.End)
                cursor.insertBlock()
                block = cursor.block()
            if block.text() != _shown(cue.text):
                retext(block, _shown(cue.text), firm_format(_shown(cue.text), cue.language))
            wanted = passage_format(self._bridge.document, row)
            if block.blockFormat() != wanted:
                QTextCursor(block).setBlockFormat(wanted)
        if not cues:
            retext(self.document().firstBlock(), "", firm_format())
        self._put_tentative(tentative)

    def _put_tentative(self, text: str) -> None:
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.setPosition(cursor.position() - len(self._tail), QTextCursor.MoveMode.KeepAnchor)
        self._tentative = text
        tail = self._tail = self._tail_of(text)
        between = len(tail) - len(text)
        cursor.insertText(tail[:between], firm_format())
        cursor.insertText(tail[between:], tentative_format(text, self._language()))
        cursor.setCharFormat(firm_format())

    def _language(self) -> str:
        """What the last passage is in, "" where nobody knows."""
        cues = self._bridge.document.cues
        return cues[-1].language if cues else ""

    def _tail_of(self, text: str) -> str:
        """Tentative words with the blank before them."""
        if not text:
            return ""
        cues = self._bridge.document.cues
        between = cues[-1].words[-1].after if cues and cues[-1].words else ""
        return between.replace("\n", _LINE) + text

    # ── what a person types ──────────────────────────────────────────────────────────────────────

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter breaks the line inside a passage; undo takes back the step, not the letter."""
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undoWanted.emit()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redoWanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.textCursor().insertText(_LINE)
        else:
            super().keyPressEvent(event)
        self._read_now()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Letters that are put together of several keys."""
        super().inputMethodEvent(event)
        self._read_now()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste plain text, its line breaks inside the passage."""
        self.textCursor().insertText(_LINE.join(source.text().splitlines()))
        self._read_now()

    def _touched(self) -> None:
        if not self._ours and not self._placing:
            self._read_soon.start(0)

    def _read_now(self) -> None:
        """Before a word arrives: it would be put where nobody knows yet of what was typed."""
        if self._read_soon.isActive():
            self._read_soon.stop()
            self._read_back()

    def _read_back(self) -> None:
        """Tell what a person changed. Where passages were joined or the tentative end touched, the document holds."""
        cues = self._bridge.document.cues
        tail = self._tail
        texts = [block.text() for block in blocks(self)]
        if not cues or len(texts) != len(cues) or not texts[-1].endswith(tail):
            self.show_all_again()
            return
        texts[-1] = texts[-1][: len(texts[-1]) - len(tail)]
        for row in reversed(range(len(cues))):
            text = texts[row].replace(_LINE, "\n").strip()
            if text != cues[row].text:
                caret, now_ms = self.textCursor().positionInBlock(), int(time.monotonic() * 1000)
                key = self._steps.key(cues[row].id, cues[row].text, text, caret, now_ms)
                self.corrected.emit(row, text, key)

    def show_all_again(self) -> None:
        """Draw everything anew and keep the tentative words."""
        tentative = self._tentative

        def work() -> None:
            self._put_all()
            self._put_tentative(tentative)

        self._change(work)

    # ── looks ────────────────────────────────────────────────────────────────────────────────────

    def _restyle(self, _tokens: object = None) -> None:
        tokens = theme.current().tokens
        self.setFont(font(Role.DICTATION, size_pt=self._size_pt))
        self.setStyleSheet(
            f"QTextEdit {{ background: {tokens.panel}; color: {tokens.text};"
            f" selection-background-color: {tokens.selbg}; selection-color: {tokens.text}; }}"
        )
        self.show_all_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines are never longer than can be read; the end stays in sight."""
        super().resizeEvent(event)
        self._times.setGeometry(QRect(0, 0, MARGIN_PX, self.height()))
        self._change(lambda: None)

    def _anchor(self) -> None:
        """Little text stands at the bottom, where the next words come."""
        self._placing = True
        width = min(WIDEST_PX, self.viewport().width() - 24)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setLineWrapColumnOrWidth(max(120, width))
        root = self.document().rootFrame()
        shape = root.frameFormat()
        content = self.document().size().height() - shape.topMargin()
        top = max(8.0, self.viewport().height() - content - 4)
        if abs(shape.topMargin() - top) >= 1:
            shape.setTopMargin(top)
            shape.setBottomMargin(16)
            root.setFrameFormat(shape)
        self._placing = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, the marks between passages, and where the next word comes."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        for row, block in enumerate(blocks(self)):
            if row < len(self._bridge.document.cues):
                for mark in marks_before(self._bridge.document, row)[:1]:
                    right = block.textDirection() is Qt.LayoutDirection.RightToLeft
                    draw_mark(painter, mark, self.rect_of(block), right=right)
        painter.end()

    def rect_of(self, block: QTextBlock) -> QRectF:
        """Where a passage stands, in the viewport."""
        rect = self.document().documentLayout().blockBoundingRect(block)
        return rect.translated(0, -self.verticalScrollBar().value())


def _shown(text: str) -> str:
    return text.replace("\n", _LINE)
