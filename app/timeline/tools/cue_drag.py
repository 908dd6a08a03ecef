"""Dragging a cue by its edge or body. Knows no Qt and no selection.

Every step is worked out from the document as it was at the press, so words that an edge has cut come back when it
returns; the edit handed out takes the step before back in the same breath. All of a drag has one merge key.
"""

from __future__ import annotations

import itertools
from dataclasses import replace

from app.timeline.hit import Part
from app.timeline.snapping import Pull, Snap, Target, snapped
from app.timeline.tools.base import NOTHING, Facts, Outcome, Pointer
from app.timeline.tools.targets import targets_near
from core.cue import Cue
from core.document.document import BrokenInvariant, Document
from core.document.edit import Edit
from core.document.edits.cue_times import MIN_CUE_MS, move, retime, shift

_numbers = itertools.count(1)


class CueDrag:
    """One drag, from press to release.

    Args of the constructor:
        row: the cue whose edge or body is held.
        others: rows of the cues that go along when it is held by its body.
    """

    def __init__(
        self, document: Document, row: int, part: Part, pressed_ms: int, *, others: tuple[int, ...] = ()
    ) -> None:
        self._origin = document
        self._row = row
        self._part = part
        self._pressed_ms = pressed_ms
        self._others = others
        self._held: Target | None = None
        self._applied: Edit | None = None
        self._merge_key = f"drag {document.cues[row].id} {next(_numbers)}"

    @property
    def _cue(self) -> Cue:
        return self._origin.cues[self._row]

    def to(self, at: Pointer, facts: Facts) -> Outcome:
        """The edit that brings the cue under the pointer, and what holds its edge."""
        snap = self._snapped(at, facts)
        if snap.ms == self._own_ms and self._applied is None:
            return NOTHING
        self._held = snap.target
        pull = Pull(snap.target, snap.ms - self._own_ms) if snap.target else None
        return Outcome(edit=self._step(self._moved_to(snap.ms, at), facts.document), pull=pull)

    def back(self, facts: Facts) -> Outcome:
        """The edit that undoes the whole drag."""
        return Outcome(edit=self._step(None, facts.document), finished=True)

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

    def _moved_to(self, ms: int, at: Pointer) -> Edit | None:
        if self._part is Part.BODY and self._others:
            return shift(self._origin, (self._row, *self._others), ms - self._own_ms, merge_key=self._merge_key)
        if self._part is Part.BODY:
            return move(self._origin, self._row, ms, neighbours=at.shift, merge_key=self._merge_key)
        if self._part is Part.START:
            return retime(self._origin, self._row, start_ms=ms, neighbours=at.shift, merge_key=self._merge_key)
        return retime(self._origin, self._row, end_ms=ms, neighbours=at.shift, merge_key=self._merge_key)

    def _step(self, new: Edit | None, document: Document) -> Edit | None:
        """From where the last step left the document to `new`; None where someone else changed these rows meanwhile."""
        back = self._applied.reversed() if self._applied is not None else None
        step = back.then(new) if back is not None and new is not None else back or new
        if step is None or not _fits(document, step):
            return None
        self._applied = new
        return step


def _fits(document: Document, edit: Edit) -> bool:
    """Whether the document still is what `edit` was made for: another film, or late work, may have come between."""
    try:
        document.apply(edit)
    except BrokenInvariant:
        return False
    return True
