"""Looks at a model folder: which model it is, in which layout, and whether its files are whole. Loads no weights.

Knows no torch: choosing and listing engines must stay quick. Files come from strangers, so only JSON and safetensors
headers are read, both bounded; nothing in a folder is ever run.

Layouts: "native" is what transformers loads (repositories named -hf); "original" is what vLLM and qwen-asr load
(config with `thinker_config`), which transformers 5.23 would take without a word and leave every weight random.
"""

from __future__ import annotations

import enum
import hashlib
import json
import os
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core import paths
from core.errors import CheckpointUnusable
from core.weights.catalogue import CATALOGUE
from core.weights.places import hub_snapshot

_MOST_JSON_BYTES = 64 * 1024 * 1024
"""Far over the largest real file here (tokenizer.json, 11 MB)."""
_MOST_HEADER_BYTES = 32 * 1024 * 1024
_MOST_FOLDERS = 200
"""Looked at in the models folder."""
CONVERTED = "converted-"
"""Folders in the models folder that begin so hold copies of others in the native layout (`core.qwen3.convert`)."""
_PUBLISHED_TEMPLATE = "f50e6b694fbf4a683206e37869990d68333fe95d285730f084c838a34b0d98c2"
"""SHA-256 of chat_template.jinja in Qwen3-ASR-0.6B-hf and 1.7B-hf, November 2026."""
_PICKLES = ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.pkl")


class Kind(enum.StrEnum):
    """What the model does."""

    RECOGNIZER = "recognizer"
    ALIGNER = "aligner"


class Layout(enum.StrEnum):
    """How its files are named and keyed."""

    NATIVE = "native"
    ORIGINAL = "original"


_ARCHITECTURES = {
    "Qwen3ASRForConditionalGeneration": Kind.RECOGNIZER,
    "Qwen3ASRForTokenClassification": Kind.ALIGNER,
}
_SIZES = {1024: "0.6b", 2048: "1.7b"}
"""By hidden size of the language model."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A model folder that looks whole.

    Attributes:
        folder: where it is.
        kind, layout: what it is.
        size: "0.6b", "1.7b", or "" for any other.
        weights: the safetensors files, in order.
        fingerprint: 16 hex digits of the SHA-256 of config and safetensors headers: for `ChunkKey`, and as the name
            of what is made from it.
    """

    folder: Path
    kind: Kind
    layout: Layout
    size: str
    weights: tuple[Path, ...]
    fingerprint: str

    @property
    def engine_id(self) -> str:
        """The id of the recogniser or aligner that loads it."""
        stem = "qwen3-asr" if self.kind is Kind.RECOGNIZER else "qwen3-aligner"
        return f"{stem}-{self.size}" if self.size else stem


def examine(folder: str | Path) -> Checkpoint:
    """What lies in `folder`.

    Raises:
        CheckpointUnusable: it is no Qwen3-ASR checkpoint, or its files are not whole; says which and why.
    """
    folder = Path(folder)
    config = _config(folder)
    kind, layout, text_config = _what(folder, config)
    weights = _weights(folder)
    digest = hashlib.sha256((folder / "config.json").read_bytes())
    for path in weights:
        digest.update(_header(path))
    size = next((size for hidden, size in _SIZES.items() if text_config.get("hidden_size") == hidden), "")
    return Checkpoint(folder, kind, layout, size, weights, digest.hexdigest()[:16])


def installed(kind: Kind, size: str) -> Checkpoint | None:
    """The checkpoint of this kind and size in the models folder, or None."""
    return next((found for found in all_installed() if (found.kind, found.size) == (kind, size)), None)


def template_note(checkpoint: Checkpoint) -> str:
    """A note for the user where the chat template is another text than the published one; "" where it is that.

    Loading checks what it renders; a text of its own that renders the same is no fault.
    """
    template = checkpoint.folder / "chat_template.jinja"
    if checkpoint.kind is Kind.ALIGNER or checkpoint.layout is Layout.ORIGINAL or not template.is_file():
        return ""
    same = hashlib.sha256(template.read_bytes()).hexdigest() == _PUBLISHED_TEMPLATE
    return "" if same else "its chat template is another text than the published one"


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object from a model folder.

    Raises:
        CheckpointUnusable: missing, too large or no JSON object.
    """
    try:
        if path.stat().st_size > _MOST_JSON_BYTES:
            raise CheckpointUnusable(folder=path.parent.name, cause=f"{path.name} is too large")
        value = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise CheckpointUnusable(folder=path.parent.name, cause=f"it has no {path.name}") from None
    except OSError as error:
        raise CheckpointUnusable(
            folder=path.parent.name, cause=f"{path.name} cannot be read: {error.strerror}"
        ) from None
    except (ValueError, RecursionError):
        raise CheckpointUnusable(folder=path.parent.name, cause=f"{path.name} is damaged") from None
    if not isinstance(value, dict):
        raise CheckpointUnusable(folder=path.parent.name, cause=f"{path.name} is damaged")
    return value


def all_installed() -> Iterator[Checkpoint]:
    """Every usable checkpoint in the models folder, by name; then those of the hub's own cache that are offered."""
    for folder in (*_model_folders(), *_cached_folders()):
        try:
            yield examine(folder)
        except CheckpointUnusable:
            continue  # another program's model, or one that lost a file


