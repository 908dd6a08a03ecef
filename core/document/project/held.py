"""Whose a project's file is, and whether its name still stands for it. Knows nothing of what is in it."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from core.document.owner import Owner
from core.document.project.folders import bears_wal
from core.errors import CannotWrite, ProjectInUse


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
    """A file that is open under a name, and whether the name still stands for it."""

    def __init__(self, path: Path, *, watched: bool) -> None:
        """`watched` False: nobody writes to it, so it does not matter."""
        self._path, self._identity, self._watched = path, identity(path), watched
        self._left = self._was_nowhere = False
        self._handle = -1
        if watched and os.name != "nt":  # there nobody takes the name of an open file away
            with contextlib.suppress(OSError):
                self._handle = os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))

    @property
    def taken_away(self) -> bool:
        """Whether the name stands for no file, or for another."""
        if self._left or not self._watched:
            return self._left
        now = identity(self._path)
        # Where a file has no lasting number (network drives), only its absence says something.
        return now is None or (now != self._identity and bears_wal(self._path.parent))

    @property
    def nowhere(self) -> bool:
        """Whether no name stands for it, so that it goes when it is closed; also where that cannot be told."""
        if self._left or not self.taken_away:
            return self._was_nowhere
        try:
            return os.fstat(self._handle).st_nlink == 0
        except OSError:
            return True

    def leave(self) -> None:
        """The name is another's from now on, whatever it stands for."""
        self._was_nowhere = self.nowhere
        self._left = True
        self.close()

    def close(self) -> None:
        """To be called when nothing else has the file open: the system takes a process's locks on it with this."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def same_file(one: Path, other: Path) -> bool:
    """Whether both names stand for one file that is there."""
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False
