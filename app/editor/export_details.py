"""The dialog's right side: what the looked-at format loses, and the first lines of its file. Writes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from app.check_box import CheckBox
from app.editor.export_plan import Loss
from app.editor.export_words import loss_sentence, loss_title, losses_title
from app.i18n import tr
from app.theme import Role
from app.widgets import Sign, column, framed, holding, label, row
from core.subtitles.protocol import Feature, SubtitleFormat

_ICONS = {
    Feature.WORD_TIMES: "clock",
    Feature.POSITIONS: "film",
    Feature.STYLED_TEXT: "words",
    Feature.COLOURS: "theme",
    Feature.VOICES: "microphone",
}

_ONE_COLUMN = 4
"""More losses than this stand in two columns."""


class LossCard(QWidget):
    """What a format cannot carry, a line each.

    Signals:
        wordsToggled(bool): “Also save words” was turned on or off.
    """

    wordsToggled = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._shown: QWidget = QWidget()
        self._box = column(self._shown, gap=0)
        self.setLayout(self._box)

    def show_losses(self, target: SubtitleFormat, losses: Sequence[Loss], *, saves_words: bool) -> None:
        """Another format, or another choice."""
        made = self._card(target, losses, saves_words) if losses else _nothing_lost(target)
        self._box.replaceWidget(self._shown, made)
        self._shown.hide()
        self._shown.deleteLater()
        self._shown = made
        made.show()

    def _card(self, target: SubtitleFormat, losses: Sequence[Loss], saves_words: bool) -> QFrame:
        card = framed("banner-doubt")
        title = row(Sign("warning", "doubt"), label(losses_title(target, len(losses)), "heading"), None)
        lines = [self._line(loss, target, saves_words) for loss in losses]
        parts = lines if len(lines) <= _ONE_COLUMN else [lines[0], *_two_columns(lines[1:])]
        card.setLayout(column(holding(title), *parts, margins=(12, 8, 12, 10), gap=8))
        card.setAccessibleName(losses_title(target, len(losses)))
        return card

    def _line(self, loss: Loss, target: SubtitleFormat, saves_words: bool) -> QWidget:
        words = column(
            label(loss_title(loss), size=Role.MEDIUM),
            label(loss_sentence(loss, target), "secondary", size=Role.SMALL, wraps=True),
            gap=2,
        )
        parts: list[QWidget | int | None] = [Sign(_ICONS.get(loss.feature, "info")), holding(words)]
        if loss.feature is Feature.WORD_TIMES:
            also = CheckBox(tr("Also save words (.json)"))
            also.setChecked(saves_words)
            also.toggled.connect(self.wordsToggled)
            parts.append(also)
        line = row(*parts)
        line.setStretch(1, 1)
        return holding(line)


class Preview(QWidget):
    """The first lines of a file."""

    def __init__(self) -> None:
        super().__init__()
        self._title = label("", "heading")
        self._text = QPlainTextEdit()
        self._text.setProperty("role", "field")
        self._text.setReadOnly(True)
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setTabChangesFocus(True)
        self._text.setMinimumHeight(96)
        for bar in (self._text.verticalScrollBar(), self._text.horizontalScrollBar()):
            bar.setProperty("role", "thin")
        self._text.setAccessibleName(tr("First lines of the file"))
        made = column(self._title, self._text, gap=8)
        made.setStretch(1, 1)
        self.setLayout(made)

    @property
    def text(self) -> str:
        """As shown."""
        return self._text.toPlainText()

    def show_lines(self, name: str, text: str) -> None:
        """Another file."""
        self._title.setText(tr("First lines of \u2068{0}\u2069").format(name))
        if text != self.text:
            self._text.setPlainText(text)


def _two_columns(lines: Sequence[QWidget]) -> list[QWidget]:
    """Two beside each other, the order by rows: with many the dialog would be higher than a small screen."""
    rows = []
    for at in range(0, len(lines), 2):
        pair = row(*lines[at : at + 2], *([QWidget()] if at + 1 == len(lines) else []), gap=16)
        pair.setStretch(0, 1)
        pair.setStretch(1, 1)
        rows.append(holding(pair))
    return rows


def _nothing_lost(target: SubtitleFormat) -> QWidget:
    made = row(Sign("check", "measured"), label(losses_title(target, 0), "secondary"), None)
    return holding(made)
