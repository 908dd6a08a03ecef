"""Brings in models from a folder, a stick, another program's folder: found, copied, checked, converted where needed.

Knows no network. The original layout (for vLLM and qwen-asr) is converted, which needs torch and memory for the model.
"""

from __future__ import annotations

import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

from core.errors import CheckpointUnusable, ModelDamaged
from core.progress import CancelToken, Notice
from core.qwen3.checkpoint import Checkpoint, Kind, Layout, examine
from core.weights.catalogue import CATALOGUE, Model
from core.weights.copying import copied
from core.weights.digests import digest
from core.weights.manifest import KeptFile, Manifest
from core.weights.progress import FetchProgress, Phase
from core.weights.staging import Staging

_DEEPEST = 5
"""Folders below the one given: a hub's cache has its snapshots three below."""
_MOST_FOLDERS = 2_000
_TEXT_FILES = ("tokenizer.json", "tokenizer_config.json", "processor_config.json", "chat_template.jinja")
_OPTIONAL = ("generation_config.json", "preprocessor_config.json", "vocab.json", "merges.txt")

Told = FetchProgress | Notice


def import_models(given: Path, cancel: CancelToken) -> Generator[Told, None, tuple[str, ...]]:
    """Bring in every usable model in `given`, a folder or a file in one; the names of their folders.

    Raises:
        CheckpointUnusable: there is none, or one is not whole.
        ModelDamaged: weights that should be the published ones have other bytes.
        NoSpace, WriteError: there is no room, or it cannot be written.
        Cancelled: the token was set; what is not whole is thrown away.
    """
    names: tuple[str, ...] = ()
    for checkpoint in _found(given):
        names += ((yield from _brought(checkpoint, cancel)),)
    return names


def _found(given: Path) -> list[Checkpoint]:
    """Every checkpoint in and below it; where there is none, why the folder itself is not one."""
    given = given.expanduser()
    start = given.parent if given.is_file() else given
    found: list[Checkpoint] = []
    for folder in _folders(start):
        if (folder / "config.json").is_file():
            try:
                found.append(examine(folder))
            except CheckpointUnusable:
                continue  # another program's model beside it
    return found or [examine(start)]


def _folders(start: Path) -> Iterator[Path]:
    """`start` and what is below it, the nearest first; nothing that begins with a dot."""
    level, seen = [start], 0
    for _ in range(_DEEPEST + 1):
        below: list[Path] = []
        for folder in level:
            yield folder
            seen += 1
            if seen > _MOST_FOLDERS:
                return
            try:
                inside = sorted(one for one in folder.iterdir() if one.is_dir() and not one.name.startswith("."))
            except OSError:
                continue
            below += inside
        level = below


def _brought(checkpoint: Checkpoint, cancel: CancelToken) -> Generator[Told, None, str]:
    model = _offered(checkpoint)
    name = model.folder_name if model is not None else _plain_name(checkpoint)
    staging = Staging(name)
    with staging.held():
        shutil.rmtree(staging.files, ignore_errors=True)
        size_bytes = sum(file.stat().st_size for file in _files(checkpoint))
        staging.check_room(size_bytes, name)
        try:
            if checkpoint.layout is Layout.ORIGINAL:
                yield FetchProgress(name, Phase.CONVERT, 0, size_bytes, str(checkpoint.folder))
                _convert(checkpoint, staging.files)
            else:
                names = tuple(file.name for file in _files(checkpoint))
                for step in copied(checkpoint.folder, staging.files, cancel, names=names):
                    yield FetchProgress(name, Phase.COPY, step, size_bytes, str(checkpoint.folder))
            kept = yield from _checked(staging, checkpoint, model, cancel)
            model_id = model.id if model is not None else ""
            staging.install(Manifest(model_id, "", str(checkpoint.folder), kept))
        except BaseException:
            staging.discard()
            raise
    if model is None:
        text = "{name} is none of the published models; it was imported as it is."
        yield Notice("weights.unpublished", text, {"name": name})
    return name


def _offered(checkpoint: Checkpoint) -> Model | None:
    """The model of the catalogue that this is, by the size of its weights, or by what an original becomes."""
    size_bytes = sum(path.stat().st_size for path in checkpoint.weights)
    for model in CATALOGUE:
        weights = sum(file.size_bytes for file in model.files if file.sha256)
        if checkpoint.layout is Layout.NATIVE and size_bytes == weights:
            return model
        if checkpoint.layout is Layout.ORIGINAL and checkpoint.engine_id == model.id and size_bytes >= weights * 0.99:
            return model
    return None


def _plain_name(checkpoint: Checkpoint) -> str:
    """The folder's own name; a hub's snapshot is called by its revision, so its repository's is taken."""
    for folder in (checkpoint.folder, *checkpoint.folder.parents):
        if folder.name.startswith("models--"):
            return folder.name.rpartition("--")[2]
    name = checkpoint.folder.resolve().name
    return name if name and not name.startswith(".") else checkpoint.engine_id


def _files(checkpoint: Checkpoint) -> list[Path]:
    """What a model is made of, and no more of what may lie beside it.

    Raises:
        CheckpointUnusable: a file that loading needs is missing.
    """
    folder = checkpoint.folder
    wanted = [folder / "config.json", *checkpoint.weights]
    if checkpoint.layout is Layout.NATIVE:
        needed = _TEXT_FILES if checkpoint.kind is Kind.RECOGNIZER else _TEXT_FILES[:3]
        for name in needed:
            if not (folder / name).is_file():
                raise CheckpointUnusable(folder=folder.name, cause=f"it has no {name}")
    more = (*_TEXT_FILES, *_OPTIONAL, "model.safetensors.index.json")
    return wanted + [folder / name for name in more if (folder / name).is_file()]


def _convert(checkpoint: Checkpoint, place: Path) -> None:
    from core.qwen3.convert import convert  # brings torch

    convert(checkpoint, place)


def _checked(
    staging: Staging, checkpoint: Checkpoint, model: Model | None, cancel: CancelToken
) -> Generator[FetchProgress, None, tuple[KeptFile, ...]]:
    """Every file's hash; published weights that were copied must be the published bytes."""
    expected = {file.name: file.sha256 for file in model.files} if model is not None else {}
    files = sorted(one for one in staging.files.iterdir() if one.is_file())
    total, kept = sum(one.stat().st_size for one in files), list[KeptFile]()
    source = str(checkpoint.folder)
    for path in files:
        before = sum(file.size_bytes for file in kept)

        def say(done: int, before: int = before) -> FetchProgress:
            return FetchProgress(staging.name, Phase.CHECK, before + done, total, source)

        digests = yield from digest(path, cancel, say)
        if checkpoint.layout is Layout.NATIVE and expected.get(path.name) not in (None, "", digests.sha256):
            raise ModelDamaged(model=staging.name, file=path.name, cause="its bytes are not the published ones")
        kept.append(KeptFile(path.name, path.stat().st_size, digests.sha256))
    return tuple(kept)
