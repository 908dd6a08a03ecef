"""What the lists of the review share: a view set up for pointer and keys, and how a row is drawn. Knows no list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app import theme
from app.editor.cue_model import Index
from app.theme import Role, font, font_for, pixmap, tabular
from core.language import is_right_to_left

_EDGE_PX, _GAP_PX, _PAD_PX, _ICON_PX, _BAR_PX = 12, 8, 8, 16, 3
_MOST_LINES = 2


@dataclass(frozen=True, slots=True)
class ListRow:
    """What one row shows.

    Attributes:
        title, beside: the first line: what it is about, and a quieter addition.
        text: a sentence below, at most two lines; "" = none.
        icon, token: a sign and its colour's token; "" = none.
        current: marked as where one stands.
        faded: not in force, as a step that was taken back.
        language: of the sentence; gives its letters and its side.
    """

    title: str
    beside: str = ""
    text: str = ""
    icon: str = ""
    token: str = "text2"
    current: bool = False
    faded: bool = False
    language: str = ""


class RowList(QListView):
    """A list whose rows are chosen by click or key.

    Signals:
        rowChosen(int): a click, Enter or an arrow key chose this row.
    """

    rowChosen = Signal(int)

    def __init__(self, model: QAbstractListModel, row: Callable[[int], ListRow], name: str) -> None:
        super().__init__()
        self.setProperty("role", "plain")
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(_RowDelegate(row, self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(200)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.verticalScrollBar().setProperty("role", "thin")
        self.clicked.connect(lambda index: self.rowChosen.emit(index.row()))
        theme.current().changed.connect(self.viewport().update)

    def show_row(self, row: int | None) -> None:
        """Select a row without choosing it; None = none."""
        if row is None:
            self.clearSelection()
            return
        index = self.model().index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys and Enter choose; Space and letters are left to the window."""
        if event.text().isprintable() and event.text() and not event.modifiers():
            event.ignore()
            return
        before = self.currentIndex().row()
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            if self.currentIndex().row() == before:
                return
        if self.currentIndex().isValid():
            self.rowChosen.emit(self.currentIndex().row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Sentences wrap anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()


class _RowDelegate(QStyledItemDelegate):
    """Draws `ListRow`s from tokens."""

    def __init__(self, row: Callable[[int], ListRow], view: RowList) -> None:
        super().__init__(view)
        self._row, self._view = row, view
        self._title, self._beside, self._text = font(Role.MEDIUM), tabular(font(Role.SMALL)), font(Role.SMALL)
        self._here = QFont(self._title)
        self._here.setWeight(QFont.Weight.DemiBold)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line for the title and as many as the sentence needs, up to two."""
        row = self._row(index.row())
        height_px = 2 * _PAD_PX + QFontMetrics(self._title).height()
        if row.text:
            height_px += 2 + self._text_lines(row) * QFontMetrics(self._text).lineSpacing()
        return QSize(100, max(28, height_px))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row, tokens = self._row(index.row()), theme.current().tokens
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected, hovered = state & QStyle.StateFlag.State_Selected, state & QStyle.StateFlag.State_MouseOver
        if selected or hovered:
            painter.fillRect(rect, QColor(tokens.selbg if selected else tokens.hover))
        if selected or row.current:
            painter.fillRect(rect.left(), rect.top(), _BAR_PX, rect.height(), QColor(tokens.accent))
        if row.text:
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(tokens.line))
        quiet = tokens.text2 if selected or hovered else tokens.text3
        if row.icon:
            scale = painter.device().devicePixelRatio()
            at = QPoint(rect.left() + _EDGE_PX, rect.top() + _PAD_PX + 1)
            painter.drawPixmap(at, pixmap(row.icon, tokens.colour(row.token), _ICON_PX, scale=scale))
        inside = rect.adjusted(self._indent(row), _PAD_PX, -_EDGE_PX, 0)
        self._draw_first_line(painter, inside, row, quiet if row.faded else tokens.text, quiet)
        if row.text:
            below = inside.adjusted(0, QFontMetrics(self._title).height() + 2, 0, -2)
            painter.setFont(font_for(row.language, Role.SMALL) if row.language else self._text)
            painter.setPen(QColor(quiet if row.faded else tokens.text2))
            painter.drawText(below, _side_of(row) | Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop, row.text)

    def _draw_first_line(self, painter: QPainter, inside: QRect, row: ListRow, colour: str, quiet: str) -> None:
        title_font = self._here if row.current else self._title
        metrics = QFontMetrics(title_font)
        line = QRect(inside.left(), inside.top(), inside.width(), metrics.height())
        painter.setFont(title_font)
        painter.setPen(QColor(colour))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, row.title)
        if row.beside:
            line.setLeft(line.left() + metrics.horizontalAdvance(row.title) + _GAP_PX)
            painter.setFont(self._beside)
            painter.setPen(QColor(quiet))
            shown = QFontMetrics(self._beside).elidedText(row.beside, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)

    def _indent(self, row: ListRow) -> int:
        return _EDGE_PX + (_ICON_PX + _GAP_PX if row.icon else 0)

    def _text_lines(self, row: ListRow) -> int:
        room_px = max(40, self._view.viewport().width() - self._indent(row) - _EDGE_PX)
        metrics = QFontMetrics(self._text)
        if metrics.horizontalAdvance(row.text) <= room_px:
            return 1
        drawn = metrics.boundingRect(QRect(0, 0, room_px, 10_000), Qt.TextFlag.TextWordWrap, row.text)
        return min(_MOST_LINES, -(-drawn.height() // metrics.lineSpacing()))


class Rows(QAbstractListModel):
    """A list model over a sequence that is told anew each time: what is the same at both ends stays."""

    def __init__(self, spoken: Callable[[int], str]) -> None:
        super().__init__()
        self._items: list[object] = []
        self._spoken = spoken

    @property
    def items(self) -> list[object]:
        """What the rows stand for."""
        return self._items

    def show(self, items: list[object]) -> None:
        """Other items; views hear of the rows that come and go between those that stay."""
        head = _same(self._items, items)
        tail = _same(self._items[head:][::-1], items[head:][::-1])
        going, coming = len(self._items) - head - tail, items[head : len(items) - tail]
        if going:
            self.beginRemoveRows(QModelIndex(), head, head + going - 1)
            del self._items[head : head + going]
            self.endRemoveRows()
        if coming:
            self.beginInsertRows(QModelIndex(), head, head + len(coming) - 1)
            self._items[head:head] = coming
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default, never changed
        """How many there are."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What is read out; the delegate draws by itself."""
        if not index.isValid() or index.row() >= len(self._items):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._spoken(index.row())
        return None


def _side_of(row: ListRow) -> int:
    """Where the sentence begins, and its full stop ends: Qt turns the side round with the direction."""
    direction = Qt.TextFlag.TextForceRightToLeft if is_right_to_left(row.language) else Qt.TextFlag.TextForceLeftToRight
    return direction | Qt.AlignmentFlag.AlignLeft.value


def _same(old: list[object], new: list[object]) -> int:
    pairs = enumerate(zip(old, new, strict=False))
    return next((n for n, (a, b) in pairs if a is not b and a != b), min(len(old), len(new)))
