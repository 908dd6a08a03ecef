"""Work without a name: what lies in the recovery folder, what it is and how old. Deletes nothing unasked.

Looks into each project without opening it to write, so a list of many costs little and changes nothing.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from core import paths
from core.document.owner import is_held
from core.document.project.connection import UNREADABLE, check_header, sentences
from core.document.project.held import own
from core.document.project.opening import SUFFIX, looking
from core.document.project.reading import check_ours
from core.document.project.store import CREATED, DEPTH, FIELD
from core.document.project.values import ANYTHING, Damaged, unpacked
from core.errors import CuesmithError

OLD_DAYS = 30
"""Work that nobody has touched for so long is offered for deletion."""

_DAY_S = 86_400
_LOOKS = 3
"""So often work is looked at that changes meanwhile: where locks cannot be made, nothing else says that it is open."""


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A project in the recovery folder, to be offered.

    Attributes:
        created: ISO 8601, UTC; "" where it cannot be read.
        changed: seconds since 1970 of the last step.
        media: path of the film, or "".
        cues, steps: how many. undone: steps that were taken back and can be done again.
        last_step: label of the last step done, or "".
        size_bytes: on disk.
        in_use: another window has it open; what is in it is not looked at then.
        problem: why it cannot be read, or "".
    """

    path: Path
    created: str = ""
    changed: float = 0.0
    media: str = ""
    cues: int = 0
    steps: int = 0
    undone: int = 0
    last_step: str = ""
    size_bytes: int = 0
    in_use: bool = False
    problem: str = ""

    @property
    def empty(self) -> bool:
        """Whether nobody would miss it."""
        return not (self.problem or self.in_use or self.cues or self.steps or self.undone)

    def is_old(self, now: float | None = None) -> bool:
        """Whether it may be offered for deletion. A clock that went back makes nothing old.

        Args:
            now: seconds since 1970; None = the system's clock.
        """
        return (now if now is not None else time.time()) - self.changed > OLD_DAYS * _DAY_S


def list_unnamed(folder: Path | None = None) -> tuple[Unnamed, ...]:
    """All work without a name that has something in it, the latest first; `folder` None = `paths.recovery_dir()`."""
    found = map(look_into, (folder if folder is not None else paths.recovery_dir()).glob("*" + SUFFIX))
    return tuple(sorted((one for one in found if not one.empty), key=lambda one: one.changed, reverse=True))


def delete_unnamed(chosen: Iterable[Unnamed]) -> None:
    """Delete work a person chose. What another window has open stays, and what has changed since it was listed."""
    for one in chosen:
        with contextlib.suppress(CuesmithError, FileNotFoundError):
            owner = own(one.path)
            try:
                if _changed(_stats(one.path)) == one.changed:
                    for end in ("-wal", "-shm", "-journal", ""):
                        one.path.with_name(one.path.name + end).unlink(missing_ok=True)
            finally:
                owner.release()


def look_into(path: Path) -> Unnamed:
    """What is in one project; nothing where it is gone, given a name or deleted since its folder was listed.

    No lock is taken, so a window may open it while one looks, and even let go of it again: then one looks anew.
    """
    for _ in range(_LOOKS):
        before = _signs(path)
        info = _seen(path)
        now = _signs(path)
        if info.in_use or not now or (now == before and not is_held(path)):
            break
    return info


def _seen(path: Path) -> Unnamed:
    info = Unnamed(path, in_use=is_held(path))
    try:
        stats = _stats(path)
        info = replace(info, changed=_changed(stats), size_bytes=sum(stat.st_size for stat in stats))
        if info.in_use or stats[0].st_size == 0:
            return info  # looking would hold its window up; or the program ended while it was made
        check_header(path)
        with sentences(path), closing(looking(path)) as connection:
            check_ours(connection, path)
            return _summed_up(connection, info)
    except (OSError, CuesmithError, Damaged, *UNREADABLE) as error:
        return replace(info, problem=str(error)) if path.exists() else Unnamed(path)


def _stats(path: Path) -> tuple[os.stat_result, ...]:
    """Of the file, and of what is written ahead beside it."""
    return (path.stat(), *_stat_of_wal(path))


def _changed(stats: Iterable[os.stat_result]) -> float:
    """Seconds since 1970 of the last step."""
    return max(stat.st_mtime for stat in stats)


def _signs(path: Path) -> tuple[tuple[int, int, int], ...]:
    """What is different as soon as somebody has written it; () where it is gone."""
    try:
        return tuple((stat.st_ino, stat.st_size, stat.st_mtime_ns) for stat in _stats(path))
    except OSError:
        return ()


def _stat_of_wal(path: Path) -> Iterator[os.stat_result]:
    with contextlib.suppress(FileNotFoundError):
        yield path.with_name(path.name + "-wal").stat()


def _summed_up(connection: sqlite3.Connection, info: Unnamed) -> Unnamed:
    meta = {
        name: (body, crc)
        for name, body, crc in connection.execute(
            "SELECT name, body, crc FROM meta WHERE name IN (?, ?, ?)", (CREATED, DEPTH, FIELD + "media")
        )
    }
    depth = _value(meta, DEPTH, int)
    media = _value(meta, FIELD + "media", ANYTHING)
    (cues,) = connection.execute("SELECT count(*) FROM rows").fetchone()
    (done_and_undone,) = connection.execute("SELECT count(DISTINCT place) FROM steps").fetchone()
    steps = connection.execute("SELECT body, crc FROM steps WHERE place = ? AND part = 1", (depth,)).fetchall()
    label = next((unpacked(body, crc, _Label).label for body, crc in steps), "")
    return replace(
        info,
        created=_value(meta, CREATED, str),
        media=media.get("path", "") if isinstance(media, dict) else "",
        cues=cues,
        steps=depth,
        undone=max(0, done_and_undone - depth),
        last_step=label,
    )


def _value(meta: Mapping[str, tuple[object, object]], name: str, shape: type[Any]) -> Any:
    body, crc = meta.get(name, (None, None))
    return unpacked(body, crc, shape)


@dataclass(frozen=True, slots=True)
class _Label:
    label: str
