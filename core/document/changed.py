"""What those hear who listen to a history. Knows no history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.document.document import Document
from core.document.edit import Edit, Splice
from core.document.journal import Step


@dataclass(frozen=True, slots=True)
class Changed:
    """What listeners hear after each step.

    Attributes:
        before, after: the documents.
        edit: what was applied (already turned round for an undo).
        step: what kind of step.
    """

    before: Document
    after: Document
    edit: Edit
    step: Step

    def rows(self) -> tuple[tuple[int, int, int], ...]:
        """(first, removed, inserted) of each splice, in order, for models that tell views which rows changed."""
        return tuple((c.first, len(c.removed), len(c.inserted)) for c in self.edit.changes if isinstance(c, Splice))


Listener = Callable[[Changed], None]
