"""A child that edits a project and says on stdout what is acknowledged, until it is killed: `editor FILE SEED`."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from core.document.edit import Edit
from core.document.history import History
from core.document.journal import Step
from core.document.project import Project, create_project, open_project
from core.document.project.store import moved
from core.results import ChunkKey
from core.transcript import Segment
from tests.core.document.digests import digest
from tests.core.document.random_edits import some_step


def key(n: int) -> ChunkKey:
    """The key of the n-th chunk."""
    return ChunkKey("recognise", "m", 1, n, n + 1, "builtin")


def segment(n: int) -> Segment:
    """Its result."""
    return Segment(n, n + 1, f"chunk {n} " * 30)


class _Telling:
    """The project as a journal that says what it is about to keep, and when it is kept."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def record(self, step: Step, edit: Edit, *, above: int = 0) -> None:
        """Keep a step."""
        print("next", digest(moved(self._project.restored, step, edit, above)[0]), flush=True)
        self._project.record(step, edit, above=above)
        print("safe", digest(self._project.restored), flush=True)


def main(path: Path, seed: int) -> None:
    """Edit, finish chunks, rest, save elsewhere, open again, for ever."""
    rng = random.Random(seed)
    project = open_project(path) if path.exists() else create_project(path)
    history = History(journal=_Telling(project), restored=project.restored)
    print("safe", digest(project.restored), flush=True)
    chunks = project.results.count()
    while True:
        kind = rng.random()
        if kind < 0.1:
            project.results.put(key(chunks), segment(chunks))
            chunks += 1
            print("chunks", chunks, flush=True)
        elif kind < 0.15:
            project.rest()
        elif kind < 0.18:
            copy = path.with_name("copy.cuesmith")
            copy.unlink(missing_ok=True)
            project.copy_to(copy)
        elif kind < 0.2:
            history.close_step()
            project.close()
            project = open_project(path)
            history = History(journal=_Telling(project), restored=project.restored)
        else:
            some_step(rng, history)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
