"""Where models lie: the folder they are kept in, which may be on another disk, and the hub's own cache. Knows no model.

The chosen folder stands in `models.json` beside the settings, not in them: a window that is open keeps its settings in
memory and would write an old folder back. In a home of its own (`CUESMITH_HOME`) the hub's cache counts only where its
own variables name it, so that a portable copy and a test see nothing of the machine.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from core import paths
from core.files import write_atomically

WORK = ".getting"
"""Folder in the models folder for what is not whole yet; its name ends no model's and begins with a dot."""
_MOST_BYTES = 64 * 1024


def folder() -> Path:
    """The folder models are kept in: the chosen one, else `paths.models_dir()`. It need not be there."""
    chosen = chosen_folder()
    return chosen if chosen is not None else paths.models_dir()


def chosen_folder() -> Path | None:
    """The folder the person chose, or None."""
    try:
        with _note().open("rb") as file:
            value = json.loads(file.read(_MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return None  # never written, or damaged: the folder of every start
    name = value.get("folder") if isinstance(value, dict) else None
    return Path(name) if isinstance(name, str) and name else None


def choose_folder(place: Path | None) -> None:
    """Keep models in `place` from now on; None = where they are by default.

    Raises:
        WriteError: that cannot be kept.
    """
    _note().parent.mkdir(parents=True, exist_ok=True)
    value = {"folder": str(place) if place is not None else ""}
    write_atomically(_note(), json.dumps(value, ensure_ascii=False).encode() + b"\n", overwrite=True)


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


def _note() -> Path:
    return paths.config_dir() / "models.json"
