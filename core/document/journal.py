"""Where a history's steps are kept: what projects promise. Knows no file."""

from __future__ import annotations

import enum
from typing import Protocol

from core.document.edit import Edit


class Step(enum.StrEnum):
    """What kind of step the journal records; each is the function of `Stack` of that name."""

    DO = "do"
    COME = "come"
    JOIN = "join"
    UNDO = "undo"
    REDO = "redo"


class Journal(Protocol):
    """Where edits are kept. A project implements it (`core.document.project`)."""

    def record(self, step: Step, edit: Edit, *, above: int = 0) -> None:
        """Keep this step; when it returns, the step survives a crash.

        For UNDO, `edit` is the one taken back. For JOIN, `above` says how many steps lie on the one it joins.

        Raises:
            WriteError: it could not be kept; then the step does not happen.
        """
        ...


class NoJournal:
    """Keeps nothing: for tests and throw-away documents."""

    def record(self, step: Step, edit: Edit, *, above: int = 0) -> None:
        """Do nothing."""
