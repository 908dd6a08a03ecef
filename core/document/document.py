"""The document: an immutable value made of cues and what belongs to them. Knows no history and no files.

It changes only through an `Edit` (`core.document.edit`): `document.apply(edit)` gives the next document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from fractions import Fraction
from typing import Any, ClassVar

from core.cue import Cue
from core.document.edit import Change, Edit, Replace, Splice


class BrokenInvariant(AssertionError):
    """An edit would leave the document in a state that must not be. A fault of ours, never shown as the user's."""


@dataclass(frozen=True, slots=True)
class MediaRef:
    """The film a document belongs to, to find it again when it was moved."""

    path: str
    size_bytes: int
    media_id: str
    track: int = 1
    duration_ms: int = 0


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place to come back to."""

    ms: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A line of given text that was not found in the sound. `line` counts from 1."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """Everything that is saved.

    Attributes:
        cues: ordered by (start_ms, end_ms); they may overlap, and a cue may have no words.
        header: per format, what its files carry above the cues: {"ass": script info and styles, "vtt": STYLE …}.
        frame_rate: as a fraction, or None where the media has no picture.
        start_timecode: ms that the first frame is called by (one-hour start codes).
        style: id of the delivery style the cues are made to.
        styles: looks by name, as the formats write them.
        unmatched: lines of a given text that were not found.
    """

    cues: tuple[Cue, ...] = ()
    header: dict[str, str] = field(default_factory=dict)
    media: MediaRef | None = None
    frame_rate: Fraction | None = None
    start_timecode: int = 0
    style: str = "netflix-en"
    styles: dict[str, str] = field(default_factory=dict)
    bookmarks: tuple[Bookmark, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()

    checking: ClassVar[bool] = False
    """Tests set this: `apply` then asserts the invariants around every splice."""

    def apply(self, edit: Edit) -> Document:
        """The document after `edit`.

        Raises:
            BrokenInvariant: what the edit removes is not there; in tests also any broken invariant.
        """
        document = self
        for change in edit.changes:
            document = document.apply_change(change)
            if Document.checking and isinstance(change, Splice):
                check_cues(document.cues, change.first - 1, change.last_after + 1)
        return document

    def apply_change(self, change: Change) -> Document:
        """The document after one change, its invariants not looked at.

        Raises:
            BrokenInvariant: what the change removes is not there.
        """
        return self._spliced(change) if isinstance(change, Splice) else self._replaced(change)

    def row_of(self, cue_id: str) -> int | None:
        """Row of the cue with this id, or None where it is gone."""
        return next((row for row, cue in enumerate(self.cues) if cue.id == cue_id), None)

    def _spliced(self, change: Splice) -> Document:
        first, last = change.first, change.last_before
        if not 0 <= first <= len(self.cues) or self.cues[first:last] != change.removed:
            raise BrokenInvariant(f"the {len(change.removed)} cues to be removed are not at row {first}")
        return replace(self, cues=self.cues[:first] + change.inserted + self.cues[last:])

    def _replaced(self, change: Replace) -> Document:
        if change.field not in REPLACEABLE or getattr(self, change.field) != change.before:
            raise BrokenInvariant(f"{change.field} is not what the edit saw")
        values: dict[str, Any] = {change.field: change.after}
        return replace(self, **values)


REPLACEABLE = frozenset(field.name for field in fields(Document)) - {"cues"}
"""Fields that a `Replace` may change."""


def order_key(cue: Cue) -> tuple[int, int]:
    """What cues are ordered by: (start_ms, end_ms)."""
    return (cue.start_ms, cue.end_ms)


def in_order(cues: Sequence[Cue], first: int, last: int) -> bool:
    """Whether rows first..last (half-open, cut to what is there) are in order of time."""
    rows = range(max(0, first) + 1, min(len(cues), last))
    return all(order_key(cues[row - 1]) <= order_key(cues[row]) for row in rows)


def check_cues(cues: Sequence[Cue], first: int = 0, last: int | None = None) -> None:
    """Assert the invariants of rows first..last: order of cues; words in order, inside, not empty.

    Raises:
        BrokenInvariant: with the row and what is wrong.
    """
    rows = range(max(0, first), min(len(cues), len(cues) if last is None else last))
    for row in rows:
        if row > rows.start and order_key(cues[row - 1]) > order_key(cues[row]):
            raise BrokenInvariant(f"cue {row} starts before the one above it")
        _check_cue(cues[row], row)


def _check_cue(cue: Cue, row: int) -> None:
    if cue.start_ms > cue.end_ms:
        raise BrokenInvariant(f"cue {row} ends before it starts")
    before_ms = cue.start_ms
    for word in cue.words:
        if not word.text or word.text != word.text.strip():
            raise BrokenInvariant(f"cue {row} has a word that is empty or has white space at its ends: {word.text!r}")
        if word.after.strip():
            raise BrokenInvariant(f"cue {row}: {word.after!r} is no white space")
        if not before_ms <= word.start_ms <= word.end_ms:
            raise BrokenInvariant(f"cue {row}: “{word.text}” overlaps or lies outside ({word.start_ms} ms)")
        before_ms = word.end_ms
    if before_ms > cue.end_ms:
        raise BrokenInvariant(f"cue {row}: its last word ends after it")
