"""When cues stand on the screen: start and end, shifting, moving. Knows no pixels and no magnets.

What gives way, and how far:

* Words follow the rule of `spans`: cut at the cue's new edge.
* Neighbours give way only where asked (`neighbours=True`), only where they did not overlap before, and never below
  `MIN_CUE_MS`; the dragged edge stops there.
* No time is ever negative.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from core.cue import Cue
from core.document.bulk import copies
from core.document.document import Document
from core.document.edit import Edit
from core.document.edits.rows import replaced_each, valid_rows
from core.document.edits.spans import clamped
from core.transcript import Syllable

MIN_CUE_MS = 40
"""A cue that gives way keeps at least this: one frame at 25 a second."""

Clock = Callable[[int], int]
"""Old ms → new ms; never falls."""


def retime(
    document: Document,
    row: int,
    *,
    start_ms: int | None = None,
    end_ms: int | None = None,
    neighbours: bool = False,
    gap_ms: int = 0,
    merge_key: str = "",
) -> Edit | None:
    """Set a cue's start, end or both.

    An edge given alone stops at the other edge. Given both in the wrong order, the end becomes the start.

    Args:
        neighbours: the cues before and behind make room.
        gap_ms: kept free to a neighbour that makes room.
    """
    cue = document.cues[row]
    start = cue.start_ms if start_ms is None else max(0, start_ms)
    end = cue.end_ms if end_ms is None else max(0, end_ms)
    if start_ms is not None and end_ms is None:
        start = min(start, end)
    end = max(start, end)
    new: dict[int, Cue] = {}
    if neighbours:
        start = _room_before(document, row, start, gap_ms, new)
        end = _room_behind(document, row, max(start, end), gap_ms, new)
    new[row] = placed(cue, start, max(start, end))
    return replaced_each(document, new, "Change times", merge_key=merge_key)


def move(document: Document, row: int, start_ms: int, *, neighbours: bool = False, merge_key: str = "") -> Edit | None:
    """Move a cue with its words so that it starts at `start_ms` (not before 0).

    With `neighbours`, it stops at the neighbours it does not overlap now.
    """
    cue = document.cues[row]
    by_ms = max(0, start_ms) - cue.start_ms
    if neighbours and by_ms < 0:
        ends = [other.end_ms for other in document.cues[:row] if other.end_ms <= cue.start_ms]
        by_ms = max(by_ms, max(ends, default=0) - cue.start_ms)
    if neighbours and by_ms > 0:
        starts = (other.start_ms for other in document.cues[row + 1 :] if other.start_ms >= cue.end_ms)
        by_ms = min(by_ms, next(starts, cue.end_ms + by_ms) - cue.end_ms)
    return replaced_each(document, {row: moved(cue, by_ms)}, "Move cue", merge_key=merge_key)


def shift(document: Document, rows: Iterable[int], by_ms: int, *, merge_key: str = "") -> Edit | None:
    """Move several cues with their words by the same time; it stops where the first of them would begin before 0."""
    chosen = valid_rows(document, rows)
    if not chosen:
        return None
    by_ms = max(by_ms, -min(document.cues[row].start_ms for row in chosen))
    new = dict(zip(chosen, all_moved([document.cues[row] for row in chosen], by_ms), strict=True))
    return replaced_each(document, new, "Shift times", merge_key=merge_key)


def set_start_and_shift_rest(document: Document, row: int, start_ms: int, *, merge_key: str = "") -> Edit | None:
    """Move a cue to `start_ms` and everything below it along by as much."""
    by_ms = start_ms - document.cues[row].start_ms
    return shift(document, range(row, len(document.cues)), by_ms, merge_key=merge_key)


def placed(cue: Cue, start_ms: int, end_ms: int) -> Cue:
    """The cue with these times, its words cut to them."""
    if (cue.start_ms, cue.end_ms) == (start_ms, end_ms):
        return cue
    return replace(cue, start_ms=start_ms, end_ms=end_ms, words=clamped(cue.words, start_ms, end_ms))


def moved(cue: Cue, by_ms: int) -> Cue:
    """The cue and its words, moved; itself for 0."""
    return all_moved([cue], by_ms)[0]


def all_moved(cues: Sequence[Cue], by_ms: int) -> Sequence[Cue]:
    """The cues and their words, moved; themselves for 0."""
    return all_by(cues, lambda ms: ms + by_ms) if by_ms else cues


def all_by(cues: Sequence[Cue], clock: Clock) -> list[Cue]:
    """The cues and their words by another clock; made in one go, because there may be tens of thousands of words."""
    words = [word for cue in cues for word in cue.words]
    words = copies(
        words,
        start_ms=[clock(word.start_ms) for word in words],
        end_ms=[clock(word.end_ms) for word in words],
        syllables=[_syllables_by(word.syllables, clock) if word.syllables else () for word in words],
    )
    ends = itertools.accumulate((len(cue.words) for cue in cues), initial=0)
    return copies(
        cues,
        start_ms=[clock(cue.start_ms) for cue in cues],
        end_ms=[clock(cue.end_ms) for cue in cues],
        words=[tuple(words[first:last]) for first, last in itertools.pairwise(ends)],
    )


def _syllables_by(syllables: Sequence[Syllable], clock: Clock) -> tuple[Syllable, ...]:
    return tuple((text, clock(start_ms), clock(end_ms)) for text, start_ms, end_ms in syllables)


def _room_before(document: Document, row: int, start_ms: int, gap_ms: int, new: dict[int, Cue]) -> int:
    """Where the start comes to stand; the cue before it that makes room goes into `new`."""
    cue, before = document.cues[row], document.cues[row - 1] if row else None
    if before is None or before.end_ms > cue.start_ms or start_ms >= min(cue.start_ms, before.end_ms + gap_ms):
        return start_ms
    least_ms = min(before.end_ms, before.start_ms + MIN_CUE_MS)
    start_ms = min(cue.start_ms, max(start_ms, least_ms + gap_ms))
    new[row - 1] = placed(before, before.start_ms, max(least_ms, min(before.end_ms, start_ms - gap_ms)))
    return start_ms


def _room_behind(document: Document, row: int, end_ms: int, gap_ms: int, new: dict[int, Cue]) -> int:
    """Where the end comes to stand; the cue behind it that makes room goes into `new`."""
    cue, behind = document.cues[row], document.cues[row + 1] if row + 1 < len(document.cues) else None
    if behind is None or behind.start_ms < cue.end_ms or end_ms <= max(cue.end_ms, behind.start_ms - gap_ms):
        return end_ms
    most_ms = max(behind.start_ms, behind.end_ms - MIN_CUE_MS)
    end_ms = max(cue.end_ms, min(end_ms, most_ms - gap_ms))
    new[row + 1] = placed(behind, min(most_ms, max(behind.start_ms, end_ms + gap_ms)), behind.end_ms)
    return end_ms
