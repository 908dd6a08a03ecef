"""Which cues are visible or nearest, by binary search. Pure: knows no Qt and no pixels."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from core.cue import Cue

Times = npt.NDArray[np.int64]
"""(n,) ms, one of each cue in row order."""


class CueIndex:
    """Cues of one document by time. Cues are ordered by start and may overlap, so ends are searched as running maxima.

    Attributes:
        cues: as in the document.
        starts_ms, ends_ms: of each cue.
    """

    def __init__(self, cues: tuple[Cue, ...]) -> None:
        self._set(cues, _starts_of(cues), _ends_of(cues))

    def updated(self, cues: tuple[Cue, ...]) -> CueIndex:
        """The index of `cues`, worked out only for those that are not the same: a drag changes one of thousands."""
        first, last_before, last_after = changed_span(self.cues, cues)
        changed = cues[first:last_after]
        made = CueIndex.__new__(CueIndex)
        made._set(
            cues,
            np.concatenate((self.starts_ms[:first], _starts_of(changed), self.starts_ms[last_before:])),
            np.concatenate((self.ends_ms[:first], _ends_of(changed), self.ends_ms[last_before:])),
        )
        return made

    def _set(self, cues: tuple[Cue, ...], starts_ms: Times, ends_ms: Times) -> None:
        self.cues = cues
        self.starts_ms = starts_ms
        self.ends_ms = ends_ms
        self._reached_ms = np.maximum.accumulate(ends_ms)

    def rows(self, start_ms: float, end_ms: float) -> range:
        """Rows of which some may show in start_ms…end_ms: none outside it shows, a few inside may not."""
        first = int(np.searchsorted(self._reached_ms, start_ms, "left"))
        last = int(np.searchsorted(self.starts_ms, end_ms, "right"))
        return range(first, max(first, last))

    def row_at(self, ms: float) -> int | None:
        """The row of the cue that stands at `ms`, the latest to begin; None between cues."""
        hits = [row for row in self.rows(ms, ms) if self.cues[row].start_ms <= ms < self.cues[row].end_ms]
        return hits[-1] if hits else None

    def rows_of(self, ids: frozenset[str]) -> list[int]:
        """Rows of the cues with these ids, in order."""
        return [row for row, cue in enumerate(self.cues) if cue.id in ids] if ids else []


def changed_span(before: Sequence[Cue], after: Sequence[Cue]) -> tuple[int, int, int]:
    """(first, last before, last after): rows first…last (half-open) of `before` became those of `after`.

    Cues count as the same where they are the same object; a document shares what an edit did not touch.
    """
    most = min(len(before), len(after))
    first = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a is not b), most)
    from_end = zip(reversed(before[first:]), reversed(after[first:]), strict=False)
    same = next((n for n, (a, b) in enumerate(from_end) if a is not b), most - first)
    return first, len(before) - same, len(after) - same


def _starts_of(cues: Sequence[Cue]) -> Times:
    return np.array([cue.start_ms for cue in cues], np.int64)


def _ends_of(cues: Sequence[Cue]) -> Times:
    return np.array([cue.end_ms for cue in cues], np.int64)
