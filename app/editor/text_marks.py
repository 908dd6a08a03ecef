"""Where words stand in the text box's text, and how doubt, estimated times and spelling are marked there.

Doubt: a wave. Estimated: dots. Misspelt: dashes. The selected word: a ground. Never by hue alone. Knows no document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextEdit

from app.editor.text_range import units
from app.theme import Tokens
from app.timeline.meaning import Look, is_doubtful, look_of
from core.cue import Cue
from core.transcript import Word


def places(text: str, words: Sequence[Word]) -> Iterator[tuple[Word, int, int]]:
    """Each word with its first character and one past its last in `text`, whose white space may be another.

    Words that are not in the text are left out: it may be a little ahead of the document while one types.
    """
    at = 0
    for word in words:
        first = text.find(word.text, at)
        if first >= 0:
            at = first + len(word.text)
            yield word, first, at


def offset_in_cue(text: str, cue: Cue, caret: int) -> int:
    """Where a caret of the text box stands in the cue's own text, which has no white space more than it needs."""
    at = 0
    for word, first, last in places(text, cue.words):
        if caret <= last:
            return at + max(0, caret - first)
        at += len(word.text) + len(word.after)
    return len(cue.text)


def marks(document: QTextDocument, cue: Cue, selected: str | None, tokens: Tokens) -> list[QTextEdit.ExtraSelection]:
    """What to mark in the text of `cue`; `selected` is the id of the selected word."""
    made: list[QTextEdit.ExtraSelection] = []
    text = document.toPlainText()
    for word, first, last in places(text, cue.words):
        look = _format(word, word.id == selected, tokens)
        if look is not None:
            made.append(_over(document, units(text[:first]), units(text[:last]), look))
    return made


def misspelt_marks(
    document: QTextDocument, found: Sequence[tuple[str, int, int]], tokens: Tokens
) -> list[QTextEdit.ExtraSelection]:
    """Marks of misspelt words, each given with its first character and one past its last; above those of `marks`."""
    look = QTextCharFormat()
    look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
    look.setUnderlineColor(QColor(tokens.error))
    text = document.toPlainText()
    return [_over(document, units(text[:first]), units(text[:last]), look) for _, first, last in found]


def _format(word: Word, selected: bool, tokens: Tokens) -> QTextCharFormat | None:
    made = QTextCharFormat()
    if is_doubtful(word):
        made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        made.setUnderlineColor(QColor(tokens.doubt))
    elif look_of(word) is Look.ESTIMATED:
        made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        made.setUnderlineColor(QColor(tokens.estimated))
    elif not selected:
        return None
    if selected:
        made.setBackground(QColor(tokens.selbg))
    return made


def _over(document: QTextDocument, first: int, last: int, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
    made = QTextEdit.ExtraSelection()
    cursor = QTextCursor(document)
    cursor.setPosition(first)
    cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
    made.cursor = cursor
    made.format = look
    return made
