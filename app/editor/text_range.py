"""Selects a stretch of a cue's text in the field. Knows no cue."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextEdit


def select_range(field: QTextEdit, first: int, last: int) -> None:
    """Select characters first..last, half-open, as Python counts them; what the field does not have is left out."""
    text = field.toPlainText()
    cursor = field.textCursor()
    cursor.setPosition(_units(text[:first]))
    cursor.setPosition(_units(text[:last]), QTextCursor.MoveMode.KeepAnchor)
    field.setTextCursor(cursor)


def _units(text: str) -> int:
    """Qt counts UTF-16: an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
