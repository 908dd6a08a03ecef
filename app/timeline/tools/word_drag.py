"""Dragging a word by its edge, its body, or the edge it shares with the next. Knows no Qt and no selection.

A shared edge moves both words; with Shift everything behind it in the cue goes along. Which edge is meant with Alt,
which parts two words, is decided at the press. Words are not pulled to frames: they are spoken, not shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.timeline.hit import Hit, Part
from app.timeline.snapping import RELEASE_PX, Kind, Snap, Target, snapped
from app.timeline.tools.base import NOTHING, Facts, Outcome, Pointer
from app.timeline.tools.drag import Drag
from app.timeline.tools.targets import targets_near
from core.document.document import Document
from core.document.edit import Edit
from core.document.edits.word_edges import move_shared_edge, shift_words
from core.document.edits.word_edits import retime_word
from core.transcript import Word


class WordDrag(Drag):
    """One drag, from press to release.

    Args of the constructor:
        row, index: the word that is held; of a shared edge, the one to its left.
    """

    def __init__(self, document: Document, row: int, index: int, part: Part, pressed_ms: int) -> None:
        super().__init__(document, document.cues[row].words[index].id, pressed_ms)
        self._row = row
        self._index = index
        self._part = part

    def to(self, at: Pointer, facts: Facts) -> Outcome:
        """The edit that brings the edge or the word under the pointer, and what holds it."""
        snap = self._snapped(at, facts)
        if snap.ms == self._own_ms and self._applied is None:
            return NOTHING
        edit = self._moved_to(snap.ms, at)
        if snap.target is not None and not self._reaches(edit, snap.ms):
            snap = Snap(snap.ms)  # a neighbour stopped it before what pulls
        return self._brought(snap, self._own_ms, edit, facts)

    @property
    def _word(self) -> Word:
        return self._origin.cues[self._row].words[self._index]

    @property
    def _own_ms(self) -> int:
        """Time of the edge that is held, at the press; the start for the body."""
        return self._word.end_ms if self._part in (Part.END, Part.SHARED) else self._word.start_ms

    def _snapped(self, at: Pointer, facts: Facts) -> Snap:
        wanted_ms = max(0, self._own_ms + at.ms - self._pressed_ms)
        if at.ctrl or not facts.snapping:
            return Snap(wanted_ms)
        snap = self._pulled(wanted_ms, at, facts)
        if snap.target is None and self._part is Part.BODY:
            length_ms = self._word.end_ms - self._word.start_ms
            end = self._pulled(wanted_ms + length_ms, at, facts)
            snap = Snap(end.ms - length_ms, end.target) if end.target and end.ms >= length_ms else snap
        return snap

    def _pulled(self, ms: int, at: Pointer, facts: Facts) -> Snap:
        before = replace(facts, document=self._origin)
        reach_ms = RELEASE_PX * at.ms_per_px
        words = tuple(target for target in self._from_words() if abs(target.ms - ms) <= reach_ms)
        cues = targets_near(before, ms, at.ms_per_px, row=self._row)
        return snapped(ms, (*words, *cues), at.ms_per_px, held=self._held)

    def _from_words(self) -> Iterator[Target]:
        """Edges of the words to either side; a shared edge has none, since both its words move."""
        if self._part is Part.SHARED:
            return
        words = self._origin.cues[self._row].words
        if self._index:
            yield Target(words[self._index - 1].end_ms, Kind.NEIGHBOUR)
        if self._index + 1 < len(words):
            yield Target(words[self._index + 1].start_ms, Kind.NEIGHBOUR)

    def _moved_to(self, ms: int, at: Pointer) -> Edit | None:
        origin, row, index, key = self._origin, self._row, self._index, self._merge_key
        if self._part is Part.SHARED and at.shift:
            return shift_words(origin, row, index + 1, ms - self._own_ms, merge_key=key)
        if self._part is Part.SHARED:
            return move_shared_edge(origin, row, index, ms, merge_key=key)
        if self._part is Part.START:
            return retime_word(origin, row, index, start_ms=ms, merge_key=key)
        if self._part is Part.END:
            return retime_word(origin, row, index, end_ms=ms, merge_key=key)
        end_ms = ms + self._word.end_ms - self._word.start_ms
        return retime_word(origin, row, index, start_ms=ms, end_ms=end_ms, merge_key=key)

    def _reaches(self, edit: Edit | None, ms: int) -> bool:
        """Whether the edit really brings the edge to `ms`."""
        document = self._origin.apply(edit) if edit is not None else self._origin
        row = document.row_of(self._origin.cues[self._row].id)
        word = document.cues[self._row if row is None else row].words[self._index]
        return ms == (word.end_ms if self._part in (Part.END, Part.SHARED) else word.start_ms)


def begun(document: Document, pressed: Pointer, selected_word: str) -> WordDrag | None:
    """The drag that a press on the word lane begins; None where the word is gone.

    With Alt a shared edge is parted: the selected word's edge is meant, else that of the word under the pointer.
    """
    hit = pressed.hit
    if hit is None:
        return None
    if hit.part is Part.SHARED and pressed.alt:
        right = selected_word == hit.other or (selected_word != hit.id and pressed.word == hit.other)
        hit = Hit(hit.other, Part.START) if right else Hit(hit.id, Part.END)
    place = _place_of(document, hit.id)
    return None if place is None else WordDrag(document, *place, hit.part, pressed.ms)


def _place_of(document: Document, word_id: str) -> tuple[int, int] | None:
    """(row, index) of a word; None where it is gone."""
    for row, cue in enumerate(document.cues):
        for index, word in enumerate(cue.words):
            if word.id == word_id:
                return row, index
    return None
