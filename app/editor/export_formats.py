"""The dialog's left side: which formats are written, several at once, and which is looked at. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from app import theme
from app.check_box import CheckBox
from app.editor.export_words import format_name
from app.i18n import tr
from app.theme import Role
from app.widgets import Sign, column, label, row
from core.subtitles.protocol import SubtitleFormat

_WIDTH_PX, _ROW_PX = 272, 32


class FormatList(QFrame):
    """Signals:
    changed(): another set of formats is chosen.
    looked(str): this format is looked at now.
    """

    changed = Signal()
    looked = Signal(str)

    def __init__(
        self, formats: Sequence[SubtitleFormat], losses: Callable[[str], int], below: QWidget | None = None
    ) -> None:
        """`below`: stands under the formats."""
        super().__init__()
        self._rows = {one.id: _FormatRow(one, losses(one.id)) for one in formats}
        title = label(tr("Formats, several at once"), "third", size=Role.SMALL)
        self.setLayout(
            column(
                title,
                4,
                *self._rows.values(),
                *([below] if below is not None else []),
                None,
                margins=(12, 16, 12, 16),
                gap=0,
            )
        )
        self.setFixedWidth(_WIDTH_PX)
        for format_id, shown in self._rows.items():
            shown.looked.connect(lambda wanted=format_id: self.look_at(wanted))
            shown.check.toggled.connect(lambda _on: self.changed.emit())
        self._current = ""

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the chosen formats, in order."""
        return tuple(format_id for format_id, shown in self._rows.items() if shown.check.isChecked())

    def choose(self, format_ids: Sequence[str]) -> None:
        """Choose these."""
        for format_id, shown in self._rows.items():
            shown.check.setChecked(format_id in format_ids)

    def set_chosen(self, format_id: str, on: bool) -> None:
        """Choose one, or no longer."""
        self._rows[format_id].check.setChecked(on)

    def look_at(self, format_id: str) -> None:
        """Show what becomes of this format."""
        if format_id == self._current:
            return
        self._current = format_id
        for other, shown in self._rows.items():
            shown.set_current(other == format_id)
        self.looked.emit(format_id)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame's colour, as chrome is."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.current().tokens.window))
        painter.end()


class _FormatRow(QWidget):
    """A format: chosen or not, and what it loses.

    Signals:
        looked(): it was clicked or has the keys.
    """

    looked = Signal()

    def __init__(self, target: SubtitleFormat, lost: int) -> None:
        super().__init__()
        self._is_current = False
        self._lost = lost
        self.check = CheckBox(format_name(target))
        said = tr("{0} things are lost").format(lost) if lost else tr("carries everything")
        self.check.setAccessibleName(f"{format_name(target)}, {said}")
        self.setToolTip(said)
        self.check.installEventFilter(self)
        self.check.toggled.connect(lambda _on: self._show_sign())
        self._sign = Sign("warning" if lost else "check", "doubt" if lost else "measured")
        self._count = label(str(lost) if lost else "", "secondary", size=Role.SMALL)
        self.setLayout(row(self.check, None, self._sign, self._count, margins=(8, 0, 8, 0), gap=4))
        self.setFixedHeight(_ROW_PX)
        self._show_sign()

    def set_current(self, is_current: bool) -> None:
        self._is_current = is_current
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.MouseButtonPress):
            self.looked.emit()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.looked.emit()
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._is_current:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.current().tokens.selbg))
            painter.drawRoundedRect(self.rect(), 4, 4)
            painter.end()

    def _show_sign(self) -> None:
        """What is lost matters for what is chosen."""
        self._sign.setVisible(self.check.isChecked())
        self._count.setVisible(self.check.isChecked() and bool(self._lost))
