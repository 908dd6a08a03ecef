"""The bottom of the tab: start or pause, finish, sound of the last seconds, the time, a key to the two kinds of text.

Draws what a `Dictation` is; calls its verbs.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app import theme
from app.dictation.dictation import Dictation
from app.dictation.doing import Dot, clock_of, state_text
from app.dictation.phase import Phase
from app.dictation.strips import LevelHistory
from app.i18n import tr
from app.theme.fonts import Role, font, tabular
from app.widgets import button, column, framed, holding, label, repolish, row

_BUTTON_PX = 36


class Controls(QWidget):
    """See above.

    Attributes:
        main: start, pause or go on. finish: end the dictation.
    """

    def __init__(self, dictation: Dictation) -> None:
        super().__init__()
        self._dictation = dictation
        self.main = button(tr("Start"), dictation.toggle, "primary", icon="microphone")
        self.finish = button(tr("Finish"), dictation.finish, icon="stop")
        for made in (self.main, self.finish):
            made.setMinimumHeight(_BUTTON_PX)
            made.setMinimumWidth(112)
        self.history = LevelHistory()
        self._time = label("", size=Role.HEADING)
        big = tabular(font(Role.HEADING, size_pt=font(Role.HEADING).pointSizeF() + 6))
        self._time.setFont(big)
        self._time.setAccessibleName(tr("Recorded time"))
        self._state = label("", "secondary", size=Role.SMALL)
        self._dot = Dot()
        self._kept = _Elided()
        firm = label(tr("Solid text"), size=Role.SMALL)
        dotted = _dotted(tr("Lighter, dotted text"))
        clock = column(self._time, holding(row(self._dot, self._state, None, gap=6)), gap=2)
        above = row(self.main, self.finish, self.history, holding(clock), margins=(24, 12, 24, 4), gap=16)
        above.setStretch(2, 1)
        below = row(
            firm, label(tr("is final and will not change."), "secondary", size=Role.SMALL), 12, dotted,
            label(tr("is still being heard."), "secondary", size=Role.SMALL), 12, self._kept,
            margins=(24, 0, 24, 12), gap=4,
        )  # fmt: skip
        below.setStretch(below.count() - 1, 1)
        frame = framed("panel")
        frame.setLayout(column(framed("rule"), holding(above), holding(below), gap=0))
        self.setLayout(column(frame, gap=0))
        dictation.changed.connect(self.refresh)
        dictation.levelChanged.connect(self._level)
        self.refresh()

    def refresh(self) -> None:
        """Draw what is."""
        dictation, phase = self._dictation, self._dictation.phase
        text, icon = {
            Phase.IDLE: (tr("Start"), "microphone"),
            Phase.RECORDING: (tr("Pause"), "pause"),
            Phase.PAUSED: (tr("Go on"), "microphone"),
            Phase.ENDING: (tr("Start"), "microphone"),
        }[phase]
        self.main.setText(text)
        self.main.setAccessibleName(text)
        self.main.setIcon(theme.current().icon(icon, "onaccent"))
        self.main.setEnabled(phase is not Phase.ENDING)
        self.finish.setEnabled(phase in (Phase.RECORDING, Phase.PAUSED))
        self._state.setText(state_text(dictation))
        self._dot.show_phase(phase, lost=dictation.problem is not None)
        self._kept.show_text(tr("Sound is written first: {0}").format(dictation.file.name) if dictation.file else "")
        self._show_time()
        repolish(self.main)

    def _level(self) -> None:
        recorded = self._dictation.phase is Phase.RECORDING
        self.history.add(self._dictation.level.peak_db, recorded=recorded)
        self._show_time()

    def _show_time(self) -> None:
        self._time.setText(clock_of(self._dictation.elapsed_ms))


class _Elided(QLabel):
    """A line at the right whose middle gives way where there is little room; its tooltip has all of it."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(Role.SMALL))
        self.setProperty("role", "secondary")
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_text(self, text: str) -> None:
        """Another line."""
        self._whole = text
        self.setToolTip(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As much of it as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideMiddle, self.width()))


def _dotted(text: str) -> QLabel:
    made = label(text, "third", size=Role.SMALL)
    made.setObjectName("dottedKey")
    made.setStyleSheet("QLabel#dottedKey { border-bottom: 1px dotted palette(mid); }")
    return made
