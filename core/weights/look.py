"""One look at everything a window shows of models: what is here, where, how much room there is. Short; asks nobody."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from core import paths
from core.qwen3.checkpoint import Kind, all_installed
from core.weights.inventory import Held, Other, all_disk_bytes, all_held, others


@dataclass(frozen=True, slots=True)
class Look:
    """What was found.

    Attributes:
        models: those of the catalogue. others: what else is usable.
        folder: where models are kept; `there`: whether that folder, or one above it, can be reached.
        used_bytes, free_bytes: of that folder and its disk.
        any_recognizer: some Qwen3-ASR can be used.
    """

    models: tuple[Held, ...]
    others: tuple[Other, ...]
    folder: Path
    there: bool
    used_bytes: int
    free_bytes: int
    any_recognizer: bool


def look() -> Look:
    """Look now."""
    folder = paths.models_dir()
    existing = next(one for one in (folder, *folder.parents) if one.exists())
    return Look(
        all_held(),
        tuple(others()),
        folder,
        folder.exists() or folder == paths.default_models_dir(),
        all_disk_bytes(),
        shutil.disk_usage(existing).free,
        any(found.kind is Kind.RECOGNIZER for found in all_installed()),
    )
