"""Killed at any point, a download goes on where it was: the server counts what it gives a second time."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from core.codec import encode
from core.weights.places import WORK
from tests.core.weights.models import REPO, published
from tests.fakes.hub import FakeHub

ROOT = Path(__file__).parents[3]
MOST_AGAIN_BYTES = 17 * 1024 * 1024


class Killer:
    """Ends the child with SIGKILL at the moment the hub has given so many bytes."""

    def __init__(self, hub: FakeHub) -> None:
        self.child: subprocess.Popen[bytes] | None = None
        self._at = -1
        hub.on_bytes = self._look

    def run(self, command: list[str], at: int) -> int:
        """Start it; how it ended."""
        self._at = at
        self.child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        return self.child.wait(600)

    def _look(self, given: int) -> None:
        if self.child is not None and 0 <= self._at <= given:
            self._at = -1
            os.kill(self.child.pid, signal.SIGKILL)


def check(hub: FakeHub, tmp_path: Path, weights: int, kills: int) -> list[int]:
    """Kill it at random points, the whole at the end; bytes of weights given twice after each kill."""
    model = published(hub, weights)
    place, note = tmp_path / "models", tmp_path / "model.json"
    note.write_bytes(encode(model))
    command = [sys.executable, "-m", "tests.fakes.fetch_child", str(note), hub.address, str(place)]
    killer, chance = Killer(hub), random.Random(weights)
    points = sorted(chance.randrange(weights) for _ in range(kills))
    reached, again = [], []
    for point in points:
        before = hub.given()
        assert killer.run(command, before + max(1, point - (reached[-1] if reached else 0))) == -signal.SIGKILL
        began = hub.ranges[-1]
        if reached:
            again.append(reached[-1] - began)
        reached.append(began + hub.given() - before)
        assert not (place / model.folder_name).exists()
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 0
    again.append(reached[-1] - hub.ranges[-1])
    for file in model.files:
        assert (place / model.folder_name / file.name).read_bytes() == hub.data(REPO, file.name)
    assert list((place / WORK).iterdir()) == []
    return again


def test_killed_three_times_it_goes_on_where_it_was(hub: FakeHub, tmp_path: Path) -> None:
    again = check(hub, tmp_path, 60_000_000, 3)
    assert max(again) <= MOST_AGAIN_BYTES


@pytest.mark.slow
def test_killed_ten_times_in_200_mb_it_goes_on_where_it_was(hub: FakeHub, tmp_path: Path) -> None:
    again = check(hub, tmp_path, 200_000_000, 10)
    print("given again, bytes:", again)
    assert max(again) <= MOST_AGAIN_BYTES
