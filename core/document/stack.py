"""The document with the steps behind and ahead of it, as one value. Knows no journal and no listeners.

`History` moves along it and tells the journal; a project moves its own along by the same functions, so a
restored undo list is the one that was there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.document import slide
from core.document.document import Document
from core.document.edit import Edit


@dataclass(frozen=True, slots=True)
class Stack:
    """Where the work stands.

    Attributes:
        document: as it is now.
        done: steps that led here, oldest first.
        undone: steps taken back, the next to redo last.
    """

    document: Document
    done: tuple[Edit, ...] = ()
    undone: tuple[Edit, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nobody would miss it."""
        return not self.document.cues and not self.done and not self.undone

    def do(self, edit: Edit) -> Stack:
        """A new step by the person: what was undone is gone."""
        return Stack(self.document.apply(edit), (*self.done, edit))

    def come(self, edit: Edit) -> Stack:
        """A new step by the program: what was undone stays, as far as it still fits."""
        undone = slide.redone_over(self.document, self.undone, edit)
        return Stack(self.document.apply(edit), (*self.done, edit), undone)

    def join(self, edit: Edit, above: int = 0) -> Stack | None:
        """`edit` as part of the step that has `above` steps on it; None where later steps touch the same rows."""
        if not 0 <= above < len(self.done):
            return None
        done = slide.beneath(self.document, self.done, edit, above)
        if done is None:
            return None
        undone = slide.redone_over(self.document, self.undone, edit)
        return Stack(self.document.apply(edit), done, undone)

    def undo(self) -> Stack:
        """One step back.

        Raises:
            IndexError: there is none.
        """
        edit = self.done[-1]
        return replace(
            self, document=self.document.apply(edit.reversed()), done=self.done[:-1], undone=(*self.undone, edit)
        )

    def redo(self) -> Stack:
        """One step forth.

        Raises:
            IndexError: there is none.
        """
        edit = self.undone[-1]
        return replace(self, document=self.document.apply(edit), done=(*self.done, edit), undone=self.undone[:-1])
