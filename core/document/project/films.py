"""Finding a project's film again when one of them was moved. Reads few bytes of few files; asks nobody.

A film is known by its media id (size and parts of its bytes), so another film under the old name is told apart.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.document.document import MediaRef
from core.errors import MediaError
from core.media.identity import media_id

MAX_FILES = 5_000
"""So many names are looked at in folders near the project; then a person is asked."""

_MAX_DEPTH = 2
_RECALL = 0x00400000 | 0x00001000
"""Windows: recall on data access, offline. Opening such a file fetches it from the service."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where the film is.

    Attributes:
        path: None where it was not found.
        moved: it is not where it was.
        other: a file has its old name and is another film, or one that has changed.
        placeholder: it is here by name only, a sync service has its bytes.
    """

    path: Path | None
    moved: bool = False
    other: bool = False
    placeholder: bool = False


def find_film(film: MediaRef, project: Path, home: str = "") -> Found:
    """Look for a film: where it was, where it would be had it moved with the project, then near the project.

    Args:
        film: as the document remembers it.
        project: the project's file, where it is now.
        home: the folder the project was in when it last knew the film (`Project.home`), or "".
    """
    was = Path(film.path)
    here = _stat(was)
    if here is not None and is_placeholder(here):
        return Found(was, placeholder=True)
    if _is_it(was, film):
        return Found(was)
    for path in _candidates(film, project.absolute().parent, home):
        if _is_it(path, film):
            return Found(path, moved=True)
    return Found(None, other=here is not None)


def is_placeholder(found: os.stat_result) -> bool:
    """Whether a sync service has the bytes and reading would wait for the network."""
    if getattr(found, "st_file_attributes", 0) & _RECALL:
        return True
    if getattr(found, "st_flags", 0) & getattr(stat, "SF_DATALESS", 0x40000000):
        return True
    # Elsewhere a file with a length but no bytes on disk; small ones may lie inside the folder's own entry.
    return os.name != "nt" and found.st_size > 65_536 and getattr(found, "st_blocks", 1) == 0


def _candidates(film: MediaRef, folder: Path, home: str) -> Iterator[Path]:
    if home:
        with contextlib.suppress(ValueError):  # it has no path at all, or lay on another drive of Windows
            yield Path(os.path.normpath(folder / os.path.relpath(film.path, home)))
    name = Path(film.path).name
    for near in (folder, folder.parent):
        yield near / name
    yield from _of_size(film.size_bytes, folder)


def _of_size(size_bytes: int, folder: Path) -> Iterator[Path]:
    """Files of this length near the project: the film under another name."""
    looked_at = 0
    for inside, folders, names in os.walk(folder):
        if len(Path(inside).relative_to(folder).parts) >= _MAX_DEPTH:
            folders.clear()
        for name in names:
            looked_at += 1
            if looked_at > MAX_FILES:
                return
            path = Path(inside, name)
            found = _stat(path)
            if found is not None and found.st_size == size_bytes:
                yield path


def _is_it(path: Path, film: MediaRef) -> bool:
    found = _stat(path)
    if not film.media_id:  # a recording that was cut off has no id: it was growing when it was written down
        return found is not None and path == Path(film.path)
    if found is None or found.st_size != film.size_bytes or is_placeholder(found):
        return False
    try:
        return media_id(path) == film.media_id
    except MediaError:
        return False


def _stat(path: Path) -> os.stat_result | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found if stat.S_ISREG(found.st_mode) else None
