"""What is installed, what is half here, and what else lies beside it. Looks at names and headers; loads no weights.

Imports no network: listing models asks nobody.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core import paths
from core.errors import CheckpointUnusable
from core.qwen3.checkpoint import CONVERTED, Checkpoint, examine
from core.weights import places
from core.weights.catalogue import CATALOGUE, Model
from core.weights.manifest import Manifest, read_manifest
from core.weights.staging import Staging


class State(enum.StrEnum):
    """How far a model is."""

    INSTALLED = "installed"
    PARTLY = "partly"
    DAMAGED = "damaged"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Held:
    """A model of the catalogue on this machine.

    Attributes:
        state: how far it is.
        folder: where it lies; None = nowhere.
        shared: it lies in the hub's cache, which other programs use.
        done_bytes: what has come of one that is partly here.
        disk_bytes: what it takes up.
        why: what is wrong with a damaged one.
        manifest: what stands beside it, if anything.
    """

    model: Model
    state: State
    folder: Path | None = None
    shared: bool = False
    done_bytes: int = 0
    disk_bytes: int = 0
    why: str = ""
    manifest: Manifest | None = None

    @property
    def is_installed(self) -> bool:
        """Whether it can be used."""
        return self.state is State.INSTALLED


@dataclass(frozen=True, slots=True)
class Other:
    """A usable checkpoint in the models folder that is none of the catalogue."""

    checkpoint: Checkpoint
    disk_bytes: int


def held(model: Model) -> Held:
    """How far this model is here. Ours goes before the hub's cache."""
    folder = paths.models_dir() / model.folder_name
    found = _in(folder, model, shared=False)
    if found.state is State.INSTALLED:
        return found
    snapshot = places.hub_snapshot(model.repo, model.revision)
    cached = _in(snapshot, model, shared=True) if snapshot is not None else None
    if cached is not None and cached.state is State.INSTALLED:
        return cached
    if found.state is State.DAMAGED:
        return found
    done = Staging(model.folder_name).bytes_here()
    return Held(model, State.PARTLY if done else State.MISSING, done_bytes=done, disk_bytes=done)


def all_held() -> tuple[Held, ...]:
    """Every model of the catalogue, in its order."""
    return tuple(held(model) for model in CATALOGUE)


def others() -> Iterator[Other]:
    """What else can be used in the models folder, by name."""
    known = {model.folder_name for model in CATALOGUE}
    try:
        folders = sorted(one for one in paths.models_dir().iterdir() if one.is_dir())
    except OSError:
        return
    for folder in folders:
        if folder.name in known or folder.name.startswith((CONVERTED, ".")):
            continue
        try:
            yield Other(examine(folder), disk_bytes(folder))
        except CheckpointUnusable:
            continue  # another program's


def disk_bytes(folder: Path) -> int:
    """What a folder's files take up together; 0 where it is not there."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def all_disk_bytes() -> int:
    """What the models folder takes up, half downloads and converted copies included."""
    return disk_bytes(paths.models_dir())


def _in(folder: Path, model: Model, *, shared: bool) -> Held:
    """What lies there of `model`: sizes are looked at, not hashes."""
    if not folder.is_dir():
        return Held(model, State.MISSING)
    manifest = None if shared else read_manifest(folder)
    try:
        checkpoint = examine(folder)
        why = _differs(folder, model, manifest)
        if checkpoint.engine_id != model.id and not why:
            why = f"it holds {checkpoint.engine_id}"
    except CheckpointUnusable as error:
        why = str(error.params["cause"])
    state = State.DAMAGED if why else State.INSTALLED
    return Held(model, state, folder, shared, 0, disk_bytes(folder), why, manifest)


def _differs(folder: Path, model: Model, manifest: Manifest | None) -> str:
    """Which file has another size than it came with, or is missing; "" = none."""
    if manifest is not None:
        expected = {file.name: file.size_bytes for file in manifest.files}
    else:
        expected = {file.name: -1 for file in model.files}
    for name, size_bytes in expected.items():
        path = folder / name
        if not path.is_file():
            return f"{name} is missing"
        if size_bytes >= 0 and path.stat().st_size != size_bytes:
            return f"{name} has {path.stat().st_size} bytes, it came with {size_bytes}"
    return ""
