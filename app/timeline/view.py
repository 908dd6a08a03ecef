"""The timeline one works on: what a person does here becomes a signal. Owns no document; its picture is the canvas's.

The owner applies edits and hands the new document back. All that is remembered is where one looks, what is selected
and what is held.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from app.theme.scheme import Theme
from app.timeline.canvas import TimelineCanvas
from app.timeline.gestures import Gestures
from app.timeline.layout import Lane
from app.timeline.model import TimelineModel
from app.timeline.state import LEAST_GAIN, MOST_GAIN
from app.timeline.tips import selection_said, tip_at
from app.timeline.tools import Outcome


class TimelineView(TimelineCanvas):
    """Sound, cues and words over time, to be worked on.

    Attributes:
        seekRequested: (ms) a click; fires on release.
        editRequested: (Edit) a step of a drag; steps of one drag share a merge key. Fires while dragging.
        editFinished: the drag is over; the owner closes the undo step.
        selectionChanged: (tuple of cue ids) by the person here, not by `set_selection`.
        wordSelected: (word id or "") likewise.
        rangeSelected: (start_ms, end_ms, both 0 for none).
        playRequested: (start_ms, end_ms) a double click on a word, Enter.
        textRequested: (cue id) F2: the text box should take the keys.
        gainChanged: (float) height of the sound.
    """

    seekRequested = Signal(int)
    editRequested = Signal(object)
    editFinished = Signal()
    selectionChanged = Signal(object)
    wordSelected = Signal(str)
    rangeSelected = Signal(int, int)
    playRequested = Signal(int, int)
    textRequested = Signal(str)
    gainChanged = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._gestures = Gestures(self)
        self.setObjectName("timeline")
        self.setAccessibleName(self.tr("Timeline"))
        self.setAccessibleDescription(selection_said(self.state))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    # What the owner sets

    def set_model(self, model: TimelineModel) -> None:
        """Show another film; the view goes to its beginning."""
        self._gestures.let_go()
        self.state.model = model
        self.state.selection, self.state.word, self.state.range_ms = frozenset(), "", None
        self.state.pull = None
        self.refresh()
        self.look_at(self.state.view.starting_at(0))

    @Slot(int)
    def set_playhead(self, ms: int, *, playing: bool = False) -> None:
        """Move the line of now; while playing, the page turns with it where following is on."""
        if ms == self.state.playhead_ms:
            return
        spoken_before = self.state.spoken()
        self._update_playhead()
        self.state.playhead_ms = ms
        self._update_playhead()
        if self.state.spoken() != spoken_before:
            layout = self.state.layout
            self.update(layout.gutter_px, layout.cues.top, layout.lanes_width_px, layout.words.bottom - layout.cues.top)
        if playing and self.state.following and not self._gestures.is_dragging:
            self.look_at(self.state.view.following(ms))

    def set_selection(self, cue_ids: tuple[str, ...], word: str = "") -> None:
        """Select as another pane says; no signal comes back."""
        self.state.selection, self.state.word = frozenset(cue_ids), word
        self._announce()
        self.update()

    def set_snapping(self, on: bool) -> None:
        """Whether dragged edges are pulled."""
        self.state.snapping = on

    def set_min_gap_ms(self, gap_ms: int) -> None:
        """What a dragged cue keeps free to its neighbours."""
        self.state.min_gap_ms = gap_ms

    def set_following(self, on: bool) -> None:
        """Whether the page turns with the playhead."""
        self.state.following = on

    def set_tool(self, name: str) -> None:
        """Take another tool in hand ("select", "range")."""
        self._gestures.take(name)

    def set_gain(self, gain: float) -> None:
        """Height of the sound, 0.25…8 times."""
        gain = min(max(gain, LEAST_GAIN), MOST_GAIN)
        if gain != self.state.gain:
            self.state.gain = gain
            self.gainChanged.emit(gain)
            self.update()

    def zoom(self, factor: float) -> None:
        """Zoom in (> 1) or out about the playhead, or the middle where it is out of sight."""
        self._gestures.zoom(factor)

    # What gestures ask for

    def carry_out(self, outcome: Outcome) -> None:
        """Do what a tool wants: select here, ask the owner for the rest."""
        if outcome.pull != self.state.pull:
            self.state.pull = outcome.pull
            self.update()
        if outcome.selection is not None or outcome.word is not None:
            self._select(outcome)
        if outcome.range_ms is not None:
            self._select_range(outcome.range_ms)
        if outcome.edit is not None:
            self.editRequested.emit(outcome.edit)
        if outcome.finished:
            self.editFinished.emit()
        if outcome.seek_ms is not None:
            self.seekRequested.emit(outcome.seek_ms)

    def play_word(self) -> None:
        """Ask for the selected word to be played, or for the cue where none is."""
        chosen = self.state.selected_word() or self.state.selected_cue()
        if chosen is not None:
            self.playRequested.emit(chosen.start_ms, chosen.end_ms)

    def edit_text(self) -> None:
        """Ask for the selected cue's text to be edited."""
        cue = self.state.selected_cue()
        if cue is not None:
            self.textRequested.emit(cue.id)

    # Events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Hand the left button to the tool."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._gestures.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, or show by the cursor what a press would do."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._gestures.move(event)
        else:
            self.setCursor(self._gestures.cursor_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a drag or a click."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._gestures.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Play the word under the pointer; elsewhere it is a press like any other."""
        self._gestures.press(event)
        if self.state.layout.lane_at(event.position().y()) is Lane.WORDS and self.state.word:
            self.play_word()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, zoom or set the sound's height."""
        self._gestures.wheel(event)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the timeline; what means nothing here goes on to the window."""
        if not self._gestures.key(event):
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Tooltips, what is under the pointer in full; two fingers zoom."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = tip_at(self.state, event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), text, self)
            return True
        if event.type() == QEvent.Type.NativeGesture and isinstance(event, QNativeGestureEvent):
            return self._gestures.pinch(event)
        return super().event(event)

    # Inside

    def _select(self, outcome: Outcome) -> None:
        if outcome.selection is not None and frozenset(outcome.selection) != self.state.selection:
            self.state.selection = frozenset(outcome.selection)
            self.selectionChanged.emit(outcome.selection)
        if outcome.word is not None and outcome.word != self.state.word:
            self.state.word = outcome.word
            self.wordSelected.emit(outcome.word)
        self._announce()
        self.update()

    def _select_range(self, range_ms: tuple[int, int]) -> None:
        wanted = range_ms if range_ms[1] > range_ms[0] else None
        if wanted != self.state.range_ms:
            self.state.range_ms = wanted
            self.rangeSelected.emit(*(wanted or (0, 0)))
            self.update()

    def _announce(self) -> None:
        """Say what is selected to those who do not see it."""
        said = selection_said(self.state)
        if said == self.accessibleDescription():
            return
        self.setAccessibleDescription(said)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))
