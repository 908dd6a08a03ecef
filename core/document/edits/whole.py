"""All cues at once: built anew to another style. Returns the smallest edit; knows no style."""

from __future__ import annotations

from collections.abc import Sequence

from core.cue import Cue
from core.document.document import Document
from core.document.edit import Edit, Splice


def replace_cues(document: Document, cues: Sequence[Cue], *, label: str = "Build cues anew") -> Edit | None:
    """`cues` (in order of time) in place of all; those that stay at the beginning and the end are not touched.

    None where nothing changes.
    """
    before, after = document.cues, tuple(cues)
    first = _same(before, after)
    last = _same(before[first:][::-1], after[first:][::-1])
    removed, inserted = before[first : len(before) - last], after[first : len(after) - last]
    return Edit(label, (Splice(first, removed, inserted),)) if removed or inserted else None


def _same(one: Sequence[Cue], other: Sequence[Cue]) -> int:
    """How many are the same from the beginning."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
