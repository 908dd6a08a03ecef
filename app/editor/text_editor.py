"""The field a cue's text is typed in: plain text, line counts in the margin, direction by language. Knows no document.

It takes every key that types or moves a caret, so that no shortcut of the window plays or splits while one types; what
is left (Escape, Ctrl+Space, undo) it tells.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFontMetricsF,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from app import theme
from app.editor.cue_numbers import LineCount
from app.editor.text_range import caret_of, units
from app.i18n import tr
from app.theme import Role, font, font_for, tabular
from core.language import is_right_to_left

_COUNT_GAP_PX = 12
_MOST_SPACING = 1.15
"""Of the spacing of Latin lines; Arabic with its signs above and below still keeps apart."""

_NO_KEYS = Qt.KeyboardModifier.NoModifier | Qt.KeyboardModifier.KeypadModifier
_CARET_KEYS = frozenset(
    (
        Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End,
        Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return,
        Qt.Key.Key_Enter, Qt.Key.Key_Space,
    )
)  # fmt: skip
_CARET_COMMANDS = (
    QKeySequence.StandardKey.MoveToNextWord, QKeySequence.StandardKey.MoveToPreviousWord,
    QKeySequence.StandardKey.SelectNextWord, QKeySequence.StandardKey.SelectPreviousWord,
    QKeySequence.StandardKey.MoveToStartOfDocument, QKeySequence.StandardKey.MoveToEndOfDocument,
    QKeySequence.StandardKey.SelectStartOfDocument, QKeySequence.StandardKey.SelectEndOfDocument,
    QKeySequence.StandardKey.DeleteStartOfWord, QKeySequence.StandardKey.DeleteEndOfWord,
    QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Cut, QKeySequence.StandardKey.Paste,
    QKeySequence.StandardKey.SelectAll,
)  # fmt: skip


class CueTextEdit(QTextEdit):
    """Signals:
    typed(): the person changed the text (never told for `show_text`).
    left(): Escape.
    playWanted(): Ctrl+Space.
    undoWanted(), redoWanted(): where no action of the window took those keys.
    composed(): an input method has finished; what waited may be shown now.
    """

    typed = Signal()
    left = Signal()
    playWanted = Signal()
    undoWanted = Signal()
    redoWanted = Signal()
    composed = Signal()

    def __init__(self, count: Callable[[str], LineCount]) -> None:
        super().__init__()
        self._count = count
        self._from_right = False
        self._quiet = False
        self.composing = False
        self.setObjectName("cueText")
        self.setProperty("role", "field")
        self.setAccessibleName(tr("Text of the cue"))
        self.setPlaceholderText(tr("Select a cue to edit its text."))
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)  # the document's own steps are the only ones
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setProperty("role", "thin")
        self._margin = _CountMargin(self)
        self.textChanged.connect(self._text_changed)
        self.verticalScrollBar().valueChanged.connect(self._margin.update)
        self.show_language("")

    # ── what is shown ────────────────────────────────────────────────────────────────────────────

    def show_language(self, language: str) -> None:
        """Font and direction of this language; counts go to the side where lines end."""
        self._from_right = is_right_to_left(language)
        self.document().setDefaultFont(font_for(language, Role.CUE))
        option = QTextOption(Qt.AlignmentFlag.AlignLeading)
        way = Qt.LayoutDirection.RightToLeft if self._from_right else Qt.LayoutDirection.LeftToRight
        option.setTextDirection(way)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)
        room = self._margin.room_px()
        self.setViewportMargins(room if self._from_right else 0, 0, 0 if self._from_right else room, 0)
        self._place_margin()

    def show_text(self, text: str) -> None:
        """Another text of the same cue: the caret stays beside what it was beside, or goes where the change is."""
        old = self.toPlainText()
        if text == old:
            return
        caret = _carried(old, text, caret_of(self), moves=self.hasFocus())
        self._put(text)
        cursor = self.textCursor()
        cursor.setPosition(units(text[:caret]))
        self.setTextCursor(cursor)

    def begin_text(self, text: str) -> None:
        """The text of another cue; the caret goes to its end."""
        self._put(text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def recount(self) -> None:
        """Lines or limits are others now."""
        self._margin.update()

    @property
    def from_right(self) -> bool:
        """Whether the text runs from right to left."""
        return self._from_right

    def _put(self, text: str) -> None:
        self._quiet = True
        try:
            self.setPlainText(text)
            self._tighten()
        finally:
            self._quiet = False

    def _tighten(self) -> None:
        """Scripts whose fonts have tall lines stand nearly as close as Latin ones, so that two lines stay in sight."""
        latin_px = QFontMetricsF(font(Role.CUE)).lineSpacing()
        share = _MOST_SPACING * latin_px / QFontMetricsF(self.document().defaultFont()).lineSpacing()
        look = QTextBlockFormat()
        proportional = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        look.setLineHeight(100.0 * min(1.0, share), proportional)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(look)

    def _text_changed(self) -> None:
        self._margin.update()
        if not self._quiet:
            self.typed.emit()

    def lines(self) -> list[tuple[QRectF, str]]:
        """Each line of the cue with its first drawn line's place in the viewport."""
        layout = self.document().documentLayout()
        scrolled = self.verticalScrollBar().value()
        found: list[tuple[QRectF, str]] = []
        block: QTextBlock = self.document().begin()
        while block.isValid():
            place = layout.blockBoundingRect(block).translated(0, -scrolled)
            if block.layout().lineCount():
                place.setHeight(block.layout().lineAt(0).height())
            found.append((place, block.text()))
            block = block.next()
        return found

    def count_of(self, line: str) -> LineCount:
        """Characters of a line against the style."""
        return self._count(line)

    # ── keys ─────────────────────────────────────────────────────────────────────────────────────

    def event(self, event: QEvent) -> bool:
        """Claim the keys that type, before a shortcut of the window gets them; leave undo to the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(_is_for_text(event))
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type, or tell what the key means."""
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif control and event.key() == Qt.Key.Key_Space:
            self.playWanted.emit()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undoWanted.emit()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redoWanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._break_line(event)
        else:
            super().keyPressEvent(event)

    def _break_line(self, event: QKeyEvent) -> None:
        """Enter with or without Shift is a line break of the cue; with Ctrl or Alt it is the window's."""
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            event.ignore()
        elif not self.isReadOnly():
            self.textCursor().insertBlock()
            self.ensureCursorVisible()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Text that is being composed is not the cue's yet; nothing may put another text under it."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)
        if not self.composing:
            self.composed.emit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """A file that is dropped here is for the window to open."""
        return source.hasText() and not source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pasted text is plain; line separators of other programs become line breaks."""
        if source.hasText():
            plain = source.text().replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
            self.textCursor().insertText(plain.replace("\u2029", "\n").strip("\n"))
            self.ensureCursorVisible()

    # ── the margin ───────────────────────────────────────────────────────────────────────────────

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the counts beside the text."""
        super().resizeEvent(event)
        self._place_margin()

    def _place_margin(self) -> None:
        inside = self.viewport().geometry()
        room = self._margin.room_px()
        left = inside.left() - room if self._from_right else inside.right() + 1
        self._margin.setGeometry(left, inside.top(), room, inside.height())
        self._margin.update()


