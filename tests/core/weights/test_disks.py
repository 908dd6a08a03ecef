"""Real small disks: one that fills while a model comes, one that can only be read. Where a test may mount them."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import CannotWrite, DiskFull, NoSpace
from tests.core.weights.conftest import Get
from tests.core.weights.models import published
from tests.fakes.hub import FakeHub


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 10 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0 or not _ran("mount", "-t", "tmpfs", "-o", "size=10m", "x", place):
        pytest.skip("a disk can be mounted only on Linux, by root, outside a container that forbids it")
    yield place
    _ran("umount", place)


def _ran(*command: object) -> bool:
    return subprocess.run([str(word) for word in command], capture_output=True, check=False).returncode == 0


def test_a_small_disk_is_refused_before_anything_comes(hub: FakeHub, get: Get, disk: Path) -> None:
    model = published(hub, 12_000_000)
    with pytest.raises(NoSpace, match="12 MB, and only 10 MB are free"):
        get(model, place=disk / "models")
    assert hub.asked == []


def test_a_disk_that_fills_meanwhile_keeps_what_came_and_goes_on(hub: FakeHub, get: Get, disk: Path) -> None:
    model = published(hub, 4_000_000)
    filler = disk / "filler"

    def fill(given: int) -> None:
        if given > 2_000_000 and not filler.exists():
            with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
                while file.write(bytes(100_000)):
                    pass

    hub.on_bytes = fill
    with pytest.raises(DiskFull):
        get(model, place=disk / "models")
    assert not (disk / "models" / model.folder_name).exists()
    filler.unlink()
    hub.on_bytes = lambda _given: None
    get(model, place=disk / "models")
    assert (disk / "models" / model.folder_name / "model.safetensors").stat().st_size == 4_000_000


def test_a_disk_that_can_only_be_read_is_said(hub: FakeHub, get: Get, disk: Path) -> None:
    model = published(hub)
    (disk / "models").mkdir()
    assert _ran("mount", "-o", "remount,ro", disk)
    with pytest.raises(CannotWrite, match="Read-only") as told:
        get(model, place=disk / "models")
    assert told.value.what_to_do() == "Choose another folder."
    assert hub.asked == []
