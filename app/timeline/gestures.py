"""Mouse, wheel and keys of the timeline, turned into what the view does. Knows the view's methods, not its painting."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent

from app.timeline import keys
from app.timeline.hit import Hit, Part
from app.timeline.layout import Lane
from app.timeline.overview import Grip, OverviewDrag, grip_at
from app.timeline.state import State
from app.timeline.tools import Outcome, Pointer, Tool, tool
from app.timeline.viewport import Viewport
from core.transcript import Word

_WHEEL_STEP = 120.0
_WHEEL_PX = 96.0
"""Pixels one notch of the wheel scrolls."""

_ZOOM_STEP = 1.25
_GAIN_STEP = 1.2
_PAGE_SHARE = 0.9


class Acting(Protocol):
    """What gestures ask of the view."""

    state: State

    def carry_out(self, outcome: Outcome) -> None:
        """Do what a tool wants."""
        ...

    def look_at(self, view: Viewport) -> None:
        """Show this stretch of time."""
        ...

    def set_gain(self, gain: float) -> None:
        """Set the height of the sound."""
        ...

    def play_word(self) -> None:
        """Play the selected word, or the cue."""
        ...

    def edit_text(self) -> None:
        """Go to the text of the selected cue."""
        ...


class Gestures:
    """Holds the tool in hand and a drag of the overview."""

    def __init__(self, view: Acting) -> None:
        self._view = view
        self._name = "select"
        self._tool: Tool = tool(self._name)
        self._overview: OverviewDrag | None = None
        self._pressed = False

    @property
    def is_dragging(self) -> bool:
        """Whether the button is down on the lanes."""
        return self._pressed

    def take(self, name: str) -> None:
        """Take another tool in hand."""
        self.cancel()
        self._name = name
        self.let_go()

    def let_go(self) -> None:
        """Forget what is held without putting it back: another film is shown."""
        self._tool = tool(self._name)
        self._overview, self._pressed = None, False

    def press(self, event: QMouseEvent) -> None:
        """The left button goes down."""
        state, position = self._view.state, event.position()
        x = position.x() - state.layout.gutter_px
        if x < 0:
            return
        if state.layout.lane_at(position.y()) is Lane.OVERVIEW:
            self._overview = OverviewDrag.begun(state.view, x)
            self._view.look_at(self._overview.at(x))
            return
        if state.layout.lane_at(position.y()) is Lane.NEW_TIMES:
            self._choose_new_time(x)
            return
        self._pressed = True
        self._view.carry_out(self._tool.press(self._pointer(position, event.modifiers()), state.facts()))

    def move(self, event: QMouseEvent) -> None:
        """The pointer moves with the button down."""
        if self._overview is not None:
            self._view.look_at(self._overview.at(event.position().x() - self._view.state.layout.gutter_px))
        elif self._pressed:
            at = self._pointer(event.position(), event.modifiers())
            self._view.carry_out(self._tool.move(at, self._view.state.facts()))

    def release(self, event: QMouseEvent) -> None:
        """The left button goes up."""
        if self._pressed:
            at = self._pointer(event.position(), event.modifiers())
            self._view.carry_out(self._tool.release(at, self._view.state.facts()))
        self._overview, self._pressed = None, False

    def cancel(self) -> bool:
        """Esc: put back what is being dragged. Returns whether anything was."""
        if not self._pressed:
            return False
        self._pressed = False
        self._view.carry_out(self._tool.cancel(self._view.state.facts()))
        return True

    def wheel(self, event: QWheelEvent) -> None:
        """Scroll; zoom at the pointer with Ctrl; sound height with Shift."""
        state, modifiers = self._view.state, event.modifiers()
        notches = _notches(event)
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            x = event.position().x() - state.layout.gutter_px
            self._view.look_at(state.view.zoomed_about(max(0.0, x), _ZOOM_STEP**notches))
        elif modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._view.set_gain(state.gain * _GAIN_STEP**notches)
        else:
            pixels = event.pixelDelta()
            fine = pixels.x() if abs(pixels.x()) > abs(pixels.y()) else pixels.y()
            self._view.look_at(state.view.scrolled(-fine if fine else -notches * _WHEEL_PX))

    def pinch(self, event: QNativeGestureEvent) -> bool:
        """Zoom between two fingers on a trackpad; False for its other gestures."""
        if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return False
        x = event.position().x() - self._view.state.layout.gutter_px
        self._view.look_at(self._view.state.view.zoomed_about(max(0.0, x), 1.0 + event.value()))
        return True

    def key(self, event: QKeyEvent) -> bool:
        """What a key does; False where it means nothing here."""
        view = self._view.state.view
        shown = {
            Qt.Key.Key_Plus: lambda: self.zoom(_ZOOM_STEP),
            Qt.Key.Key_Equal: lambda: self.zoom(_ZOOM_STEP),
            Qt.Key.Key_Minus: lambda: self.zoom(1 / _ZOOM_STEP),
            Qt.Key.Key_Home: lambda: self._view.look_at(view.starting_at(0)),
            Qt.Key.Key_End: lambda: self._view.look_at(view.starting_at(view.duration_ms)),
            Qt.Key.Key_PageUp: lambda: self._view.look_at(view.scrolled(-view.width_px * _PAGE_SHARE)),
            Qt.Key.Key_PageDown: lambda: self._view.look_at(view.scrolled(view.width_px * _PAGE_SHARE)),
            Qt.Key.Key_Left: lambda: self._step(-1),
            Qt.Key.Key_Right: lambda: self._step(+1),
            Qt.Key.Key_Down: self._into_words,
            Qt.Key.Key_Up: self._out_of_words,
            Qt.Key.Key_Return: self._view.play_word,
            Qt.Key.Key_Enter: self._view.play_word,
            Qt.Key.Key_F2: self._view.edit_text,
        }
        action = shown.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            return self._escape()
        if action is None or event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        ):
            return False
        action()
        return True

    def zoom(self, factor: float) -> None:
        """Zoom about the playhead where it is in sight, else about the middle."""
        view = self._view.state.view
        x = view.x_of(self._view.state.playhead_ms)
        self._view.look_at(view.zoomed_about(x if 0 <= x <= view.width_px else view.width_px / 2, factor))

    def cursor_at(self, position: QPointF) -> Qt.CursorShape:
        """The shape that says what a press would do."""
        state = self._view.state
        x, lane = position.x() - state.layout.gutter_px, state.layout.lane_at(position.y())
        if x < 0:
            return Qt.CursorShape.ArrowCursor
        if lane is Lane.OVERVIEW:
            grip = grip_at(state.view, x)
            return Qt.CursorShape.SizeHorCursor if grip in (Grip.LEFT, Grip.RIGHT) else Qt.CursorShape.ArrowCursor
        hit = state.pointing().hit_in(lane, x)
        on_edge = hit is not None and hit.part is not Part.BODY
        return Qt.CursorShape.SplitHCursor if on_edge else Qt.CursorShape.ArrowCursor

    def _choose_new_time(self, x: float) -> None:
        """A new time is looked at, not dragged: it is taken over or left."""
        cue = self._view.state.proposed_at(x)
        if cue is not None:
            self._view.carry_out(Outcome(selection=(cue.id,), word="", seek_ms=cue.start_ms))

    def _pointer(self, position: QPointF, modifiers: Qt.KeyboardModifier) -> Pointer:
        state = self._view.state
        x, lane = position.x() - state.layout.gutter_px, state.layout.lane_at(position.y())
        pointing = state.pointing()
        hit = pointing.hit_in(lane, x)
        return Pointer(
            ms=state.view.media_ms_at(x),
            ms_per_px=state.view.ms_per_px,
            lane=lane,
            hit=hit,
            word=_word_meant(hit, pointing.word_at(x)) if lane is Lane.WORDS else "",
            ctrl=bool(modifiers & Qt.KeyboardModifier.ControlModifier),
            shift=bool(modifiers & Qt.KeyboardModifier.ShiftModifier),
            alt=bool(modifiers & Qt.KeyboardModifier.AltModifier),
        )

    def _escape(self) -> bool:
        if self.cancel():
            return True
        if self._view.state.range_ms is None:
            return False
        self._view.carry_out(Outcome(range_ms=(0, 0)))
        return True

    def _step(self, step: int) -> None:
        """The word or cue before or after, by time."""
        state = self._view.state
        cues, row = state.index.cues, state.selected_row()
        if state.word and row is not None:
            found = keys.next_word(cues, row, state.word, step)
            if found is not None:
                self._choose(found[0], found[1].id)
            return
        new_row = keys.next_cue(cues, row, state.playhead_ms, step)
        if new_row is not None:
            self._choose(new_row, "")

    def _into_words(self) -> None:
        state = self._view.state
        row = state.selected_row()
        if row is not None and not state.word and state.index.cues[row].words:
            self._choose(row, state.index.cues[row].words[0].id)

    def _out_of_words(self) -> None:
        row = self._view.state.selected_row()
        if row is not None:
            self._choose(row, "")

    def _choose(self, row: int, word_id: str) -> None:
        state = self._view.state
        cue = state.index.cues[row]
        self._view.carry_out(Outcome(selection=(cue.id,), word=word_id))
        shown = next((word for word in cue.words if word.id == word_id), None)
        start_ms, end_ms = (shown.start_ms, shown.end_ms) if shown else (cue.start_ms, cue.end_ms)
        self._view.look_at(state.view.revealing(start_ms, end_ms))


def _word_meant(hit: Hit | None, under: tuple[int, Word] | None) -> str:
    """The word whose edge or body is held; at a shared edge the one under the pointer."""
    if hit is not None and hit.part is not Part.SHARED:
        return hit.id
    return under[1].id if under else hit.id if hit else ""


def _notches(event: QWheelEvent) -> float:
    """Notches of the wheel, upwards positive; Alt and some systems turn it sideways."""
    delta = event.angleDelta()
    return (delta.y() or delta.x()) / _WHEEL_STEP
