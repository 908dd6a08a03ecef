"""An edit: a value that says what changes, and can be turned round. Knows no document and no history.

Undo is the same value turned round, so no operation has undo code.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from core.cue import Cue


@dataclass(frozen=True, slots=True)
class Splice:
    """Rows first… hold `removed` before and `inserted` after."""

    first: int
    removed: tuple[Cue, ...]
    inserted: tuple[Cue, ...]

    @property
    def last_before(self) -> int:
        """One past the last row it takes away."""
        return self.first + len(self.removed)

    @property
    def last_after(self) -> int:
        """One past the last row it leaves."""
        return self.first + len(self.inserted)

    @property
    def growth(self) -> int:
        """By how many rows the document grows; negative where it shrinks."""
        return len(self.inserted) - len(self.removed)

    def reversed(self) -> Splice:
        """The splice that takes this one back."""
        return Splice(self.first, self.inserted, self.removed)

    def then(self, later: Splice) -> Splice | None:
        """This and a later splice as one, or None where their rows do not touch."""
        if later.first > self.last_after or later.last_before < self.first:
            return None
        above = later.removed[: max(0, self.first - later.first)]
        below = later.removed[len(later.removed) - max(0, later.last_before - self.last_after) :]
        between = above + self.inserted + below
        first = min(self.first, later.first)
        at = later.first - first
        inserted = between[:at] + later.inserted + between[at + len(later.removed) :]
        return Splice(first, above + self.removed + below, inserted)


@dataclass(frozen=True, slots=True)
class Replace:
    """A field of the document that is not `cues` changes its value."""

    field: str
    before: Any
    after: Any

    def reversed(self) -> Replace:
        """The replacement that takes this one back."""
        return Replace(self.field, self.after, self.before)

    def then(self, later: Replace) -> Replace | None:
        """This and a later replacement as one, or None where they are of different fields."""
        return Replace(self.field, self.before, later.after) if later.field == self.field else None


Change = Splice | Replace


@dataclass(frozen=True, slots=True)
class Edit:
    """One step a person can take back.

    Attributes:
        label: what it is called in the history, as an English phrase: "Split cue".
        changes: applied in order.
        merge_key: successive edits of one non-empty key become one undo step (a drag); nothing merges across a save.
        automatic: made by the program (a late result); one undo takes it together with the entry before.
    """

    label: str
    changes: tuple[Change, ...]
    merge_key: str = ""
    automatic: bool = False

    def reversed(self) -> Edit:
        """The edit that takes this one back."""
        return replace(self, changes=tuple(change.reversed() for change in reversed(self.changes)))

    def then(self, later: Edit) -> Edit:
        """This edit and a later one as one step, under this one's label."""
        return replace(self, changes=_joined(self.changes, later.changes))


def _joined(changes: tuple[Change, ...], more: tuple[Change, ...]) -> tuple[Change, ...]:
    """Changes with neighbouring ones folded, so that a long drag stays one small value."""
    folded = list(changes)
    for change in more:
        one = _as_one(folded[-1], change) if folded else None
        if one is None:
            folded.append(change)
        else:
            folded[-1] = one
    return tuple(folded)


def _as_one(first: Change, second: Change) -> Change | None:
    if isinstance(first, Splice):
        return first.then(second) if isinstance(second, Splice) else None
    return first.then(second) if isinstance(second, Replace) else None
