"""What every drag has in common: it starts from the document at the press, and is one undo step. Knows no Qt.

Every step is worked out from the document as it was at the press, so what an edge has cut comes back when it returns;
the edit handed out takes the step before back in the same breath. All of a drag has one merge key.
"""

from __future__ import annotations

import itertools

from app.timeline.snapping import Pull, Snap, Target
from app.timeline.tools.base import NOTHING, Facts, Outcome
from core.document.document import BrokenInvariant, Document
from core.document.edit import Edit

_numbers = itertools.count(1)


class Drag:
    """One drag, from press to release; what is dragged, and where to, is the subclass's."""

    def __init__(self, document: Document, what: str, pressed_ms: int) -> None:
        """`what`: id of what is dragged, for the merge key."""
        self._origin = document
        self._pressed_ms = pressed_ms
        self._held: Target | None = None
        self._applied: Edit | None = None
        self._merge_key = f"drag {what} {next(_numbers)}"

    def back(self, facts: Facts) -> Outcome:
        """The edit that undoes the whole drag."""
        return Outcome(edit=self._step(None, facts.document), finished=True)

    def _brought(self, snap: Snap, own_ms: int, wanted: Edit | None, facts: Facts) -> Outcome:
        """The step that brings about `wanted` (an edit of the document at the press), and what holds the edge now.

        `own_ms`: where the edge lay at the press.
        """
        if wanted is None and self._applied is None:
            return NOTHING
        self._held = snap.target
        pull = Pull(snap.target, snap.ms - own_ms) if snap.target else None
        return Outcome(edit=self._step(wanted, facts.document), pull=pull)

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
