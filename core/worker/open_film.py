"""The film that the media child has open for single pictures: one at a time, one thread at a time. Knows no message.

Opening takes longer than decoding a picture, so a film stays open until another is asked for, or until the file has
changed.
"""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.media.frames import FrameReader, Picture

_lock = threading.Lock()
_open: dict[tuple[str, int, int], FrameReader] = {}


def picture_of(path: str, ms: int, width: int, height: int) -> Picture:
    """The picture shown at `ms`; see `core.media.frames`.

    Raises:
        MediaError: the film cannot be opened or has no picture there.
    """
    with _lock:
        return _reader(path).picture(ms, width, height)


def let_go() -> None:
    """Close the film."""
    with _lock:
        _close_all()


def _reader(path: str) -> FrameReader:
    from core.media.frames import FrameReader

    key = _identity(path)
    if key not in _open:
        _close_all()
        _open[key] = FrameReader(path)
    return _open[key]


def _identity(path: str) -> tuple[str, int, int]:
    try:
        state = os.stat(path)
    except OSError:
        return path, 0, 0
    return path, state.st_size, state.st_mtime_ns


def _close_all() -> None:
    while _open:
        _open.popitem()[1].close()
