"""Kill -9 at any moment: every acknowledged step and chunk is there after the restart, and the file is sound."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from core.document.project import open_project
from tests.core.document.digests import digest
from tests.core.document.project.editor import key, segment

ROOT = Path(__file__).parents[4]


def _killed(path: Path, seed: int, lines: int, after_s: float) -> list[str]:
    """What a child said before it was killed with signal 9, some time after so many lines."""
    command = [sys.executable, "-m", "tests.core.document.project.editor", str(path), str(seed)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        said = [child.stdout.readline() for _ in range(lines)]
        time.sleep(after_s)
        child.kill()
        said += list(child.stdout)
    return [line.strip() for line in said if line.endswith("\n")]


def _check(path: Path, said: list[str]) -> None:
    """The last acknowledged state is there, or the one that was just being kept; no third."""
    states = [line.split() for line in said if not line.startswith("chunks")]
    allowed = {next(state for kind, state in reversed(states) if kind == "safe")}
    if states[-1][0] == "next":
        allowed.add(states[-1][1])
    chunks = max([int(line.split()[1]) for line in said if line.startswith("chunks")], default=0)
    with open_project(path) as project:
        assert project.notices == ()
        assert digest(project.restored) in allowed
        found = project.results.count()
        assert found >= chunks
        assert all(project.results.get(key(n)) == segment(n) for n in range(found))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def _storm(folder: Path, kills: int, seed: int) -> None:
    rng = random.Random(seed)
    path = folder / "film.cuesmith"
    for n in range(kills):
        said = _killed(path, rng.randrange(10**9), rng.randrange(1, 30), rng.random() * 0.05)
        try:
            _check(path, said)
        except BaseException as error:
            error.add_note(f"kill {n}")
            raise
        if rng.random() < 0.2:
            path.unlink()


def test_ten_kills_lose_nothing(tmp_path: Path) -> None:
    _storm(tmp_path, 10, 20261120)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_three_hundred_kills_lose_nothing(tmp_path: Path) -> None:
    _storm(tmp_path, 300, 1)
