"""Two edits in the other order: how work that arrives goes beneath what a person has done since. Knows no journal.

Cues that a running job brings belong to the job's own step, so that undo takes back what the *person* did last, and
redo survives the next arrival. Edits of different rows can change places; edits of the same rows cannot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.document.document import Document, in_order
from core.document.edit import Change, Edit, Splice


def swapped(first: Edit, second: Edit) -> tuple[Edit, Edit] | None:
    """(second', first') that do in this order what `first` and then `second` do, or None where they touch."""
    ahead = list(first.changes)
    moved: list[Change] = []
    for later in second.changes:
        moving = later
        for index in reversed(range(len(ahead))):
            pair = _swapped(ahead[index], moving)
            if pair is None:
                return None
            moving, ahead[index] = pair
        moved.append(moving)
    return replace(second, changes=tuple(moved)), replace(first, changes=tuple(ahead))


def beneath(document: Document, done: tuple[Edit, ...], edit: Edit, above: int) -> tuple[Edit, ...] | None:
    """`done` with `edit` joined to the step that has `above` steps on it, or None where it cannot go there.

    Args:
        document: as it is now, before `edit`.
        done: the steps that led to it, oldest first.
        edit: applies to `document`.
        above: 0 = the last step itself.
    """
    lowest = len(done) - above
    moved = lowered(document, done[lowest:], edit)
    if moved is None:
        return None
    edit, lifted = moved
    return (*done[: lowest - 1], done[lowest - 1].then(edit), *lifted)


def lowered(document: Document, steps: Sequence[Edit], edit: Edit) -> tuple[Edit, tuple[Edit, ...]] | None:
    """`edit` as it is beneath `steps`, and the steps as they are on it; None where it cannot go there.

    Args:
        document: as it is now, after `steps` and before `edit`.
        steps: oldest first.
        edit: applies to `document`.
    """
    lifted: list[Edit] = []
    for step in reversed(steps):
        pair = swapped(step, edit)
        document = document.apply(step.reversed())
        if pair is None or not _fits(document, pair[0]):
            return None
        edit = pair[0]
        lifted.append(pair[1])
    return edit, tuple(reversed(lifted))


def redone_over(document: Document, undone: Sequence[Edit], edit: Edit) -> tuple[Edit, ...]:
    """The steps of `undone` (last = next to redo) as they must be once `edit` was done; those that no longer fit go.

    Args:
        document: as it is before `edit`.
    """
    kept: list[Edit] = []
    for step in reversed(undone):
        pair = swapped(step.reversed(), edit)
        document = document.apply(step)
        if pair is None or not _fits(document, pair[0]):
            break
        edit = pair[0]
        kept.append(pair[1].reversed())
    return tuple(reversed(kept))


def _swapped(first: Change, second: Change) -> tuple[Change, Change] | None:
    if not isinstance(first, Splice) or not isinstance(second, Splice):
        same_field = not isinstance(first, Splice) and not isinstance(second, Splice) and first.field == second.field
        return None if same_field else (second, first)
    if second.first >= first.last_after:
        return replace(second, first=second.first - first.growth), first
    if second.last_before <= first.first:
        return second, replace(first, first=first.first + second.growth)
    return None


def _fits(document: Document, edit: Edit) -> bool:
    """Whether the cues would still be in order of time there."""
    for change in edit.changes:
        document = document.apply_change(change)
        if isinstance(change, Splice) and not in_order(document.cues, change.first - 1, change.last_after + 1):
            return False
    return True
