"""Recordings of dictations on this machine: their names, how long they are kept, and their deletion. Reads none."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from core import paths

NEVER, DAYS, EVER = "never", "days", "ever"
_DAY_S = 86_400.0
_RECORDED_S = 10.0
"""A recording under way is written each second."""
_GROWING_S = 120.0
"""A file that changed so lately may be another window's, at work."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """What is kept: "never", "days" or "ever", and no more than so many bytes in any case."""

    keep: str = DAYS
    days: int = 7
    limit_bytes: int = 4 * 1024**3


def recordings_dir() -> Path:
    """Where they lie."""
    return paths.data_dir() / "recordings"


def new_recording(now: time.struct_time | None = None) -> Path:
    """A name that is free: `dictation-2026-11-20-153012.flac`."""
    stem = time.strftime("dictation-%Y-%m-%d-%H%M%S", now or time.localtime())
    names = (stem, *(f"{stem}-{number}" for number in range(2, 1000)))
    return next(path for name in names if not (path := recordings_dir() / f"{name}.flac").exists())


def all_recordings() -> list[Path]:
    """The oldest first."""
    with contextlib.suppress(OSError):
        return sorted(recordings_dir().glob("*.flac"), key=lambda path: path.stat().st_mtime)
    return []


def hold(file: IO[bytes]) -> None:
    """Keep every process from deleting this open recording until it is closed; Windows does so by itself.

    It may not grow for hours: in a pause, or while the machine or its program stands still.
    """
    with contextlib.suppress(ImportError, OSError):  # Windows; a drive without locks
        import fcntl

        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def tidy(keeping: Keeping, *, now_s: float | None = None, open_files: Iterable[Path] = ()) -> int:
    """Delete what is no longer to be kept; the bytes that are free by it.

    Args:
        now_s: seconds since the epoch; None = now.
        open_files: left alone, as is what changed in the last two minutes and what somebody holds.
    """
    now_s = time.time() if now_s is None else now_s
    spared = set(open_files)
    left = [(path, path.stat()) for path in all_recordings()]
    total = sum(stat.st_size for _, stat in left)
    freed = 0
    for path, stat in left:
        age_s = now_s - stat.st_mtime
        if path in spared or age_s < _GROWING_S:
            continue
        old = keeping.keep == NEVER or (keeping.keep == DAYS and age_s > keeping.days * _DAY_S)
        if old or total - freed > keeping.limit_bytes:
            freed += _delete(path, stat.st_size)
    return freed


def delete_all(*, open_files: Iterable[Path] = ()) -> int:
    """Delete every recording but those, what grew in the last seconds and what is held; the bytes free by it."""
    spared = set(open_files)
    now_s = time.time()
    found = [(path, path.stat()) for path in all_recordings() if path not in spared]
    return sum(_delete(path, stat.st_size) for path, stat in found if now_s - stat.st_mtime > _RECORDED_S)


def _delete(path: Path, size: int) -> int:
    if _is_held(path):
        return 0
    try:
        path.unlink()
    except OSError:
        return 0  # in use on Windows, or gone already
    return size


def _is_held(path: Path) -> bool:
    try:
        import fcntl

        with path.open("rb") as file:
            fcntl.flock(file.fileno(), fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except (ImportError, OSError):
        return False
    return False
