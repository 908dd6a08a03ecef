"""The timeline's widget: composes viewport, lanes, painters and tools. Owns no document; says what it wants by signals.

It reads a `TimelineModel`, again after each `refresh()`. What a person does becomes a signal; the owner applies edits
and hands the new document back. All it remembers is where one looks, what is selected and what is held.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QFontInfo,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.theme.fonts import Role, font
from app.theme.scheme import Theme
from app.theme.tokens import Tokens
from app.timeline.gestures import Gestures
from app.timeline.layout import GUTTER_PX, Density, Lane, least_height_px
from app.timeline.model import TimelineModel
from app.timeline.overview import x_of as overview_x_of
from app.timeline.painters import Picture
from app.timeline.painters.overlays import PLAYHEAD_REACH_PX
from app.timeline.state import LEAST_GAIN, MOST_GAIN, State
from app.timeline.tips import selection_said, tip_at
from app.timeline.tools import Outcome
from app.timeline.viewport import Viewport

_DRAWN_BODY_PX = 13.33
"""Body size in the design's pictures: 10 pt at 96 dpi."""

_LABEL_MARGIN_PX = 16

_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class TimelineView(QWidget):
    """Sound, cues and words over time.

    Attributes:
        seekRequested: (ms) a click; fires on release.
        editRequested: (Edit) a step of a drag; steps of one drag share a merge key. Fires while dragging.
        editFinished: the drag is over; the owner closes the undo step.
        selectionChanged: (tuple of cue ids) by the person here, not by `set_selection`.
        wordSelected: (word id or "") likewise.
        rangeSelected: (start_ms, end_ms, both 0 for none).
        playRequested: (start_ms, end_ms) a double click on a word, Enter.
        textRequested: (cue id) F2: the text box should take the keys.
        viewportChanged: (Viewport) after scroll, zoom or resize.
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
    viewportChanged = Signal(object)
    gainChanged = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = State(theme.tokens)
        self._picture = Picture()
        self._gestures = Gestures(self)
        self._ring = False
        self.setObjectName("timeline")
        self.setAccessibleName(self.tr("Timeline"))
        self.setAccessibleDescription(selection_said(self.state))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._theme_changed)
        self._lay_out()

    # What the owner sets

    def set_model(self, model: TimelineModel) -> None:
        """Show another film; the view goes to its beginning."""
        self._gestures.let_go()
        self.state.model = model
        self.state.selection, self.state.word, self.state.range_ms = frozenset(), "", None
        self.state.pull = None
        self.refresh()
        self.look_at(self.state.view.starting_at(0))

    @Slot()
    def refresh(self) -> None:
        """Read the model again: cues, sound or notes have changed."""
        before, had_new_times = self.state.view, self.state.has_new_times
        self.state.read()
        if self.state.has_new_times != had_new_times:
            self._lay_out()
        if self.state.view != before:
            self.viewportChanged.emit(self.state.view)
        self.update()

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

    def reveal(self, start_ms: int, end_ms: int) -> None:
        """Scroll no further than needed to show this stretch."""
        self.look_at(self.state.view.revealing(start_ms, end_ms))

    def set_density(self, density: Density) -> None:
        """Heights of the lanes."""
        self.state.density = density
        self._lay_out()

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

    def look_at(self, view: Viewport) -> None:
        """Show this stretch of time; values outside the limits are clamped."""
        view = view.clamped()
        if view != self.state.view:
            self.state.view = view
            self.viewportChanged.emit(view)
            self.update()

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

    # Painting

    def draw(self, painter: QPainter, dirty: QRect) -> None:
        """Draw the part of the picture inside `dirty`: what `paintEvent` does, for pictures and the bench too."""
        self._picture.draw(painter, self.state.scene(self.devicePixelRatioF()), dirty)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw each dirty rectangle by itself: the playhead's two are thin and may lie far apart."""
        painter = QPainter(self)
        for dirty in event.region():  # type: ignore[attr-defined]  # iterable, though the stubs do not say so
            self.draw(painter, dirty)
        if self._ring:
            painter.setPen(QPen(self.state.scene(1.0).inks.colour("accent"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def sizeHint(self) -> QSize:
        """Lanes with a sound lane one can read."""
        return QSize(1200, self._least_px(Density.TALL))

    def minimumSizeHint(self) -> QSize:
        """Compact lanes, uncut."""
        return QSize(GUTTER_PX + 200, self._least_px(Density.COMPACT))

    def fits(self, density: Density) -> bool:
        """Whether lanes of this density are whole in the widget as high as it is."""
        return self.height() >= self._least_px(density)

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the lanes out anew."""
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        """Another font: forget laid-out text."""
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange, QEvent.Type.LanguageChange):
            self._picture.forget_texts()
            self._lay_out()
        super().changeEvent(event)

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

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus ring where the focus came by key: after a click one knows where one is."""
        self._ring = event.reason() in _BY_KEY
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the focus ring."""
        self._ring = False
        self.update()

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

    def _update_playhead(self) -> None:
        state = self.state
        left = state.layout.gutter_px + math.floor(state.view.x_of(state.playhead_ms)) - PLAYHEAD_REACH_PX
        self.update(QRect(left, 0, 2 * PLAYHEAD_REACH_PX + 1, state.layout.overview.top))
        overview_x = state.layout.gutter_px + round(overview_x_of(state.playhead_ms, state.view))
        self.update(QRect(overview_x - 2, state.layout.overview.top, 4, state.layout.overview.height))

    def _lay_out(self) -> None:
        widest = self._picture.widest_label_px() + _LABEL_MARGIN_PX
        before = self.state.view
        self.state.lay_out(self.width(), self.height(), growth=self._growth(), gutter_px=math.ceil(widest))
        if self.state.view != before:
            self.viewportChanged.emit(self.state.view)
        self.updateGeometry()
        self.update()

    def _least_px(self, density: Density) -> int:
        return least_height_px(density, growth=self._growth(), new_times=self.state.has_new_times)

    def _growth(self) -> float:
        return QFontInfo(font(Role.BODY)).pixelSize() / _DRAWN_BODY_PX

    @Slot(object)
    def _theme_changed(self, tokens: Tokens) -> None:
        self.state.tokens = tokens
        self.update()
