"""Where models lie: the folder they are kept in, which may be on another disk, and the hub's own cache. Knows no model.

In a home of its own (`CUESMITH_HOME`) the hub's cache counts only where its own variables name it, so that a portable
copy and a test see nothing of the machine.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from core import paths
from core.files import write_atomically, write_error

WORK = ".getting"
"""Folder in the models folder for what is not whole yet; its name ends no model's and begins with a dot."""


def choose_folder(place: Path) -> None:
    """Keep models in `place` from now on (`paths.models_dir`).

    Raises:
        WriteError: that cannot be kept.
    """
    note = paths.models_note()
    value = {"folder": "" if place == paths.default_models_dir() else str(place)}
    try:
        note.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_error(note, error) from error
    write_atomically(note, json.dumps(value, ensure_ascii=False).encode() + b"\n", overwrite=True)


def hub_snapshot(repo: str, revision: str) -> Path | None:
    """Where the hub's cache would hold this revision, whether it is there or not; None = no cache counts.

    Layout: https://huggingface.co/docs/huggingface_hub/guides/manage-cache. Read by hand, because importing the
    library takes half a second and listing models must be quick.
    """
    cache = _hub_cache()
    return cache / f"models--{repo.replace('/', '--')}" / "snapshots" / revision if cache is not None else None


def _hub_cache() -> Path | None:
    for name, below in (("HF_HUB_CACHE", ""), ("HUGGINGFACE_HUB_CACHE", ""), ("HF_HOME", "hub")):
        if os.environ.get(name):
            return Path(os.environ[name]).expanduser() / below
    if os.environ.get("CUESMITH_HOME"):
        return None
    caches = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(caches).expanduser() / "huggingface" / "hub"
