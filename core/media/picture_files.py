"""Pictures on their way to the window: a file in the cache each, read once and deleted by who reads it.

They are too large for a message. Knows no film and no window; what nobody fetched is deleted after an hour.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from pathlib import Path

from core import paths
from core.files import write_error

_SUFFIX = ".bgra"
_STALE_S = 3600


def put_picture(pixels: bytes) -> str:
    """Write a picture's pixels; returns the file's path.

    Raises:
        DiskFull, CannotWrite: the cache cannot be written.
    """
    folder = paths.cache_dir() / "pictures"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _drop_stale(folder)
        handle, name = tempfile.mkstemp(dir=folder, suffix=_SUFFIX)
        with open(handle, "wb", buffering=0) as file:
            file.write(pixels)
    except OSError as error:
        raise write_error(folder, error) from error
    return name


def take_picture(name: str, size_bytes: int) -> bytes | None:
    """The pixels of such a file, which is deleted; None where it is gone or of another size."""
    path = Path(name)
    if path.suffix != _SUFFIX or path.parent != paths.cache_dir() / "pictures":
        return None
    try:
        with path.open("rb") as file:
            pixels = file.read(size_bytes + 1)
        path.unlink()
    except OSError:
        return None
    return pixels if len(pixels) == size_bytes else None


def _drop_stale(folder: Path) -> None:
    oldest_s = time.time() - _STALE_S
    for path in folder.glob(f"*{_SUFFIX}"):
        with contextlib.suppress(OSError):
            if os.stat(path).st_mtime < oldest_s:
                path.unlink()
