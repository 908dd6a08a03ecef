"""The overview as a scroll bar: where the view's frame lies in the whole film, and what dragging it does.

Pure arithmetic: knows no Qt, no painter and no document. The overview is as wide as the lanes.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from app.timeline.viewport import Viewport

LEAST_FRAME_PX = 18.0
GRIP_PX = 10.0
"""Width of the area at either end of the frame that zooms; half outside. Narrow frames have none."""

_GRIPS_FROM_PX = 32.0


def x_of(ms: float, view: Viewport) -> float:
    """Pixel of a time in the overview."""
    return ms / view.duration_ms * view.width_px if view.duration_ms else 0.0


def ms_at(px: float, view: Viewport) -> float:
    """Time at a pixel of the overview."""
    return px / view.width_px * view.duration_ms


def frame_of(view: Viewport) -> tuple[float, float]:
    """Left and right edge of the view's frame, at least 18 px apart, inside the overview."""
    left, right = x_of(view.start_ms, view), x_of(min(view.end_ms, view.duration_ms), view)
    if right - left < LEAST_FRAME_PX:
        middle = (left + right) / 2
        left = min(max(0.0, middle - LEAST_FRAME_PX / 2), max(0.0, view.width_px - LEAST_FRAME_PX))
        right = left + LEAST_FRAME_PX
    return left, min(right, float(view.width_px))


class Grip(enum.StrEnum):
    """What of the frame is held."""

    LEFT = "left"
    RIGHT = "right"
    FRAME = "frame"


@dataclass(frozen=True, slots=True)
class OverviewDrag:
    """A drag on the overview.

    Attributes:
        view: as it was when the drag began.
        grip: what is held.
        offset_px: from the frame's left edge to the pointer.
    """

    view: Viewport
    grip: Grip
    offset_px: float

    @classmethod
    def begun(cls, view: Viewport, px: float) -> OverviewDrag:
        """A drag from `px`; outside the frame, the frame first jumps under the pointer."""
        left, right = frame_of(view)
        grip = grip_at(view, px)
        if grip is not None:
            return cls(view, grip, px - left)
        return cls(view.centred_on(ms_at(px, view)), Grip.FRAME, (right - left) / 2)

    def at(self, px: float) -> Viewport:
        """The view with the pointer at `px`."""
        if self.grip is Grip.LEFT:
            return self.view.fitted(min(ms_at(px, self.view), self.view.end_ms - 1), self.view.end_ms)
        if self.grip is Grip.RIGHT:
            return self.view.fitted(self.view.start_ms, max(ms_at(px, self.view), self.view.start_ms + 1))
        left, right = frame_of(self.view)
        middle_px = px - self.offset_px + (right - left) / 2
        return self.view.centred_on(ms_at(middle_px, self.view))


def grip_at(view: Viewport, px: float) -> Grip | None:
    """What of the frame lies at `px`, or None outside it."""
    left, right = frame_of(view)
    if right - left >= _GRIPS_FROM_PX:
        if abs(px - left) <= GRIP_PX / 2:
            return Grip.LEFT
        if abs(px - right) <= GRIP_PX / 2:
            return Grip.RIGHT
    return Grip.FRAME if left <= px <= right else None
