"""Changes a text under the hand of somebody who writes in it. Knows no dictation."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit


class Caret:
    """The caret of a text that we change as well. It goes along with the text until a person puts it somewhere."""

    def __init__(self, edit: QTextEdit) -> None:
        self._edit = edit
        self._ours = self._placed = False
        edit.cursorPositionChanged.connect(self._moved)

    @contextlib.contextmanager
    def kept(self) -> Iterator[None]:
        """What is put in where a person put the caret comes behind it: they go on there. Nothing is scrolled."""
        caret = self._edit.textCursor()
        anchor, end = (_staying(self._edit.document(), place) for place in (caret.anchor(), caret.position()))
        self._placed = self._placed and bool(end.position())
        outer, self._ours = self._ours, True  # a scroll bar that appears has us place the text anew meanwhile
        try:
            yield
            if self._placed and end.position() and self._edit.hasFocus():
                self._put(anchor.position(), end.position())
        finally:
            self._ours = outer

    def _put(self, anchor: int, end: int) -> None:
        caret = self._edit.textCursor()
        if (caret.anchor(), caret.position()) == (anchor, end):
            return
        caret.setPosition(anchor)
        caret.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        bar = self._edit.verticalScrollBar()
        place = bar.value()
        self._edit.setTextCursor(caret)
        bar.setValue(place)

    def _moved(self) -> None:
        self._placed = self._placed or not self._ours


def _staying(document: QTextDocument, place: int) -> QTextCursor:
    """Qt keeps a cursor's position before what is put in there, but not its anchor: one for each."""
    cursor = QTextCursor(document)
    cursor.setPosition(place)
    cursor.setKeepPositionOnInsert(True)
    return cursor


def _alike(one: str, other: str) -> int:
    """How many letters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


def retext(block: QTextBlock, text: str, form: QTextCharFormat) -> None:
    """Give a paragraph another text; only what differs is changed, a caret before or behind that stays."""
    old = block.text()
    same = _alike(old, text)
    behind = _alike(old[same:][::-1], text[same:][::-1])
    cursor = QTextCursor(block)
    cursor.setPosition(block.position() + same)
    cursor.setPosition(block.position() + len(old) - behind, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText(text[same : len(text) - behind], form)


def drop_block(document: QTextDocument, number: int) -> None:
    """Take a paragraph away."""
    cursor = QTextCursor(document.findBlockByNumber(number))
    cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
    cursor.removeSelectedText()
