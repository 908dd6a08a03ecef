"""Where the program keeps things on this machine. Knows no contents.

`CUESMITH_HOME` puts everything below one folder; tests and portable copies use it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path

import platformdirs

_APP = "cuesmith"
_MOST_NOTE_BYTES = 64 * 1024


def _home() -> Path | None:
    value = os.environ.get("CUESMITH_HOME")
    return Path(value) if value else None


def cache_dir() -> Path:
    """What can be made again: peaks, thumbnails, large results. Bounded by a setting."""
    home = _home()
    return home / "cache" if home else Path(platformdirs.user_cache_dir(_APP))


def data_dir() -> Path:
    """What cannot be made again: work without a name, recordings, models."""
    home = _home()
    return home / "data" if home else Path(platformdirs.user_data_dir(_APP))


def recovery_dir() -> Path:
    """Recovery files of work that has no name yet."""
    return data_dir() / "recovery"


def results_dir() -> Path:
    """What recognizers and aligners made of chunks, a file for each media; a stopped run goes on from it."""
    return data_dir() / "results"


def results_file(media_id: str) -> Path:
    """Where results for a media are kept. A project of a stranger names its media, so a name that is no media id
    (`core.media.identity`) is hashed: it cannot lead out of the folder."""
    known = re.fullmatch(r"\d{1,20}-[0-9a-f]{64}", media_id) is not None
    name = media_id if known else hashlib.sha256(media_id.encode(errors="replace")).hexdigest()
    return results_dir() / f"{name}.jsonl"


def models_dir() -> Path:
    """Checkpoints that were downloaded or imported: the folder the person chose (`core.weights.places`), or
    `default_models_dir`. It need not be there: its disk may be unplugged."""
    try:
        with models_note().open("rb") as file:
            value = json.loads(file.read(_MOST_NOTE_BYTES))
    except (OSError, ValueError, RecursionError):
        return default_models_dir()  # none was chosen, or what was written is damaged
    chosen = value.get("folder") if isinstance(value, dict) else None
    return Path(chosen) if isinstance(chosen, str) and chosen else default_models_dir()


def default_models_dir() -> Path:
    """Where checkpoints go while nobody chose another folder."""
    return data_dir() / "models"


def models_note() -> Path:
    """Where the chosen folder for models is written down. Not in the settings: an open window keeps those in memory
    and would write an old folder back."""
    return config_dir() / "models.json"


def config_dir() -> Path:
    """Settings."""
    home = _home()
    return home / "config" if home else Path(platformdirs.user_config_dir(_APP))


def log_dir() -> Path:
    """A log file per run."""
    home = _home()
    return home / "log" if home else Path(platformdirs.user_log_dir(_APP))


def resource(*parts: str) -> Path:
    """A file the program carries below `resources/`, in a checkout, an installed package or a frozen build."""
    return Path(__file__).resolve().parent.parent.joinpath("resources", *parts)
