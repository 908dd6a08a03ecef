"""The row under the picture: time, cues and frames back and on, play, loop, speed, volume, full screen.

Does nothing by itself: it asks the playback and the cue verbs, and shows what they say. Time runs from left to right in
every language, so the row is never mirrored.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QMenu, QSlider, QToolButton, QWidget

from app import theme
from app.editor.cue_verbs import CueVerbs
from app.editor.playback import Playback
from app.editor.player_knobs import RATES
from app.editor.session import Session
from app.editor.timecode_label import TimecodeLabel
from app.i18n import tr
from app.theme.fonts import Role, font, tabular
from app.widgets import label, row, tool_button
from core.timecode import format_ms

HEIGHT_PX = 44
_PLAY_PX = (36, 28)
_SLIDER_PX = 68
_STEPS = 100

_GAP_PX = 2
_MARGINS_PX = 20
_GAPS = 32
"""Gaps between all things of the row, in units of one: the wider ones count for more."""


class Actions(Protocol):
    """The window's actions, by id."""

    def __getitem__(self, action_id: str) -> QAction:
        """The action of this id."""
        ...


class Transport(QWidget):
    """The row.

    Signals:
        fullScreenWanted(), detachWanted(): the picture over the whole screen; in its own window.
    """

    fullScreenWanted = Signal()
    detachWanted = Signal()

    def __init__(self, session: Session, playback: Playback, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._playback = session, playback
        self._cues = CueVerbs(session)
        self.setAccessibleName(tr("Playing"))
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setFixedHeight(HEIGHT_PX)
        self.time = TimecodeLabel(tr("Place in the film"), font(Role.MEDIUM), "text")
        self.length = label(role="third")
        self._make_buttons()
        self.volume = _slider()
        self._fill()
        self._listen()
        self._show_film()

    def take_actions(self, actions: Actions) -> None:
        """Tooltips with their keys, and what is possible, from the window's table of actions."""
        for button, action_id in (
            (self.play, "play.toggle"),
            (self.previous_cue, "play.previous_cue"),
            (self.next_cue, "play.next_cue"),
            (self.previous_frame, "play.previous_frame"),
            (self.next_frame, "play.next_frame"),
            (self.detach, "view.detach"),
            (self.full_screen, "view.full_screen"),
        ):
            _follow(button, actions[action_id])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, what can be had elsewhere goes first."""
        needed_px = self.sizeHint().width()
        for widget in self._can_go():
            fits = needed_px <= event.size().width()
            if not fits:
                needed_px -= _width_px(widget) + _GAP_PX
            widget.setVisible(fits)
        super().resizeEvent(event)
        layout = self.layout()
        if layout is not None:
            layout.activate()  # at once: the row must not be drawn with things over each other

    def sizeHint(self) -> QSize:
        """Room for all of it, whether it is shown just now or not."""
        widths = (_width_px(widget) for widget in (self.time, self.length, self.volume, *self.buttons()))
        return QSize(sum(widths) + _GAP_PX * _GAPS + _MARGINS_PX, HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:
        """Room for what never goes."""
        going_px = sum(_width_px(widget) + _GAP_PX for widget in self._can_go())
        return QSize(self.sizeHint().width() - going_px, HEIGHT_PX)

    def _can_go(self) -> tuple[QWidget, ...]:
        return (self.length, self.volume, self.detach, self.loop, self.mute)

    # ── putting it together ──────────────────────────────────────────────────────────────────────

    def _make_buttons(self) -> None:
        playback = self._playback
        self.previous_cue = tool_button(tr("Previous cue"), lambda: self._cues.step(-1), "previous-cue")
        self.previous_frame = tool_button(tr("Previous frame"), lambda: playback.step_frame(-1), "previous-frame")
        self.play = tool_button(tr("Play"), playback.toggle, "play")
        self.play.setProperty("boxed", True)
        self.play.setFixedSize(*_PLAY_PX)
        self.next_frame = tool_button(tr("Next frame"), lambda: playback.step_frame(1), "next-frame")
        self.next_cue = tool_button(tr("Next cue"), lambda: self._cues.step(1), "next-cue")
        self.loop = tool_button(tr("Loop the cue"), lambda: playback.set_looping(self.loop.isChecked()), "loop")
        self.loop.setCheckable(True)
        self.speed = self._speed_button()
        self.mute = tool_button(tr("Sound off"), lambda: playback.set_muted(not playback.muted), "volume")
        self.detach = tool_button(tr("Picture in its own window"), self.detachWanted.emit, "detach")
        self.full_screen = tool_button(tr("Full screen"), self.fullScreenWanted.emit, "full-screen")
        for button in self.buttons():
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take Space from the player

    def buttons(self) -> tuple[QToolButton, ...]:
        """All of them, from left to right."""
        return (
            self.previous_cue, self.previous_frame, self.play, self.next_frame, self.next_cue, self.loop,
            self.speed, self.mute, self.detach, self.full_screen,
        )  # fmt: skip

    def _speed_button(self) -> QToolButton:
        made = QToolButton()
        made.setProperty("role", "tool")
        made.setAccessibleName(tr("Speed"))
        made.setToolTip(tr("Speed; the pitch stays the same"))
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        made.setFont(tabular(font(Role.BODY)))
        made.setText(_rate_text(1.75))
        made.setFixedWidth(made.sizeHint().width())
        menu = QMenu(made)
        group = QActionGroup(menu)
        self._rates: dict[float, QAction] = {}
        for rate in RATES:
            action = menu.addAction(_rate_text(rate))
            action.setCheckable(True)
            action.triggered.connect(lambda _checked=False, rate=rate: self._playback.set_rate(rate))
            group.addAction(action)
            self._rates[rate] = action
        made.setMenu(menu)
        return made

    def _fill(self) -> None:
        self.setLayout(
            row(
                self.time, 8, self.length, None,
                self.previous_cue, self.previous_frame, 4, self.play, 4, self.next_frame, self.next_cue, self.loop,
                None, self.speed, 4, self.mute, self.volume, 4, self.detach, self.full_screen,
                margins=(12, 0, 8, 0), gap=_GAP_PX,
            )
        )  # fmt: skip

    def _listen(self) -> None:
        playback, session = self._playback, self._session
        self.volume.valueChanged.connect(self._volume_moved)
        session.playheadMoved.connect(self._show_time)
        session.mediaChanged.connect(self._show_film)
        session.bridge.changed.connect(self._show_film)
        session.bridge.replaced.connect(self._show_film)
        playback.playingChanged.connect(self._show_playing)
        playback.rateChanged.connect(self._show_rate)
        playback.volumeChanged.connect(self._show_volume)
        playback.loopingChanged.connect(self.loop.setChecked)
        theme.current().changed.connect(self._tint)
        self._show_volume()
        self._show_rate(playback.rate)

    # ── what it shows ────────────────────────────────────────────────────────────────────────────

    def _show_time(self, ms: int) -> None:
        self.time.set_ms(ms, spoken=not self._playback.playing)

    def _show_film(self, _changed: object = None) -> None:
        """The film's length; nothing of the row is possible without a film, but going from cue to cue."""
        duration_ms, film = self._session.duration_ms, self._session.info is not None
        self.length.setText(f"/ {format_ms(duration_ms).partition('.')[0]}")
        self._show_time(self._session.playhead_ms)
        for button in (self.play, self.previous_frame, self.next_frame, self.loop, self.detach, self.full_screen):
            button.setEnabled(film)
        for button in (self.previous_cue, self.next_cue):
            button.setEnabled(bool(self._session.bridge.document.cues))
        picture = self._session.info is not None and self._session.info.frame_rate is not None
        if film and not picture:
            self.previous_frame.setToolTip(tr("A step back"))
            self.next_frame.setToolTip(tr("A step on"))

    def _show_playing(self, playing: bool) -> None:
        self._tint()
        self.play.setAccessibleName(tr("Pause") if playing else tr("Play"))
        self._show_time(self._session.playhead_ms)

    def _show_rate(self, rate: float) -> None:
        self.speed.setText(_rate_text(rate))
        if rate in self._rates:
            self._rates[rate].setChecked(True)

    def _show_volume(self) -> None:
        self._tint()
        name = tr("Sound on") if self._is_silent() else tr("Sound off")
        self.mute.setToolTip(name)
        self.mute.setAccessibleName(name)
        self.volume.blockSignals(True)
        self.volume.setValue(round(self._playback.volume * _STEPS))
        self.volume.blockSignals(False)

    def _tint(self, _tokens: object = None) -> None:
        """Icons that say what is, not only what a button does."""
        scheme = theme.current()
        self.play.setIcon(scheme.icon("pause" if self._playback.playing else "play", "text"))
        self.mute.setIcon(scheme.icon("mute" if self._is_silent() else "volume"))

    def _is_silent(self) -> bool:
        return self._playback.muted or self._playback.volume == 0

    def _volume_moved(self, value: int) -> None:
        self._playback.set_volume(value / _STEPS)


def _slider() -> QSlider:
    made = QSlider(Qt.Orientation.Horizontal)
    made.setProperty("role", "thin")
    made.setAccessibleName(tr("Volume"))
    made.setToolTip(tr("Volume"))
    made.setRange(0, _STEPS)
    made.setPageStep(10)
    made.setFixedSize(_SLIDER_PX, 24)
    return made


def _width_px(widget: QWidget) -> int:
    """How wide the row makes it."""
    return max(widget.minimumWidth(), min(widget.sizeHint().width(), widget.maximumWidth()))


def _rate_text(rate: float) -> str:
    """ "1.0×", "1.25×"."""
    return f"{rate:.2f}".removesuffix("0") + "×"


def _follow(button: QToolButton, action: QAction) -> None:
    """Tooltip and whether it is possible, as the action says now and later."""
    _Following(button, action)


class _Following(QObject):
    """Lives with a button and looks at its action; goes with whichever goes first."""

    def __init__(self, button: QToolButton, action: QAction) -> None:
        super().__init__(button)
        self._button, self._action = button, action
        action.changed.connect(self._look)
        self._look()

    @Slot()
    def _look(self) -> None:
        self._button.setToolTip(self._action.toolTip())
        self._button.setEnabled(self._action.isEnabled())