def _model_folders() -> list[Path]:
    try:
        inside = (path for path in paths.models_dir().iterdir() if not path.name.startswith((CONVERTED, ".")))
        return sorted(path for path in inside if path.is_dir())[:_MOST_FOLDERS]
    except OSError:
        return []


def _cached_folders() -> Iterator[Path]:
    """Whole ones only: other programs fetch single files into that cache."""
    for model in CATALOGUE:
        folder = hub_snapshot(model.repo, model.revision)
        if folder is not None and all((folder / file.name).is_file() for file in model.files):
            yield folder


def _config(folder: Path) -> dict[str, Any]:
    if not os.path.isdir(folder):  # of pathlib's, a name that is too long is an OSError
        raise CheckpointUnusable(folder=folder.name, cause="there is no such folder")
    return read_json(folder / "config.json")


def _what(folder: Path, config: Mapping[str, Any]) -> tuple[Kind, Layout, Mapping[str, Any]]:
    """(kind, layout, config of the language model)."""
    thinker = config.get("thinker_config")
    inner = config if thinker is None else thinker
    if config.get("model_type") != "qwen3_asr" or not isinstance(inner, dict):
        raise CheckpointUnusable(folder=folder.name, cause="its config.json is not one of Qwen3-ASR")
    text, audio = inner.get("text_config"), inner.get("audio_config")
    if not isinstance(text, dict) or not isinstance(audio, dict):
        raise CheckpointUnusable(folder=folder.name, cause="its config.json lacks the audio or text model")
    if thinker is None:
        if not any(text.get(name) for name in ("rope_parameters", "rope_theta", "rope_scaling")):
            # transformers would take 10,000 for it, which is no Qwen3-ASR's.
            raise CheckpointUnusable(folder=folder.name, cause="its config.json names no rope_theta")
        return _native_kind(folder, config), Layout.NATIVE, text
    return _original_kind(folder, inner), Layout.ORIGINAL, text


def _native_kind(folder: Path, config: Mapping[str, Any]) -> Kind:
    names = config.get("architectures")
    for name in names if isinstance(names, list) else ():
        if kind := _ARCHITECTURES.get(str(name)):
            return kind
    raise CheckpointUnusable(folder=folder.name, cause="its config.json names no model that is known here")


def _original_kind(folder: Path, thinker: Mapping[str, Any]) -> Kind:
    known = {"qwen3_asr": Kind.RECOGNIZER, "qwen3_forced_aligner": Kind.ALIGNER}
    kind = known.get(str(thinker.get("model_type")))
    if kind is None or (kind is Kind.ALIGNER) != ("classify_num" in thinker):
        raise CheckpointUnusable(folder=folder.name, cause="its original layout is of a kind that is not known here")
    return kind


def _weights(folder: Path) -> tuple[Path, ...]:
    index = folder / "model.safetensors.index.json"
    if index.exists():
        names = sorted(set(_strings(read_json(index).get("weight_map"))))
        if any(Path(name).name != name for name in names):
            raise CheckpointUnusable(folder=folder.name, cause="its index names files outside the folder")
        found = tuple(folder / name for name in names)
    else:
        found = (folder / "model.safetensors",)
    missing = [path.name[:80] for path in found if not os.path.isfile(path)]
    if not missing and found:
        return found
    if any(next(folder.glob(pattern), None) for pattern in _PICKLES):
        raise CheckpointUnusable(
            folder=folder.name, cause="its weights are pickle files, which can run code; only safetensors are loaded"
        )
    raise CheckpointUnusable(folder=folder.name, cause=f"{', '.join(missing) or 'its weights'} is missing")


def _strings(mapping: object) -> Iterable[str]:
    return (value for value in mapping.values() if isinstance(value, str)) if isinstance(mapping, dict) else ()


def _header(path: Path) -> bytes:
    """The header of a safetensors file, after checking that the file is as long as it says.

    Format: https://huggingface.co/docs/safetensors (8 bytes of length, JSON, then the tensors without gaps).
    """
    damaged = CheckpointUnusable(folder=path.parent.name, cause=f"{path.name} is no safetensors file or is damaged")
    try:
        with path.open("rb") as file:
            size = struct.unpack("<Q", file.read(8))[0]
            if not 2 <= size <= _MOST_HEADER_BYTES:
                raise damaged
            raw = file.read(size)
        tensors = json.loads(raw)
        last = max((entry["data_offsets"][1] for name, entry in tensors.items() if name != "__metadata__"), default=0)
    except (OSError, struct.error, ValueError, RecursionError, AttributeError, KeyError, TypeError, IndexError):
        raise damaged from None
    missing = 8 + size + int(last) - path.stat().st_size
    if missing > 0:
        raise CheckpointUnusable(folder=path.parent.name, cause=f"{path.name} is cut short: {missing} bytes missing")
    return raw
