"""Old and new beside each other: each cue with its times, what differs marked by pattern and colour. Only shows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from app import theme
from app.i18n import tr
from app.theme.fonts import Role, font, font_for, tabular
from app.widgets import column, holding, label, row
from core.document.redo import Compared, Kind
from core.language import is_right_to_left
from core.timecode import format_ms

_GAP_PX = 10


class Sides(QWidget):
    """Two columns of text that is only looked at.

    Attributes:
        old, new: the columns.
    """

    def __init__(self) -> None:
        super().__init__()
        self.old, self.new = _column(tr("As it is")), _column(tr("Again"))
        left = holding(column(label(tr("As it is"), "heading"), self.old, gap=4))
        right = holding(column(label(tr("Again"), "heading"), self.new, gap=4))
        both = row(left, right, gap=16)
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        self.setLayout(both)
        self._shown: tuple[Sequence[Compared], Sequence[Compared]] = ((), ())
        theme.current().changed.connect(self._show_again)

    def show_both(self, old: Sequence[Compared], new: Sequence[Compared]) -> None:
        """Show these cues."""
        self._shown = (old, new)
        for area, side in ((self.old, old), (self.new, new)):
            area.clear()
            cursor = QTextCursor(area.document())
            for number, one in enumerate(side):
                _write(cursor, one, first=number == 0)
            area.moveCursor(QTextCursor.MoveOperation.Start)

    def _show_again(self, _tokens: object) -> None:
        """Another theme. A method, so that Qt forgets it when the dialog goes."""
        self.show_both(*self._shown)


def _column(name: str) -> QTextEdit:
    made = QTextEdit()
    made.setProperty("role", "field")
    made.setReadOnly(True)
    made.setTabChangesFocus(True)
    made.setAccessibleName(name)
    made.verticalScrollBar().setProperty("role", "thin")
    return made


def _write(cursor: QTextCursor, one: Compared, *, first: bool) -> None:
    """A cue: a line of times, then its words."""
    tokens, cue = theme.current().tokens, one.cue
    times = _char(tabular(font(Role.SMALL)), tokens.accent if one.moved else tokens.text3)
    if one.moved:
        times.setFontWeight(QFont.Weight.DemiBold)
    head = QTextBlockFormat()
    head.setTopMargin(0 if first else _GAP_PX)
    _begin(cursor, head, first=first)
    cursor.insertText(f"{format_ms(cue.start_ms, hours=False)} – {format_ms(cue.end_ms, hours=False)}", times)
    body = QTextBlockFormat()
    if is_right_to_left(cue.language):
        body.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    _begin(cursor, body, first=False)
    between = _char(font_for(cue.language), tokens.text)
    for place, (word, kind) in enumerate(zip(cue.words, one.kinds, strict=True)):
        if place:
            cursor.insertText(cue.words[place - 1].after.replace("\n", " "), between)
        cursor.insertText(word.text, _word(kind, cue.language))


def _begin(cursor: QTextCursor, block: QTextBlockFormat, *, first: bool) -> None:
    if first:
        cursor.setBlockFormat(block)
    else:
        cursor.insertBlock(block)


def _word(kind: Kind, language: str) -> QTextCharFormat:
    """A word that is only in the old is struck out, one that is only in the new is underlined."""
    tokens = theme.current().tokens
    if kind is Kind.SAME:
        return _char(font_for(language), tokens.text)
    made = _char(font_for(language), tokens.text if kind is Kind.OLD else tokens.onmeasured)
    made.setBackground(QColor(tokens.doubtbg if kind is Kind.OLD else tokens.measuredbg))
    made.setFontStrikeOut(kind is Kind.OLD)
    made.setFontUnderline(kind is Kind.NEW)
    return made


def _char(typeface: QFont, colour: str) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(typeface)
    made.setForeground(QColor(colour))
    return made
