"""Whatever steps a history takes, the project restores exactly where it stood."""

from __future__ import annotations

import copy
import random
from pathlib import Path

import pytest

from core.document.history import History
from core.document.project import create_project, open_project
from tests.core.document.digests import digest
from tests.core.document.random_edits import some_step


def the_last_one_again(history: History) -> None:
    """Undone, and done by hand once more: the same step of other objects."""
    if history.stack.done and not history.stack.done[-1].automatic:
        last = copy.deepcopy(history.stack.done[-1])
        history.undo()
        history.apply(last)


@pytest.mark.parametrize("seed", range(12))
def test_a_project_restores_where_its_history_stood(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    path = tmp_path / "film.cuesmith"
    create_project(path).close()
    for _ in range(6):
        with open_project(path) as project:
            assert project.notices == ()
            history = project.history()
            for _ in range(rng.randrange(1, 15)):
                some_step(rng, history)
                if rng.random() < 0.2:
                    the_last_one_again(history)
            history.flush()
            live = history.stack
            assert digest(project.restored) == digest(live)
    with open_project(path) as last:
        assert digest(last.restored) == digest(live)
        assert last.restored.document == live.document
