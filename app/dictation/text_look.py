"""How dictated text looks: words firm and tentative, passages apart, times in the margin, marks between. Edits nothing.

Words run as their script does; times stand at the left in every language, because time runs from left to right.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QTextBlock, QTextBlockFormat, QTextCharFormat
from PySide6.QtWidgets import QTextEdit, QWidget

from app import theme
from app.theme.fonts import Role, families_for, font, tabular
from app.wording import clock
from core.cue import Cue
from core.document.document import Bookmark, Document

MARGIN_PX = 84
_TIME_GAP_PX = 20
_PASSAGE_GAP_PX = 14
_MARK_PX = 44
_LINE_PERCENT = 118
_MARK_REACH_MS = 500
"""A mark may be set a little behind the start of the passage that follows it: the engine's times are rounded."""


def firm_format(text: str = "", language: str = "") -> QTextCharFormat:
    """Of words that will not change, in the fonts of their language, or where it is not known of their letters."""
    made = QTextCharFormat()
    made.setForeground(QColor(theme.current().tokens.text))
    families = families_for(language, text)
    if families:
        made.setFontFamilies([*families, *font(Role.DICTATION).families()])
    return made


def tentative_format(text: str = "", language: str = "") -> QTextCharFormat:
    """Of words that are still being heard: lighter and dotted."""
    colour = QColor(theme.current().tokens.text3)
    made = firm_format(text, language)
    made.setForeground(colour)
    made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
    made.setUnderlineColor(colour)
    return made


def passage_format(document: Document, row: int) -> QTextBlockFormat:
    """Of a passage: apart from the one before, further where a mark stands between."""
    made = QTextBlockFormat()
    made.setTopMargin(_PASSAGE_GAP_PX + (_MARK_PX if marks_before(document, row) else 0))
    made.setLineHeight(_LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    return made


def marks_before(document: Document, row: int) -> list[Bookmark]:
    """Pauses and gaps between the passage before this row and this one."""
    cues = document.cues
    before = cues[row - 1].end_ms if row else -1
    return [mark for mark in document.bookmarks if before <= mark.ms <= cues[row].start_ms + _MARK_REACH_MS]


def draw_mark(painter: QPainter, mark: Bookmark, below: QRectF, *, right: bool) -> None:
    """The mark over the passage at `below`; `right`: where its lines begin."""
    tokens = theme.current().tokens
    painter.setFont(font(Role.SMALL))
    width = painter.fontMetrics().horizontalAdvance(mark.text) + 24
    left = below.right() - width if right else below.left()
    rect = QRectF(left, below.top() - _MARK_PX + 10, width, 28)
    painter.setPen(QPen(QColor(tokens.edge), 1, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(rect, 4, 4)
    painter.setPen(QColor(tokens.text2))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, mark.text)


class Times(QWidget):
    """The margin with each passage's time."""

    def __init__(
        self, view: QTextEdit, cues: Callable[[], Sequence[Cue]], rect_of: Callable[[QTextBlock], QRectF]
    ) -> None:
        """`rect_of`: where a passage stands, in the view's viewport."""
        super().__init__(view)
        self._view, self._cues, self._rect_of = view, cues, rect_of
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw those in sight."""
        painter = QPainter(self)
        painter.setPen(QColor(theme.current().tokens.text3))
        painter.setFont(tabular(font(Role.SMALL)))
        height = painter.fontMetrics().height()
        line = self._view.fontMetrics().height() * _LINE_PERCENT / 100
        for cue, block in zip(self._cues(), blocks(self._view), strict=False):
            rect = self._rect_of(block)
            if rect.bottom() < 0 or rect.top() > self.height():
                continue
            top = rect.top() + (line - height) / 2
            place = QRectF(0, top, MARGIN_PX - _TIME_GAP_PX, height)
            painter.drawText(place, Qt.AlignmentFlag.AlignRight, clock(cue.start_ms))


def blocks(view: QTextEdit) -> list[QTextBlock]:
    """The paragraphs of a text."""
    document = view.document()
    return [document.findBlockByNumber(number) for number in range(document.blockCount())]