class _CountMargin(QWidget):
    """Counts of the lines, at the height of each."""

    def __init__(self, editor: CueTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFont(tabular(font(Role.SMALL)))

    def room_px(self) -> int:
        """Width for the longest count that is usual."""
        return int(QFontMetricsF(self.font()).horizontalAdvance("000 / 00")) + _COUNT_GAP_PX

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw each count; one that is too high in the colour of errors and bold."""
        tokens = theme.current().tokens
        painter = QPainter(self)
        side = Qt.AlignmentFlag.AlignLeft if self._editor.from_right else Qt.AlignmentFlag.AlignRight
        for place, line in self._editor.lines() if not self._editor.isReadOnly() else []:
            if not line.strip():
                continue
            count = self._editor.count_of(line.strip())
            shown = tabular(font(Role.SMALL))
            shown.setBold(count.over)
            painter.setFont(shown)
            painter.setPen(QColor(tokens.error if count.over else tokens.text3))
            painter.drawText(
                QRectF(0, place.top(), self.width(), place.height()), side | Qt.AlignmentFlag.AlignVCenter, count.text
            )
        painter.end()


def announce(widget: QWidget) -> None:
    """Let screen readers read a widget's new description."""
    QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.DescriptionChanged))


def _is_for_text(event: QKeyEvent) -> bool:
    """Whether a key types or moves the caret."""
    if any(event.matches(command) for command in _CARET_COMMANDS):
        return True
    beside = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    if beside == Qt.KeyboardModifier.NoModifier:
        return event.key() in _CARET_KEYS or (event.text().isprintable() and bool(event.text()))
    # AltGr reaches Windows as Ctrl+Alt and types a character
    return bool(event.text()) and event.text().isprintable() and bool(beside & Qt.KeyboardModifier.GroupSwitchModifier)


def _carried(old: str, new: str, caret: int, *, moves: bool) -> int:
    """Where a caret of `old` stands in `new`; `moves`: to the end of what changed, as after an undo."""
    shortest = min(len(old), len(new))
    head = next((n for n in range(shortest) if old[n] != new[n]), shortest)
    tail = next((n for n in range(shortest - head) if old[-1 - n] != new[-1 - n]), shortest - head)
    if moves:
        return len(new) - tail
    return caret if caret <= head else max(head, min(len(new), caret + len(new) - len(old)))
