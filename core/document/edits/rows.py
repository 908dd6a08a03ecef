"""From new cues to an `Edit`: which rows are spliced, and where cues go whose times changed their order.

What every operation ends with; knows nothing of what the operation was.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence

from core.cue import Cue
from core.document.document import Document, order_key
from core.document.edit import Edit, Splice

NewRows = Mapping[int, Sequence[Cue]]
"""Row → the cues that stand there afterwards; () = none."""


def replaced(document: Document, new: NewRows, label: str, *, merge_key: str = "") -> Edit | None:
    """The edit that puts `new` in place of those rows; None where nothing changes.

    Cues whose times changed the order move to where they belong, and the splice covers the rows they pass.

    Raises:
        IndexError: a row is not there.
    """
    if new and min(new) < 0:
        raise IndexError(min(new))
    wanted = {row: tuple(cues) for row, cues in new.items() if (document.cues[row],) != tuple(cues)}
    if not wanted:
        return None
    splices = [_spliced(document.cues, wanted, run) for run in runs(sorted(wanted))]
    if not all(_fits(document.cues, splice) for splice in splices):
        splices = [_sorted_splice(document.cues, wanted)]
    changes = tuple(_trimmed(splice) for splice in reversed(splices))
    return Edit(label, changes, merge_key)


def replaced_each(document: Document, new: Mapping[int, Cue], label: str, *, merge_key: str = "") -> Edit | None:
    """As `replaced`, one cue for one."""
    return replaced(document, {row: (cue,) for row, cue in new.items()}, label, merge_key=merge_key)


def added(document: Document, cues: Iterable[Cue], label: str, *, merge_key: str = "") -> Edit | None:
    """The edit that puts `cues` in, each at its place in time, behind those of equal times; None for no cues."""
    places: dict[int, list[Cue]] = {}
    for cue in sorted(cues, key=order_key):
        places.setdefault(bisect_right(document.cues, order_key(cue), key=order_key), []).append(cue)
    changes = tuple(Splice(row, (), tuple(places[row])) for row in sorted(places, reverse=True))
    return Edit(label, changes, merge_key) if changes else None


def valid_rows(document: Document, rows: Iterable[int]) -> list[int]:
    """The rows that are there, each once, in order: a selection may be older than the document."""
    return sorted({row for row in rows if 0 <= row < len(document.cues)})


def runs(rows: Sequence[int]) -> list[range]:
    """Rows as runs of neighbours."""
    found: list[range] = []
    for row in rows:
        if found and found[-1].stop == row:
            found[-1] = range(found[-1].start, row + 1)
        else:
            found.append(range(row, row + 1))
    return found


def _spliced(cues: Sequence[Cue], new: NewRows, run: range) -> Splice:
    inserted = tuple(cue for row in run for cue in new[row])
    return Splice(run.start, tuple(cues[run.start : run.stop]), inserted)


def _fits(cues: Sequence[Cue], splice: Splice) -> bool:
    """Whether the rows are in order with it. Runs are never neighbours, so each is looked at by itself."""
    around = (*cues[max(0, splice.first - 1) : splice.first], *splice.inserted)
    around += tuple(cues[splice.last_before : splice.last_before + 1])
    keys = [order_key(cue) for cue in around]
    return all(a <= b for a, b in itertools.pairwise(keys))


def _sorted_splice(cues: Sequence[Cue], new: NewRows) -> Splice:
    """One splice over all changed rows and those their cues pass."""
    keys = [order_key(cue) for row in new for cue in new[row]]
    first, last = min(new), max(new) + 1
    first = min(first, bisect_right(cues, min(keys), hi=first, key=order_key))
    last = max(last, bisect_left(cues, max(keys), lo=last, key=order_key))
    inside = [cue for row in range(first, last) for cue in new.get(row, (cues[row],))]
    return Splice(first, tuple(cues[first:last]), tuple(sorted(inside, key=order_key)))


def _trimmed(splice: Splice) -> Splice:
    """Without the rows at its ends that stay the same."""
    removed, inserted, first = splice.removed, splice.inserted, splice.first
    while removed and inserted and removed[0] is inserted[0]:
        removed, inserted, first = removed[1:], inserted[1:], first + 1
    while removed and inserted and removed[-1] is inserted[-1]:
        removed, inserted = removed[:-1], inserted[:-1]
    return Splice(first, removed, inserted)
