"""The timeline as a picture: lanes laid out, painted and looked at. Knows no pointer, no tool and no edit.

It reads a `TimelineModel`, again after each `refresh()`.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontInfo, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme.fonts import Role, font
from app.theme.scheme import Theme
from app.theme.tokens import Tokens
from app.timeline.layout import GUTTER_PX, Density, least_height_px
from app.timeline.overview import x_of as overview_x_of
from app.timeline.painters import Picture
from app.timeline.painters.overlays import PLAYHEAD_REACH_PX
from app.timeline.state import State
from app.timeline.viewport import Viewport

_DRAWN_BODY_PX = 13.33
"""Body size in the design's pictures: 10 pt at 96 dpi."""

_LABEL_MARGIN_PX = 16

_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class TimelineCanvas(QWidget):
    """Sound, cues and words over time.

    Attributes:
        state: what is shown and selected.
        viewportChanged: (Viewport) after scroll, zoom or resize.
    """

    viewportChanged = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = State(theme.tokens)
        self._picture = Picture()
        self._ring = False
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self._theme_changed)
        self._lay_out()

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

    def look_at(self, view: Viewport) -> None:
        """Show this stretch of time; values outside the limits are clamped."""
        view = view.clamped()
        if view != self.state.view:
            self.state.view = view
            self.viewportChanged.emit(view)
            self.update()

    def reveal(self, start_ms: int, end_ms: int) -> None:
        """Scroll no further than needed to show this stretch."""
        self.look_at(self.state.view.revealing(start_ms, end_ms))

    def set_density(self, density: Density) -> None:
        """Heights of the lanes."""
        self.state.density = density
        self._lay_out()

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

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus ring where the focus came by key: after a click one knows where one is."""
        self._ring = event.reason() in _BY_KEY
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the focus ring."""
        self._ring = False
        self.update()

    # Inside

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
