"""Dragging a cue by its edge or body. Knows no Qt and no selection."""

from __future__ import annotations

from dataclasses import replace

from app.timeline.hit import Part
from app.timeline.snapping import Snap, snapped
from app.timeline.tools.base import NOTHING, Facts, Outcome, Pointer
from app.timeline.tools.drag import Drag
from app.timeline.tools.targets import targets_near
from core.cue import Cue
from core.document.document import Document
from core.document.edit import Edit
from core.document.edits.cue_times import MIN_CUE_MS, move, retime, shift


class CueDrag(Drag):
    """One drag, from press to release.

    Args of the constructor:
        row: the cue whose edge or body is held.
        others: rows of the cues that go along when it is held by its body.
    """

    def __init__(
        self, document: Document, row: int, part: Part, pressed_ms: int, *, others: tuple[int, ...] = ()
    ) -> None:
        super().__init__(document, document.cues[row].id, pressed_ms)
        self._row = row
        self._part = part
        self._others = others

    @property
    def _cue(self) -> Cue:
        return self._origin.cues[self._row]

    def to(self, at: Pointer, facts: Facts) -> Outcome:
        """The edit that brings the cue under the pointer, and what holds its edge."""
        snap = self._snapped(at, facts)
        if snap.ms == self._own_ms and self._applied is None:
            return NOTHING
        return self._brought(snap, self._own_ms, self._moved_to(snap.ms, at, facts), facts)

    @property
    def _own_ms(self) -> int:
        """Time of the edge that is held, at the press; the start for the body."""
        return self._cue.end_ms if self._part is Part.END else self._cue.start_ms

    def _snapped(self, at: Pointer, facts: Facts) -> Snap:
        wanted_ms = self._own_ms + at.ms - self._pressed_ms
        if at.ctrl or not facts.snapping:
            return Snap(self._limited(wanted_ms))
        snap = self._pulled(wanted_ms, at, facts)
        if snap.target is None and self._part is Part.BODY:
            length_ms = self._cue.duration_ms
            end = self._pulled(wanted_ms + length_ms, at, facts)
            snap = Snap(end.ms - length_ms, end.target) if end.target else snap
        limited_ms = self._limited(snap.ms)
        return snap if limited_ms == snap.ms else Snap(limited_ms)

    def _pulled(self, ms: int, at: Pointer, facts: Facts) -> Snap:
        before = replace(facts, document=self._origin)  # what moves along must not pull
        near = targets_near(before, ms, at.ms_per_px, row=self._row, others=self._others)
        return snapped(ms, near, at.ms_per_px, held=self._held, frame_rate=facts.document.frame_rate)

    def _limited(self, ms: int) -> int:
        """Inside the media, and leaving the cue its least length."""
        if self._part is Part.START:
            return max(0, min(ms, self._cue.end_ms - MIN_CUE_MS))
        return max(ms, self._cue.start_ms + MIN_CUE_MS) if self._part is Part.END else max(0, ms)

    def _moved_to(self, ms: int, at: Pointer, facts: Facts) -> Edit | None:
        origin, row, key = self._origin, self._row, self._merge_key
        if self._part is Part.BODY and self._others:
            return shift(origin, (row, *self._others), ms - self._own_ms, merge_key=key)
        if self._part is Part.BODY:
            return move(origin, row, ms, neighbours=at.shift, merge_key=key)
        edge = {"start_ms": ms} if self._part is Part.START else {"end_ms": ms}
        return retime(origin, row, **edge, neighbours=at.shift, gap_ms=facts.min_gap_ms, merge_key=key)
