"""The arrow: click selects and seeks, drag moves cues, words or an edge, drag on the ground selects a range.

Knows no Qt.
"""

from __future__ import annotations

from app.timeline.hit import Part
from app.timeline.layout import Lane
from app.timeline.tools import word_drag
from app.timeline.tools.base import DRAG_FROM_PX, NOTHING, Facts, Outcome, Pointer
from app.timeline.tools.cue_drag import CueDrag
from app.timeline.tools.range import RangeTool
from app.timeline.tools.word_drag import WordDrag
from core.document.document import Document


class SelectTool:
    """The tool one works with most of the time."""

    def __init__(self) -> None:
        self._pressed: Pointer | None = None
        self._drag: CueDrag | WordDrag | None = None
        self._word = ""  # selected at the press
        self._range: RangeTool | None = None

    def press(self, at: Pointer, facts: Facts) -> Outcome:
        """Select what is under the pointer, and get ready to drag it."""
        self._pressed, self._drag, self._range = at, None, None
        self._word = facts.word
        if at.word:
            return Outcome(selection=_owner(facts.document, at.word), word=at.word)
        if at.hit is None:
            self._range = RangeTool()
            return self._range.press(at, facts)
        return Outcome(selection=_selected(at.hit.id, at, facts), word="")

    def move(self, at: Pointer, facts: Facts) -> Outcome:
        """Drag what was pressed."""
        if self._range is not None:
            return self._range.move(at, facts)
        if self._drag is None:
            self._drag = self._begun(at, facts)
        return self._drag.to(at, facts) if self._drag is not None else NOTHING

    def release(self, at: Pointer, facts: Facts) -> Outcome:
        """End the drag; without one, it was a click."""
        pressed, dragging, ranging = self._pressed, self._drag, self._range
        self._pressed = self._drag = self._range = None
        if ranging is not None:
            return ranging.release(at, facts)
        if dragging is not None:
            return Outcome(finished=True)
        return NOTHING if pressed is None else _clicked(pressed, at)

    def cancel(self, facts: Facts) -> Outcome:
        """Put the dragged cues back."""
        dragging, ranging = self._drag, self._range
        self._pressed = self._drag = self._range = None
        if dragging is not None:
            return dragging.back(facts)
        return ranging.cancel(facts) if ranging is not None else NOTHING

    def _begun(self, at: Pointer, facts: Facts) -> CueDrag | WordDrag | None:
        pressed = self._pressed
        if pressed is None or pressed.hit is None or abs(at.ms - pressed.ms) < DRAG_FROM_PX * at.ms_per_px:
            return None
        if pressed.lane is Lane.WORDS:
            return word_drag.begun(facts.document, pressed, self._word)
        row = facts.document.row_of(pressed.hit.id)
        if row is None:
            return None
        chosen = facts.selection if pressed.hit.id in facts.selection else frozenset()
        others = tuple(n for n, cue in enumerate(facts.document.cues) if cue.id in chosen and n != row)
        return CueDrag(facts.document, row, pressed.hit.part, pressed.ms, others=others)


def _selected(cue_id: str, at: Pointer, facts: Facts) -> tuple[str, ...] | None:
    """What is selected after a press on a cue: it alone; with Ctrl it is added or taken away, with Shift up to it.

    None where it is one of several: they may be dragged together, and a click selects it alone on release.
    """
    cues, selection = facts.document.cues, facts.selection
    if at.ctrl:
        wanted = selection ^ {cue_id}
        return tuple(cue.id for cue in cues if cue.id in wanted)
    if not at.shift or not selection:
        return None if cue_id in selection else (cue_id,)
    rows = [row for row, cue in enumerate(cues) if cue.id in selection or cue.id == cue_id]
    return tuple(cue.id for cue in cues[rows[0] : rows[-1] + 1])


def _clicked(pressed: Pointer, at: Pointer) -> Outcome:
    """A click seeks, but not on an edge, which one takes hold of, nor while choosing several."""
    if pressed.ctrl or pressed.shift:
        return NOTHING
    if pressed.hit is None:
        return Outcome(seek_ms=at.ms)
    if pressed.lane is Lane.WORDS:
        return Outcome(seek_ms=at.ms if pressed.hit.part is Part.BODY else None)
    return Outcome(seek_ms=at.ms if pressed.hit.part is Part.BODY else None, selection=(pressed.hit.id,))


def _owner(document: Document, word_id: str) -> tuple[str, ...]:
    return tuple(cue.id for cue in document.cues if any(word.id == word_id for word in cue.words))
