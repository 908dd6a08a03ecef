"""Undo and redo: the current document and the edits that led to it. Knows no window; listeners hear what changed.

Every step is written to the journal before listeners hear of it: an edit is on disk before it shows as done.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from core.document.document import Document
from core.document.edit import Edit, Splice


class Step(enum.StrEnum):
    """What kind of step the journal records."""

    DO = "do"
    UNDO = "undo"
    REDO = "redo"


class Journal(Protocol):
    """Where edits are kept. Recovery files and project files implement it."""

    def record(self, step: Step, edit: Edit) -> None:
        """Keep this step; when it returns, the step survives a crash. For UNDO, `edit` is the one taken back."""
        ...


class NoJournal:
    """Keeps nothing: for tests and throw-away documents."""

    def record(self, step: Step, edit: Edit) -> None:
        """Do nothing."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What listeners hear after each step.

    Attributes:
        before, after: the documents.
        edit: what was applied (already turned round for an undo).
        step: do, undo or redo.
    """

    before: Document
    after: Document
    edit: Edit
    step: Step

    def rows(self) -> tuple[tuple[int, int, int], ...]:
        """(first, removed, inserted) of each splice, in order, for models that tell views which rows changed."""
        return tuple((c.first, len(c.removed), len(c.inserted)) for c in self.edit.changes if isinstance(c, Splice))


Listener = Callable[[Changed], None]


class History:
    """The current document and the way back and forth.

    Attributes:
        document: as it is now.
    """

    def __init__(self, document: Document | None = None, *, journal: Journal | None = None) -> None:
        self.document = document if document is not None else Document()
        self._journal: Journal = journal if journal is not None else NoJournal()
        self._done: list[Edit] = []
        self._undone: list[Edit] = []
        self._listeners: list[Listener] = []
        self._saved_depth: int | None = 0
        self._closed = False

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after every step; the returned function stops that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def apply(self, edit: Edit | None) -> bool:
        """Do `edit`; None or an edit that changes nothing is left out. Returns whether anything was done."""
        if edit is None or not edit.changes:
            return False
        before, after = self.document, self.document.apply(edit)
        self._journal.record(Step.DO, edit)
        self._push(edit)
        self._undone.clear()
        self._moved(before, after, edit, Step.DO)
        return True

    def undo(self) -> str | None:
        """Take the last step back, an automatic one together with the one before. Returns its label, or None."""
        if not self._done:
            return None
        label = ""
        automatic = True
        while automatic and self._done:
            edit = self._done[-1]
            after = self.document.apply(edit.reversed())
            self._journal.record(Step.UNDO, edit)
            self._done.pop()
            self._undone.append(edit)
            self._moved(self.document, after, edit.reversed(), Step.UNDO)
            label, automatic = edit.label, edit.automatic
        self._closed = True
        return label

    def redo(self) -> str | None:
        """Do the last undone step again, with the automatic ones that belong to it. Returns its label, or None."""
        if not self._undone:
            return None
        label = self._redo_one()
        while self._undone and self._undone[-1].automatic:
            self._redo_one()
        return label

    def labels(self) -> tuple[str, ...]:
        """The steps done, oldest first."""
        return tuple(edit.label for edit in self._done)

    def undo_label(self) -> str | None:
        """Label of the step undo would take back, or None."""
        return next((edit.label for edit in reversed(self._done) if not edit.automatic), None)

    def redo_label(self) -> str | None:
        """Label of the step redo would do again, or None."""
        return self._undone[-1].label if self._undone else None

    def close_step(self) -> None:
        """End a drag: the next edit starts a new step even under the same merge key."""
        self._closed = True

    def mark_saved(self) -> None:
        """The document as it is now is on disk under its name; nothing merges across this."""
        self._saved_depth = len(self._done)
        self._closed = True

    @property
    def modified(self) -> bool:
        """Whether the document differs from what was last saved."""
        return self._saved_depth != len(self._done)

    def _redo_one(self) -> str:
        edit = self._undone[-1]
        after = self.document.apply(edit)
        self._journal.record(Step.REDO, edit)
        self._undone.pop()
        self._done.append(edit)
        self._moved(self.document, after, edit, Step.REDO)
        self._closed = True
        return edit.label

    def _push(self, edit: Edit) -> None:
        if self._saved_depth is not None and self._saved_depth > len(self._done):
            self._saved_depth = None  # what was saved lies on a branch that is gone
        top = self._done[-1] if self._done else None
        if top is not None and not self._closed and edit.merge_key and top.merge_key == edit.merge_key:
            self._done[-1] = top.then(edit)
        else:
            self._done.append(edit)
        self._closed = False

    def _moved(self, before: Document, after: Document, edit: Edit, step: Step) -> None:
        self.document = after
        changed = Changed(before, after, edit, step)
        for listener in tuple(self._listeners):
            listener(changed)
