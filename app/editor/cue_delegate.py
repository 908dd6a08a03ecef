"""Draws the cells of the cue table. Knows no selection and no document but the cue it is given.

Everything is drawn here from tokens, without a style sheet's help: thousands of rows scroll smoothly only so.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.editor.cue_model import DRAFT, LINE_BREAK, Column, Index
from app.editor.cue_numbers import seconds_text, speed_of
from app.editor.findings import Findings
from app.editor.session import Session
from app.i18n import tr
from app.theme import Role, Theme, Tokens, font, pixmap, tabular
from app.timeline.texts import Texts
from core.cue import Cue
from core.cues.checks import Severity
from core.language import is_right_to_left
from core.timecode import format_ms

INSET_PX = 6
BAR_PX = 3
_ICON_PX = 16
_BREAK_GAP_PX = 5


class CueDelegate(QStyledItemDelegate):
    """One for the whole table.

    Attributes:
        hovered, current: shown rows that are hovered and current; -1 = none. The view sets them.
        needle: text that is found, to be marked.
    """

    def __init__(
        self,
        session: Session,
        findings: Findings,
        theme: Theme,
        row: Callable[[Index], tuple[int, Cue]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._findings, self._theme, self._row = session, findings, theme, row
        self._texts = Texts()
        self._plain, self._bold = QFont(), QFont()
        self.hovered = self.current = -1
        self.needle = ""
        self.font_changed()

    def font_changed(self) -> None:
        """The system's font is another."""
        self._texts.clear()
        self._plain = tabular(font(Role.BODY))
        self._bold = QFont(self._plain)
        self._bold.setWeight(QFont.Weight.Bold)
        self.metrics = QFontMetrics(self._plain)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The row's height is the view's."""
        return QSize(40, self.metrics.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell."""
        tokens = self._theme.tokens
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        column = Column(index.column())
        self._draw_ground(painter, rect, index, selected)
        number, cue = self._row(index)
        inside = rect.adjusted(INSET_PX, 0, -INSET_PX, 0)
        quiet = tokens.text2 if selected or index.row() == self.hovered else tokens.text3
        if column is Column.TEXT:
            self._draw_text(painter, inside, cue, quiet)
        elif column is Column.SIGN:
            self._draw_sign(painter, rect, cue, quiet)
        else:
            self._draw_number(painter, inside, column, number, cue, tokens, quiet)

    def _draw_ground(self, painter: QPainter, rect: QRect, index: Index, selected: bool) -> None:
        tokens = self._theme.tokens
        if selected:
            painter.fillRect(rect, QColor(tokens.selbg))
        elif index.row() == self.hovered:
            painter.fillRect(rect, QColor(tokens.hover))
        if selected and index.column() == 0:
            painter.fillRect(QRect(rect.left(), rect.top(), BAR_PX, rect.height()), QColor(tokens.accent))
        if index.row() == self.current:
            for y in (rect.top(), rect.bottom()):
                painter.fillRect(rect.left(), y, rect.width(), 1, QColor(tokens.accent))

    def _draw_number(
        self, painter: QPainter, rect: QRect, column: Column, number: int, cue: Cue, tokens: Tokens, quiet: str
    ) -> None:
        side = Qt.AlignmentFlag.AlignLeft if column in (Column.START, Column.END) else Qt.AlignmentFlag.AlignRight
        text, colour, over = "", quiet, False
        if column is Column.NUMBER:
            text = str(number)
        elif column is Column.START:
            text = format_ms(cue.start_ms)
        elif column is Column.END:
            text = format_ms(cue.end_ms)
        elif column is Column.LENGTH:
            text = seconds_text(cue.duration_ms)
        else:
            speed = speed_of(cue, self._session.style)
            text, over = speed.text, speed.over
            colour = tokens.error if over else quiet
        painter.setFont(self._bold if over else self._plain)
        painter.setPen(QColor(colour))
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, text)

    def _draw_text(self, painter: QPainter, rect: QRect, cue: Cue, quiet: str) -> None:
        """The lines of the cue on one line, in its language's direction; what does not fit is elided at its end."""
        if not cue.words:
            painter.setFont(self._plain)
            painter.setPen(QColor(quiet))
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, tr("No text"))
            return
        painter.save()
        painter.setClipRect(rect)
        used, from_right = 0.0, is_right_to_left(cue.language)
        for count, text in enumerate(cue.text.split("\n")):
            if count:
                used = self._draw_piece(painter, rect, used + _BREAK_GAP_PX, LINE_BREAK, "", quiet, from_right)
                used += _BREAK_GAP_PX
            if used >= rect.width():
                break
            used = self._draw_piece(painter, rect, used, text, cue.language, self._theme.tokens.text, from_right)
        painter.restore()

    def _draw_piece(
        self, painter: QPainter, rect: QRect, used: float, text: str, language: str, colour: str, from_right: bool
    ) -> float:
        """Draw one piece behind what was drawn before; returns how far the text reaches now."""
        line = self._texts.elided(text, max(0.0, rect.width() - used), language)
        x = rect.right() + 1 - used - line.width if from_right else rect.left() + used
        y = rect.top() + (rect.height() - line.height) / 2
        if self.needle and colour == self._theme.tokens.text:
            self._mark_found(painter, QRectF(x, rect.top(), line.width, rect.height()), text, language, from_right)
        painter.setPen(QColor(colour))
        line.draw(painter, x, y)
        return used + line.width

    def _mark_found(self, painter: QPainter, at: QRectF, text: str, language: str, from_right: bool) -> None:
        """A ground behind the found part, where it is in sight; right to left, shapes join and the row alone tells."""
        first = text.casefold().find(self.needle.casefold())
        if first < 0 or from_right:
            return
        before = self._texts.line(text[:first], language).width
        width = self._texts.line(text[first : first + len(self.needle)], language).width
        if before + width <= at.width():
            ground = QRectF(at.left() + before - 1, at.top() + 4, width + 2, at.height() - 8)
            painter.fillRect(ground, QColor(self._theme.tokens.doubtbg))

    def _draw_sign(self, painter: QPainter, rect: QRect, cue: Cue, quiet: str) -> None:
        name, colour = self._sign_of(cue, quiet)
        if name:
            scale = painter.device().devicePixelRatio()
            at = QPoint(rect.center().x() - _ICON_PX // 2 + 1, rect.center().y() - _ICON_PX // 2 + 1)
            painter.drawPixmap(at, pixmap(name, colour, _ICON_PX, scale=scale))

    def _sign_of(self, cue: Cue, quiet: str) -> tuple[str, str]:
        """The heaviest thing there is to say about a cue, as icon and colour."""
        tokens = self._theme.tokens
        severity = self._findings.severity_of(cue.id)
        if severity is not None:
            return ("error", tokens.error) if severity is Severity.MUST else ("warning", tokens.doubt)
        if cue.locked:
            return "lock", quiet
        return ("estimated", quiet) if cue.mark == DRAFT else ("", "")
