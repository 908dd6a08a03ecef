"""How fast the current cue must be read, as a number against the style and as a bar. Knows no document."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app import theme
from app.editor.cue_numbers import Speed
from app.i18n import tr
from app.theme import Role, font, tabular
from app.widgets import label, repolish, row

_BAR = QSize(56, 4)


class SpeedBar(QWidget):
    """ "14.3 of 20 ch/s" and how much of it that is."""

    def __init__(self) -> None:
        super().__init__()
        self._speed: Speed | None = None
        self._short = False
        self._number = label("", "third", size=Role.SMALL)
        self._bar = _Bar()
        self.setLayout(row(self._number, self._bar))

    def set_short(self, short: bool) -> None:
        """Where there is little room, the number stands alone."""
        if short != self._short:
            self._short = short
            self.show_speed(self._speed)

    def show_speed(self, speed: Speed | None) -> None:
        """Another speed; None = no cue."""
        self._speed = speed
        over = speed is not None and speed.over
        self._number.setText("" if speed is None else _sentence(speed, short=self._short))
        self._number.setFont(_font(over))
        self._number.setProperty("role", "error" if over else "third")
        repolish(self._number)
        self._bar.show_share(speed.share if speed is not None and speed.limit and not self._short else None, over)
        self.setToolTip("" if speed is None else _sentence(speed))
        self.setAccessibleName("" if speed is None else tr("Reading speed: {0}").format(_sentence(speed)))


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._share: float | None = None
        self._over = False
        self.setFixedSize(_BAR.width(), 16)

    def show_share(self, share: float | None, over: bool) -> None:
        self._share, self._over = share, over
        self.setVisible(share is not None)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.current().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        top = (self.height() - _BAR.height()) / 2
        painter.setBrush(QColor(tokens.line))
        painter.drawRoundedRect(QRectF(0, top, _BAR.width(), _BAR.height()), 2, 2)
        if self._share:
            painter.setBrush(QColor(tokens.error if self._over else tokens.text3))
            painter.drawRoundedRect(QRectF(0, top, max(4.0, _BAR.width() * self._share), _BAR.height()), 2, 2)
        painter.end()


def _sentence(speed: Speed, *, short: bool = False) -> str:
    if short:
        return (tr("{0} words/min") if speed.in_words else tr("{0} ch/s")).format(speed.text)
    if speed.in_words:
        return tr("{0} of {1} words/min").format(speed.text, speed.limit)
    if speed.limit:
        return tr("{0} of {1} ch/s").format(speed.text, speed.limit)
    return tr("{0} ch/s").format(speed.text)


def _font(over: bool) -> QFont:
    made = tabular(font(Role.SMALL))
    made.setBold(over)
    return made
