"""Whose a project's file is, and whether it is still what its name stands for. Knows nothing of what is in it."""

from __future__ import annotations

import contextlib
import os
import threading
import zlib
from collections.abc import Callable
from pathlib import Path

from core.document.owner import Owner
from core.document.project.folders import bears_wal, is_network
from core.errors import CannotWrite, ProjectInUse

_LOOKED_AT_BYTES = 64 * 1024
"""Of a file whose times say that it was written: the header counts every writing, the rest tells two projects apart."""


def own(path: Path) -> Owner:
    """Hold `path` for this window.

    Raises:
        ProjectInUse: another one does.
        CannotWrite: the folder cannot be written.
    """
    owner = Owner(path)
    try:
        taken = owner.take()
    except OSError as error:
        raise CannotWrite(file=str(path), cause=error.strerror or str(error)) from error
    if not taken:
        raise ProjectInUse(file=str(path))
    return owner


def real(path: Path) -> Path:
    """The file that `path` names, absolute; a link is followed.

    SQLite keeps its log beside the file: beside the link it would not be found, and a lock there would hold nothing.
    """
    path = path.absolute()
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def identity(path: Path) -> tuple[int, int] | None:
    """What tells this file from another that takes its name later; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


class Standing:
    """A file that is open under a name: whether the name still stands for it, and nobody else has written to it.

    Attributes:
        changed: another program wrote to it; what was in it is nowhere any more.
    """

    def __init__(self, path: Path, *, watched: bool) -> None:
        """`watched` False: nobody writes to it, so it does not matter."""
        self._path, self._identity, self._watched = path, identity(path), watched
        self._left = self._was_nowhere = self.changed = False
        self._handle = -1
        if watched and os.name != "nt":  # there nobody takes the name of an open file away
            with contextlib.suppress(OSError):
                self._handle = os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
        self._written, self._content = (0, 0), 0
        self.note()

    @property
    def taken_away(self) -> bool:
        """Whether the name stands for no file, for another, or for what another program made of this one."""
        if self._left or self.changed or not self._watched:
            return self._left or self.changed
        now = identity(self._path)
        if now is None or now == self._identity:
            return now is None
        # Where a file has no lasting number (network drives), only its absence says something.
        return bears_wal(self._path.parent) or self._unlinked(otherwise=False)

    @property
    def nowhere(self) -> bool:
        """Whether what was in it goes when it is closed, for no name stands for it; also where that cannot be told."""
        if self._left or not self.taken_away:
            return self._was_nowhere
        return self.changed or self._unlinked(otherwise=True)

    def look(self) -> bool:
        """Whether another program has written to the file since `note`; told once."""
        if self._handle < 0 or self.changed:
            return False
        with contextlib.suppress(OSError):
            if self._times() != self._written and self._sum() != self._content and not is_network(self._path.parent):
                self.changed = True
        return self.changed

    def note(self) -> None:
        """What was written until now is ours."""
        if self._handle < 0 or self.changed:
            return
        with contextlib.suppress(OSError):
            now = self._times()
            if now != self._written:
                self._written, self._content = now, self._sum()

    def leave(self) -> None:
        """The name is another's from now on, whatever it stands for."""
        self._was_nowhere = self.nowhere
        self._left = True
        self.close()

    def _unlinked(self, *, otherwise: bool) -> bool:
        try:
            return os.fstat(self._handle).st_nlink == 0
        except OSError:
            return otherwise

    def _times(self) -> tuple[int, int]:
        found = os.fstat(self._handle)
        return found.st_size, found.st_mtime_ns

    def _sum(self) -> int:
        os.lseek(self._handle, 0, os.SEEK_SET)
        return zlib.crc32(os.read(self._handle, _LOOKED_AT_BYTES))

    def close(self) -> None:
        """To be called when nothing else has the file open: the system takes a process's locks on it with this."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


class Turns:
    """One thread at a time with a project's connection; a turn inside another of the same thread is its part."""

    def __init__(self, begin: Callable[[], object], end: Callable[[], object]) -> None:
        """`begin`, `end`: called first and last in each turn."""
        self._lock = threading.RLock()
        self._depth = 0
        self._begin, self._end = begin, end

    def __enter__(self) -> None:
        self._lock.acquire()
        self._depth += 1
        try:
            if self._depth == 1:
                self._begin()
        except BaseException:
            self._depth -= 1
            self._lock.release()
            raise

    def __exit__(self, *_: object) -> None:
        try:
            if self._depth == 1:
                self._end()
        finally:
            self._depth -= 1
            self._lock.release()


def same_file(one: Path, other: Path) -> bool:
    """Whether both names stand for one file that is there."""
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False
