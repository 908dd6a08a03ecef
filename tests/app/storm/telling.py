"""What the process under fire says, a line each, and in what order: written at once, so a kill cuts at most one line.

    next FILE STATE     a step is about to be kept, and leads to this state
    safe FILE STATE     it was kept
    shown FILE STATE    the window shows this state and has nothing left to write
    opened FILE STATE   another piece of work is shown
    moving FILE TO STATE, moved FILE TO STATE    “Save as” begins, and has succeeded
    chunks MEDIA COUNT  the first COUNT passages of a recording count as done
    told CODE           the person was told something is wrong

A state is a digest of the document with all steps behind and ahead of it, or `NOTHING`.
"""

from __future__ import annotations

import json
import os
from typing import Final

from core.document.edit import Edit
from core.document.journal import Step
from core.document.project import Project
from core.document.project.store import moved
from core.document.stack import Stack
from tests.core.document.digests import digest

NOTHING: Final = "nothing"
"""No cue and no step: nobody would miss it, and without a name it goes when it is closed."""


def say(kind: str, *parts: object) -> None:
    """A line on stdout that no buffer holds back."""
    os.write(1, (json.dumps([kind, *map(str, parts)]) + "\n").encode())


def heard(lines: list[str]) -> list[tuple[str, ...]]:
    """What whole lines say."""
    return [tuple(json.loads(line)) for line in lines]


def state_of(stack: Stack) -> str:
    """The name of a state."""
    empty = not stack.document.cues and not stack.done and not stack.undone
    return NOTHING if empty else digest(stack)


def tell_of_steps() -> None:
    """From now on every project of this process says what it is about to keep, and when it is kept."""
    record = Project.record

    def told(self: Project, step: Step, edit: Edit, *, above: int = 0) -> None:
        say("next", self.path, state_of(moved(self.restored, step, edit, above)[0]))
        record(self, step, edit, above=above)
        say("safe", self.path, state_of(self.restored))

    Project.record = told  # type: ignore[method-assign]
