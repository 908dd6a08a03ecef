"""Undo and redo: the current document and the edits that led to it. Knows no window; listeners hear what changed.

Every step is written to the journal before listeners hear of it: an edit is on disk before it shows as done. The one
exception is a drag: its steps are written when it ends, and every `DRAG_WRITE_MS` while it goes on.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from core.document.changed import Changed, Listener
from core.document.document import Document
from core.document.edit import Edit
from core.document.journal import Journal, NoJournal, Step
from core.document.stack import Stack
from core.errors import TooLarge

__all__ = ["DRAG_WRITE_MS", "Changed", "History", "Journal", "Listener", "NoJournal", "Step"]

DRAG_WRITE_MS = 500
"""How much of a drag a crash may take, at most."""


class History:
    """The current document and the way back and forth. Lives in one thread.

    Args:
        document: what to begin with, where nothing is restored.
        journal: told of every step before it shows.
        restored: document and steps of an earlier run (`core.document.project`); counts as not saved.
    """

    def __init__(
        self, document: Document | None = None, *, journal: Journal | None = None, restored: Stack | None = None
    ) -> None:
        self._stack = restored if restored is not None else Stack(document if document is not None else Document())
        self._journal: Journal = journal if journal is not None else NoJournal()
        self._listeners: list[Listener] = []
        self._ids = list(range(1, len(self._stack.done) + 1))
        self._undone_ids = [-n for n in range(len(self._stack.undone), 0, -1)]
        self._next_id = len(self._ids) + 1
        self._saved_depth: int | None = 0 if restored is None else None
        self._floor = len(self._stack.done)
        self._open = False
        self._unwritten: Edit | None = None
        self._written = self._stack
        self._written_at = time.monotonic()

    @property
    def document(self) -> Document:
        """As it is now."""
        return self._stack.document

    @property
    def stack(self) -> Stack:
        """The document with the steps behind and ahead of it."""
        return self._stack

    @property
    def step_id(self) -> int:
        """Names the last step for as long as it is the last: `apply_late` asks for the one that caused the work."""
        return self._ids[-1] if self._ids else 0

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after every step; the returned function stops that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    # ── forward ──────────────────────────────────────────────────────────────────────────────────

    def apply(self, edit: Edit | None) -> bool:
        """Do `edit`; None or an edit that changes nothing is left out. Returns whether anything was done.

        Raises:
            BrokenInvariant: it was made for another document.
            WriteError: the journal could not keep it; nothing was done.
        """
        if edit is None or not edit.changes:
            return False
        if self._continues(edit.merge_key):
            self._join_drag(edit)
        else:
            self._enter(Step.DO, edit)
            self._open = True
        return True

    def drag(self, merge_key: str, make: Callable[[Document], Edit | None]) -> bool:
        """One move of a drag, reckoned from where the drag began, so that dragging back gives back what gave way.

        Args:
            merge_key: of this drag; `close_step` ends it.
            make: makes the edit from the document as it was before the drag; None = back to where it began.

        Raises:
            WriteError: the journal could not keep it; nothing was done.
        """
        if not self._continues(merge_key):
            edit = make(self.document)
            return self.apply(replace(edit, merge_key=merge_key) if edit is not None else None)
        back = self._stack.done[-1].reversed()
        again = make(self.document.apply(back))
        edit = back.then(again) if again is not None else back
        return self.apply(replace(edit, merge_key=merge_key))

    def arrive(self, edit: Edit | None) -> bool:
        """Do what a running job brings. It becomes part of the job's own step (the one of its merge key), also where
        the person has done other things since; undo then still takes back what the person did last, and redo stays.

        Raises:
            BrokenInvariant, WriteError: as `apply`.
        """
        if edit is None or not edit.changes:
            return False
        self.flush()
        done = self._stack.done
        at = next((i for i in reversed(range(self._floor, len(done))) if done[i].merge_key == edit.merge_key), None)
        if at is None or not edit.merge_key or not self._join(edit, len(done) - 1 - at):
            self._enter(Step.COME, edit)
        return True

    def apply_late(self, edit: Edit | None, cause: int) -> bool:
        """Do work that comes back late (`edits.late`), caused by the step `cause` (its `step_id`).

        While that step is the last one it is amended; else the work is a step of its own, marked automatic.

        Raises:
            BrokenInvariant, WriteError: as `apply`.
        """
        if edit is None or not edit.changes:
            return False
        self.flush()
        if self.step_id == cause and len(self._ids) > self._floor and self._join(edit, 0):
            return True
        self._enter(Step.COME, replace(edit, automatic=True, merge_key=""))
        return True

    def close_step(self) -> None:
        """End a drag: the next edit starts a new step even under the same merge key.

        Raises:
            WriteError: as `flush`.
        """
        self._open = False
        self.flush()

    def flush(self) -> None:
        """Write what a drag has not yet written.

        Raises:
            WriteError: it could not be; it stays to be written. What is too large ever to be (`TooLarge`) is taken
                back instead: every later step would wait for it.
        """
        if self._unwritten is not None:
            try:
                self._journal.record(Step.JOIN, self._unwritten)
            except TooLarge:
                back, self._unwritten = self._unwritten.reversed(), None
                self._settle(Step.JOIN, back, self._written)
                raise
            self._unwritten = None
            self._written_at = time.monotonic()

    # ── back and forth ───────────────────────────────────────────────────────────────────────────

    def undo(self) -> str | None:
        """Take the last step back, an automatic one together with the one before. Returns its label, or None."""
        if not self._stack.done:
            return None
        self.close_step()
        label, automatic = "", True
        while automatic and self._stack.done:
            edit = self._stack.done[-1]
            self._move(Step.UNDO, edit, edit.reversed(), self._stack.undo())
            label, automatic = edit.label, edit.automatic
        return label

    def redo(self) -> str | None:
        """Do the last undone step again, with the automatic ones that belong to it. Returns its label, or None."""
        if not self._stack.undone:
            return None
        self.close_step()
        label = self._redo_one()
        while self._stack.undone and self._stack.undone[-1].automatic:
            self._redo_one()
        return label

    def labels(self) -> tuple[str, ...]:
        """The steps done, oldest first."""
        return tuple(edit.label for edit in self._stack.done)

    def undo_label(self) -> str | None:
        """Label of the step undo would take back, or None."""
        done = self._stack.done
        by_person = (edit.label for edit in reversed(done) if not edit.automatic)
        return next(by_person, done[0].label) if done else None

    def redo_label(self) -> str | None:
        """Label of the step redo would do again, or None."""
        return self._stack.undone[-1].label if self._stack.undone else None

    # ── saved or not ─────────────────────────────────────────────────────────────────────────────

    def mark_saved(self) -> None:
        """The document as it is now is on disk under its name; nothing merges across this."""
        self.close_step()
        self._saved_depth = self._floor = len(self._stack.done)

    @property
    def modified(self) -> bool:
        """Whether the document differs from what was last saved."""
        return self._saved_depth != len(self._stack.done)

    # ── how a step happens ───────────────────────────────────────────────────────────────────────

    def _continues(self, merge_key: str) -> bool:
        done = self._stack.done
        return bool(merge_key and self._open and len(done) > self._floor and done[-1].merge_key == merge_key)

    def _enter(self, step: Step, edit: Edit) -> None:
        """A new step on top."""
        self.flush()
        after = self._stack.do(edit) if step is Step.DO else self._stack.come(edit)
        self._journal.record(step, edit)
        self._written_at = time.monotonic()
        self._floor = min(self._floor, len(self._ids))
        if self._saved_depth is not None and self._saved_depth > len(self._ids):
            self._saved_depth = None  # what was saved lies on a branch that is gone
        self._settle(step, edit, after, new=True)

    def _join(self, edit: Edit, above: int) -> bool:
        """Part of a step that is there already; False where it does not fit beneath the later ones."""
        after = self._stack.join(edit, above)
        if after is None:
            return False
        self._journal.record(Step.JOIN, edit, above=above)
        self._settle(Step.JOIN, edit, after)
        return True

    def _join_drag(self, edit: Edit) -> None:
        """Part of the last step; written now and then."""
        after = self._stack.join(edit)
        if after is None:  # the last step can always be joined
            raise AssertionError("a drag has no step to join")
        if (time.monotonic() - self._written_at) * 1000 >= DRAG_WRITE_MS:
            self._write_drag(edit)
        elif self._unwritten is None:
            self._unwritten, self._written = edit, self._stack
        else:
            self._unwritten = self._unwritten.then(edit)
        self._settle(Step.JOIN, edit, after)

    def _write_drag(self, edit: Edit) -> None:
        """Write what is not yet written and `edit`, together where they fit into one part."""
        try:
            self._journal.record(Step.JOIN, edit if self._unwritten is None else self._unwritten.then(edit))
        except TooLarge:
            if self._unwritten is None:
                raise
            self.flush()
            self._journal.record(Step.JOIN, edit)
        self._unwritten, self._written_at = None, time.monotonic()

    def _redo_one(self) -> str:
        edit = self._stack.undone[-1]
        self._move(Step.REDO, edit, edit, self._stack.redo())
        return edit.label

    def _move(self, step: Step, recorded: Edit, applied: Edit, after: Stack) -> None:
        self._journal.record(step, recorded)
        self._settle(step, applied, after)

    def _settle(self, step: Step, applied: Edit, after: Stack, *, new: bool = False) -> None:
        before, self._stack = self._stack, after
        if step is Step.UNDO:
            self._undone_ids.append(self._ids.pop())
        elif step is Step.REDO:
            self._ids.append(self._undone_ids.pop())
        elif new:
            self._ids.append(self._next_id)
            self._next_id += 1
        self._undone_ids = self._undone_ids[len(self._undone_ids) - len(after.undone) :]
        changed = Changed(before.document, after.document, applied, step)
        for listener in tuple(self._listeners):
            listener(changed)
