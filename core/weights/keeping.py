"""Verify a model, remove it, move all of them to another disk. Knows no network.

Nothing of these leaves a model half there: a removed one loses its name first, and a moved folder counts only once all
of it is over there.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Generator, Iterator
from pathlib import Path

from core import paths
from core.errors import BadArgument, ModelDamaged, ModelElsewhere, ModelNotHere, NoSpace
from core.files import sync_folder, write_error
from core.progress import CancelToken
from core.weights import places
from core.weights.catalogue import Model, PublishedFile
from core.weights.copying import copied
from core.weights.digests import Digests, digest
from core.weights.inventory import State, held
from core.weights.manifest import KeptFile, Manifest
from core.weights.progress import FetchProgress, Phase
from core.weights.sizes import size_text
from core.weights.staging import Staging


def verify(model: Model, cancel: CancelToken) -> Generator[FetchProgress, None, Manifest]:
    """Read every byte of a model and compare; what it is made of, with differences that are no damage as notes.

    Raises:
        ModelNotHere: it is not installed.
        ModelDamaged: a file is missing, short, or has other bytes.
        Cancelled: the token was set.
    """
    here = held(model)
    if here.folder is None:
        raise ModelNotHere(model=model.name)
    if here.state is State.DAMAGED:
        raise ModelDamaged(model=model.name, file=here.folder.name, cause=here.why)
    came_with = {file.name: file for file in here.manifest.files} if here.manifest is not None else {}
    kept: list[KeptFile] = []
    notes = list(here.manifest.notes) if here.manifest is not None else []
    done = 0
    for file in model.files:
        path = here.folder / file.name
        digests = yield from _read(path, model, done, cancel)
        done += path.stat().st_size
        _compare(model, file, came_with.get(file.name), digests)
        note = f"{file.name} is another than was expected of this revision"
        if file.blob_id and digests.blob_id != file.blob_id and note not in notes:
            notes.append(note)
        kept.append(KeptFile(file.name, path.stat().st_size, digests.sha256))
    source = here.manifest.source if here.manifest is not None else ""
    return Manifest(model.id, model.revision, source, tuple(kept), tuple(notes))


def remove(model: Model) -> int:
    """Take a model away, its half download and its converted copy too; bytes freed.

    Raises:
        ModelNotHere: nothing of it is here.
        ModelElsewhere: it lies where other programs look, too.
        WriteError: it cannot be removed.
    """
    here = held(model)
    if here.state is State.MISSING:
        raise ModelNotHere(model=model.name)
    if here.shared:
        raise ModelElsewhere(model=model.name, folder=str(here.folder))
    staging = Staging(model.folder_name)
    with staging.held():
        staging.discard()
        if here.folder is not None:
            _take_away(here.folder)
    return here.disk_bytes


def move(target: Path, cancel: CancelToken) -> Iterator[FetchProgress]:
    """Keep models in `target` from now on, with all that is there now. Broken off, it can be asked for again.

    Raises:
        BadArgument: it lies inside the models folder, or the other way round.
        NoSpace, WriteError: it cannot be written there; the models stay where they were.
        Cancelled: the token was set; the models stay where they were.
    """
    source, target = paths.models_dir(), target.expanduser().absolute()
    if target.resolve() == source.resolve():
        return
    if source.resolve() in target.resolve().parents or target.resolve() in source.resolve().parents:
        hint = "Choose a folder beside it or on another disk."
        raise BadArgument(what=f"{target} lies inside the models folder {source}, or around it.", hint=hint)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_error(target, error) from error
    yield from _moved_over(source, target, cancel)
    places.choose_folder(target)
    for folder in _folders(source):
        shutil.rmtree(folder, ignore_errors=True)


def _moved_over(source: Path, target: Path, cancel: CancelToken) -> Iterator[FetchProgress]:
    """Copy every folder; each takes its name over there only when it is whole."""
    folders = _folders(source)
    total = sum(file.stat().st_size for folder in folders for file in folder.rglob("*") if file.is_file())
    free = shutil.disk_usage(target).free
    if total > free:
        raise NoSpace(model=source.name, folder=str(target), needed=size_text(total), free=size_text(free))
    done = 0
    for folder in folders:
        scratch = target / places.WORK / f"moving-{uuid.uuid4().hex[:8]}"
        try:
            for step in copied(folder, scratch, cancel):
                yield FetchProgress(folder.name, Phase.COPY, done + step, total, str(source))
            _put_in_place(scratch, target / folder.name)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
        done += sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _put_in_place(scratch: Path, place: Path) -> None:
    try:
        if place.exists():
            shutil.rmtree(place)
        scratch.rename(place)
    except OSError as error:
        raise write_error(place, error) from error
    sync_folder(place.parent)


def _folders(source: Path) -> list[Path]:
    """What moves: every model's folder. Half downloads stay behind and are begun anew."""
    try:
        return sorted(one for one in source.iterdir() if one.is_dir() and not one.name.startswith("."))
    except OSError:
        return []


def _take_away(folder: Path) -> None:
    """First its name, so that it is never half a model."""
    aside = folder.parent / places.WORK / f"old-{uuid.uuid4().hex[:8]}"
    try:
        aside.parent.mkdir(exist_ok=True)
        folder.rename(aside)
    except OSError as error:
        raise write_error(folder, error) from error
    shutil.rmtree(aside, ignore_errors=True)


def _read(path: Path, model: Model, before: int, cancel: CancelToken) -> Generator[FetchProgress, None, Digests]:
    def say(done: int) -> FetchProgress:
        return FetchProgress(model.id, Phase.CHECK, before + done, model.size_bytes)

    try:
        return (yield from digest(path, cancel, say))
    except OSError as error:
        raise ModelDamaged(model=model.name, file=path.name, cause=error.strerror or str(error)) from error


def _compare(model: Model, file: PublishedFile, came_with: KeptFile | None, digests: Digests) -> None:
    """Raise `ModelDamaged` where the bytes are not those they were, or not the published weights."""
    if came_with is not None and came_with.sha256 != digests.sha256:
        raise ModelDamaged(model=model.name, file=file.name, cause="its bytes have changed since it came")
    if file.sha256 and digests.sha256 != file.sha256 and came_with is None:
        raise ModelDamaged(model=model.name, file=file.name, cause="its bytes are not the published ones")
