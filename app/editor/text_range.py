"""Places in a field's text: Qt counts UTF-16, where an emoji is two; Python and the document count characters.

Knows no cue.
"""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextEdit

_BEYOND = "\uffff"


def units(text: str) -> int:
    """How long `text` is for Qt."""
    return len(text) + sum(character > _BEYOND for character in text)


def characters(text: str, position: int) -> int:
    """How many characters of `text` stand before Qt's `position`."""
    if text.isascii():
        return position
    at = 0
    for number, character in enumerate(text):
        if at >= position:
            return number
        at += 1 + (character > _BEYOND)
    return len(text)


def caret_of(field: QTextEdit) -> int:
    """Where the caret stands, in characters."""
    return characters(field.toPlainText(), field.textCursor().position())


def select_range(field: QTextEdit, first: int, last: int) -> None:
    """Select characters first..last, half-open; what the field does not have is left out."""
    text = field.toPlainText()
    cursor = field.textCursor()
    cursor.setPosition(units(text[:first]))
    cursor.setPosition(units(text[:last]), QTextCursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)
