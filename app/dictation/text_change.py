"""Changes a text under the hand of somebody who writes in it. Knows no dictation."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit


@contextlib.contextmanager
def caret_kept(edit: QTextEdit) -> Iterator[None]:
    """What is put in where the caret stands comes behind it: somebody goes on writing there. Nothing is scrolled."""
    caret = edit.textCursor()
    anchor, end = (_staying(edit.document(), place) for place in (caret.anchor(), caret.position()))
    yield
    caret = edit.textCursor()
    moved = (caret.anchor(), caret.position()) != (anchor.position(), end.position())
    if moved and end.position() and edit.hasFocus():
        caret.setPosition(anchor.position())
        caret.setPosition(end.position(), QTextCursor.MoveMode.KeepAnchor)
        bar = edit.verticalScrollBar()
        place = bar.value()
        edit.setTextCursor(caret)
        bar.setValue(place)


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
