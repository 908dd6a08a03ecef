"""Where a pattern is found in the cues' texts. Changes nothing; `edits.search_pattern` makes patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.document.document import Document


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """Characters first..last, half-open, of the text of the cue in `row`."""

    row: int
    first: int
    last: int


def matches(document: Document, pattern: re.Pattern[str], rows: Iterable[int] | None = None) -> tuple[Match, ...]:
    """Every place, in order. Places without a character, which "a*" finds everywhere, are left out.

    Args:
        rows: where to look, ascending; None = everywhere.
    """
    return tuple(
        Match(row, found.start(), found.end())
        for row in (range(len(document.cues)) if rows is None else rows)
        for found in pattern.finditer(document.cues[row].text)
        if found.end() > found.start()
    )


def next_match(found: Sequence[Match], row: int, offset: int, *, back: bool = False) -> Match | None:
    """The first match at or behind that place, or before it with `back`; round at the ends; None for no matches."""
    if not found:
        return None
    here = (row, offset)
    if back:
        return next((one for one in reversed(found) if (one.row, one.first) < here), found[-1])
    return next((one for one in found if (one.row, one.first) >= here), found[0])
