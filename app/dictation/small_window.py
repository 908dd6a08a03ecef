"""The small window: 440 px, on top, takes no focus; the last words, the state, and pause. Draws a `Dictation`."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app import theme
from app.dictation.dictation import Dictation
from app.dictation.doing import Dot, clock_of, state_text
from app.dictation.phase import Phase
from app.dictation.strips import LevelHistory, Levels
from app.dictation.trouble import Trouble
from app.dictation.typing import Typist
from app.i18n import tr
from app.theme.fonts import Role, font, font_for, tabular
from app.widgets import Sign, button, column, fixed_height, framed, holding, label, row, tool_button
from core.transcript import words_text

WIDTH_PX = 440
_SHOWN_CHARS = 110


class SmallWindow(QWidget):
    """See above.

    Signals:
        closed(): a person wants the whole window back.
    """

    closed = Signal()

    def __init__(
        self, dictation: Dictation, levels: Levels, typist: Typist | None = None, parent: QWidget | None = None
    ) -> None:
        """`levels`: of the last while; somebody else adds to them. `typist`: tell where its text is left."""
        flags = Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.FramelessWindowHint
        super().__init__(parent, flags | Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setObjectName("smallDictation")
        self.setWindowTitle(tr("Dictation"))
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH_PX)
        self._dictation, self._typist = dictation, typist
        self._history = LevelHistory(28, levels)
        self._troubled = False
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
        self._show_text()
        self.main.setText(
            tr("Pause") if phase is Phase.RECORDING else tr("Go on") if phase is Phase.PAUSED else tr("Start")
        )
        self.main.setAccessibleName(self.main.text())
        self.main.setIcon(theme.current().icon("pause" if phase is Phase.RECORDING else "microphone", "onaccent"))
        self.main.setEnabled(phase is not Phase.ENDING)
        self.finish.setVisible(phase is Phase.PAUSED or (phase is Phase.RECORDING and dictation.problem is not None))
        self._show_time()
        self._fit()

    # ── putting it together ──────────────────────────────────────────────────────────────────────

    def _compose(self) -> None:
        self._dot = Dot()
        self._state = label("", size=Role.SMALL)
        self._time = label("", "secondary", size=Role.SMALL)
        self._time.setFont(tabular(font(Role.SMALL)))
        self._delay = label("", "secondary", size=Role.SMALL)
        self._slow = Sign("warning", "doubt")
        whole = tool_button(tr("Back to the whole window"), self.give_way, "full-screen")
        self._head = row(
            self._dot, self._state, self._time, None, self._slow, self._delay, whole, margins=(12, 4, 8, 4)
        )
        self.trouble = Trouble(self._dictation, self._typist, slow=True, side_px=12)
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.text.setFont(font(Role.CUE))
        self.text.setWordWrap(True)
        self.text.setAccessibleName(tr("Last words"))
        self.text.setMinimumHeight(58)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.main = button(tr("Start"), self._dictation.toggle, "primary", icon="microphone")
        self.finish = button(tr("Finish"), self._dictation.finish, icon="stop")
        foot = row(self.main, self.finish, self._history, margins=(10, 8, 12, 10))
        foot.setStretch(2, 1)
        body = framed("panel")
        inside: QVBoxLayout = column(holding(column(self.text, margins=(14, 10, 14, 10))), framed("rule"), gap=0)
        inside.addLayout(foot)
        body.setLayout(inside)
        for made in (whole, self.main, self.finish, self.trouble.other):
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the window takes no keys from other programs
        self._parts = column(
            fixed_height(holding(self._head)), fixed_height(self.trouble), body, margins=(1, 1, 1, 1), gap=0
        )
        self._parts.setStretch(2, 1)
        self.setLayout(self._parts)

    def _show_text(self) -> None:
        dictation = self._dictation
        cues = dictation.bridge.document.cues
        tokens = theme.current().tokens
        if dictation.phase is Phase.PAUSED:
            kept = tr("Nothing is recorded now. {0} of sound and text are saved.")
            self.text.setFont(font(Role.CUE))
            self.text.setText(_html(kept.format(clock_of(dictation.elapsed_ms)), tokens.text2))
            return
        firm = cues[-1].text.replace("\n", " ") if cues else ""
        if len(firm) > _SHOWN_CHARS:
            end = firm[-_SHOWN_CHARS:]
            firm = "…" + (end.partition(" ")[2] or end)  # scripts without blanks are cut anywhere
        between = cues[-1].words[-1].after if cues and cues[-1].words else ""
        tentative = words_text(dictation.tentative)
        language = cues[-1].language if cues else ""
        self.text.setFont(font_for(language, Role.CUE, text=firm + tentative))
        dotted = f'<span style="color:{tokens.text3}; text-decoration: underline;">{_escaped(tentative)}</span>'
        self.text.setText(f"{_html(firm + between, tokens.text)}{dotted if tentative else ''}")

    def _show_time(self) -> None:
        self._time.setText(clock_of(self._dictation.elapsed_ms))

    def _level(self) -> None:
        self._history.update()
        self._show_time()
        if self.trouble.isVisible() is not self._troubled:
            self._fit()

    def _fit(self) -> None:
        """As high as its words need."""
        self._troubled = self.trouble.isVisible()
        self._parts.activate()
        self.setFixedHeight(self._parts.totalHeightForWidth(WIDTH_PX))

    # ── its place ────────────────────────────────────────────────────────────────────────────────

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Dragged by any part that is no button; by the system, which on Wayland alone knows where windows are."""
        handle = self.windowHandle()
        if event.button() is Qt.MouseButton.LeftButton and handle is not None:
            handle.startSystemMove()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Alt+F4 means the whole window, too."""
        self.closed.emit()
        event.accept()

    def give_way(self) -> None:
        """Hide; the whole window is wanted again."""
        self.hide()
        self.closed.emit()


def _html(text: str, colour: str) -> str:
    return f'<span style="color:{colour}">{_escaped(text)}</span>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
