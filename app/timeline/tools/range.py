"""Selecting a stretch of time. Knows no cues."""

from __future__ import annotations

from app.timeline.tools.base import DRAG_FROM_PX, NOTHING, Facts, Outcome, Pointer


class RangeTool:
    """A drag anywhere selects from press to pointer; a click seeks and takes the range back."""

    def __init__(self) -> None:
        self._from_ms: int | None = None
        self._dragged = False

    def press(self, at: Pointer, facts: Facts) -> Outcome:
        """Remember where."""
        self._from_ms, self._dragged = at.ms, False
        return NOTHING

    def move(self, at: Pointer, facts: Facts) -> Outcome:
        """The stretch so far."""
        if self._from_ms is None:
            return NOTHING
        self._dragged = self._dragged or abs(at.ms - self._from_ms) >= DRAG_FROM_PX * at.ms_per_px
        return Outcome(range_ms=_ordered(self._from_ms, at.ms)) if self._dragged else NOTHING

    def release(self, at: Pointer, facts: Facts) -> Outcome:
        """The stretch, or a click."""
        if self._from_ms is None:
            return NOTHING
        outcome = self.move(at, facts)
        self._from_ms = None
        return outcome if self._dragged else Outcome(seek_ms=at.ms, range_ms=(at.ms, at.ms))

    def cancel(self, facts: Facts) -> Outcome:
        """No range."""
        self._from_ms = None
        return Outcome(range_ms=(0, 0))


def _ordered(first_ms: int, second_ms: int) -> tuple[int, int]:
    return (first_ms, second_ms) if first_ms <= second_ms else (second_ms, first_ms)
