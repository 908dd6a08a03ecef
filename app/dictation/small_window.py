"""The small window: 440 px, on top, takes no focus; the last words, the state, and pause. Draws a `Dictation`."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app import theme
from app.dictation.controls import _Dot, state_text
from app.dictation.dictation import Dictation
from app.dictation.phase import Phase
from app.dictation.strips import LevelHistory
from app.dictation.typing import Typist
from app.i18n import tr
from app.theme.fonts import Role, font, tabular
from app.widgets import Sign, button, column, framed, holding, label, row, tool_button
from core.timecode import format_ms
from core.transcript import words_text

WIDTH_PX = 440
_SHOWN_CHARS = 110


class SmallWindow(QWidget):
    """See above.

    Signals:
        closed(): a person wants the whole window back.
    """

    closed = Signal()

    def __init__(self, dictation: Dictation, typist: Typist, parent: QWidget | None = None) -> None:
        flags = Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.FramelessWindowHint
        super().__init__(parent, flags | Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setObjectName("smallDictation")
        self.setWindowTitle(tr("Dictation"))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH_PX)
        self._dictation, self._typist = dictation, typist
        self._grip: QPoint | None = None
        self._compose()
        dictation.changed.connect(self.refresh)
        dictation.tentativeChanged.connect(self.refresh)
        dictation.bridge.changed.connect(self.refresh)
        dictation.levelChanged.connect(self._level)
        theme.current().changed.connect(self.refresh)
        self.refresh()

    def refresh(self, _changed: object = None) -> None:
        """Draw what is."""
        dictation, phase = self._dictation, self._dictation.phase
        self.setStyleSheet(f"QWidget#smallDictation {{ border: 1px solid {theme.current().tokens.edge}; }}")
        self._state.setText(state_text(dictation))
        self._dot.show_phase(phase, lost=dictation.problem is not None)
        self._delay.setText(tr("delay {0} s").format(f"{dictation.lag_ms / 1000:.1f}"))
        self._delay.setVisible(phase is Phase.RECORDING)
        self._slow.setVisible(phase is Phase.RECORDING and dictation.is_slow)
        self._show_problem()
        self._show_text()
        self.main.setText(
            tr("Pause") if phase is Phase.RECORDING else tr("Go on") if phase is Phase.PAUSED else tr("Start")
        )
        self.main.setAccessibleName(self.main.text())
        self.main.setIcon(theme.current().icon("pause" if phase is Phase.RECORDING else "microphone", "onaccent"))
        self.main.setEnabled(phase is not Phase.ENDING)
        self.finish.setVisible(phase is Phase.PAUSED or (phase is Phase.RECORDING and dictation.problem is not None))
        self._show_time()
        self.adjustSize()

    # ── putting it together ──────────────────────────────────────────────────────────────────────

    def _compose(self) -> None:
        self._dot = _Dot()
        self._state = label("", size=Role.SMALL)
        self._time = label("", "secondary", size=Role.SMALL)
        self._time.setFont(tabular(font(Role.SMALL)))
        self._delay = label("", "secondary", size=Role.SMALL)
        self._slow = Sign("warning", "doubt")
        whole = tool_button(tr("Back to the whole window"), self._close, "full-screen")
        self._head = row(
            self._dot, self._state, self._time, None, self._slow, self._delay, whole, margins=(12, 4, 8, 4)
        )
        self._problem = framed("banner-error")
        self._problem_text = label("", size=Role.SMALL, wraps=True)
        self._problem.setLayout(column(self._problem_text, margins=(12, 8, 12, 8)))
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.text.setFont(font(Role.CUE))
        self.text.setWordWrap(True)
        self.text.setAccessibleName(tr("Last words"))
        self.text.setMinimumHeight(58)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.main = button(tr("Start"), self._press, "primary", icon="microphone")
        self.finish = button(tr("Finish"), self._dictation.finish, icon="stop")
        self._history = LevelHistory(28)
        foot = row(self.main, self.finish, self._history, margins=(10, 8, 12, 10))
        foot.setStretch(2, 1)
        body = framed("panel")
        inside: QVBoxLayout = column(holding(column(self.text, margins=(14, 10, 14, 10))), framed("rule"), gap=0)
        inside.addLayout(foot)
        body.setLayout(inside)
        self.setLayout(column(holding(self._head), self._problem, body, margins=(1, 1, 1, 1), gap=0))

    def _show_problem(self) -> None:
        problem = self._dictation.problem
        self._problem.setVisible(problem is not None)
        if problem is not None:
            self._problem_text.setText(f"{tr(problem.what_happened())} {tr(problem.what_to_do())}")

    def _show_text(self) -> None:
        dictation = self._dictation
        cues = dictation.bridge.document.cues
        tokens = theme.current().tokens
        if dictation.phase is Phase.PAUSED:
            kept = tr("Nothing is recorded now. {0} of sound and text are saved.")
            self.text.setText(_html(kept.format(clock_of(dictation.elapsed_ms)), tokens.text2))
            return
        firm = cues[-1].text.replace("\n", " ") if cues else ""
        if len(firm) > _SHOWN_CHARS:
            firm = "…" + firm[-_SHOWN_CHARS:].partition(" ")[2]
        tentative = words_text(dictation.tentative)
        dotted = f'<span style="color:{tokens.text3}; text-decoration: underline;">{_escaped(tentative)}</span>'
        self.text.setText(f"{_html(firm, tokens.text)} {dotted if tentative else ''}")

    def _show_time(self) -> None:
        self._time.setText(clock_of(self._dictation.elapsed_ms))

    def _level(self) -> None:
        self._history.add(self._dictation.level.peak_db, recorded=self._dictation.phase is Phase.RECORDING)
        self._show_time()

    def _press(self) -> None:
        recording = self._dictation.phase is Phase.RECORDING
        (self._dictation.pause if recording else self._dictation.start)()

    # ── its place ────────────────────────────────────────────────────────────────────────────────

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Dragged by any part that is no button."""
        self._grip = event.globalPosition().toPoint() - self.frameGeometry().topLeft()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        if self._grip is not None:
            self.move(event.globalPosition().toPoint() - self._grip)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Alt+F4 means the whole window, too."""
        self.closed.emit()
        event.accept()

    def _close(self) -> None:
        self.hide()
        self.closed.emit()


def clock_of(ms: int) -> str:
    """Hours, minutes, seconds."""
    return format_ms(ms).partition(".")[0]


def _html(text: str, colour: str) -> str:
    return f'<span style="color:{colour}">{_escaped(text)}</span>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
