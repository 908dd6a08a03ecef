"""An edit: a value that says what changes, and can be turned round. Knows no document and no history.

Undo is the same value turned round, so no operation has undo code.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.cue import Cue


@dataclass(frozen=True, slots=True)
class Splice:
    """Rows first… hold `removed` before and `inserted` after."""

    first: int
    removed: tuple[Cue, ...]
    inserted: tuple[Cue, ...]

    def reversed(self) -> Splice:
        """The splice that takes this one back."""
        return Splice(self.first, self.inserted, self.removed)


@dataclass(frozen=True, slots=True)
class Replace:
    """A field of the document that is not `cues` changes its value."""

    field: str
    before: Any
    after: Any

    def reversed(self) -> Replace:
        """The replacement that takes this one back."""
        return Replace(self.field, self.after, self.before)


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
        return Edit(self.label, tuple(change.reversed() for change in reversed(self.changes)), self.merge_key)

    def then(self, later: Edit) -> Edit:
        """This edit and a later one as one step, under this one's label."""
        return Edit(self.label, _joined(self.changes + later.changes), self.merge_key, self.automatic)


def _joined(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """Changes with neighbouring splices of the same rows folded, so that a long drag stays one small value."""
    folded: list[Change] = []
    for change in changes:
        last = folded[-1] if folded else None
        if (
            isinstance(change, Splice)
            and isinstance(last, Splice)
            and last.first == change.first
            and last.inserted == change.removed
        ):
            folded[-1] = Splice(last.first, last.removed, change.inserted)
        else:
            folded.append(change)
    return tuple(folded)
