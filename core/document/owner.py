"""One window a project: who has it open. Knows nothing of what is in it."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


class Owner:
    """Holds a file for this process by a lock beside it; a crash lets go by itself."""

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(path.name + ".lock")
        self._handle = -1

    def take(self) -> bool:
        """Hold it; False where another window does.

        Raises:
            OSError: the lock cannot be made.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        while True:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
            if not _locked(handle):
                os.close(handle)
                return False
            if _is_still(handle, self._path):
                self._handle = handle
                return True
            os.close(handle)  # its holder let go and removed it meanwhile

    def release(self) -> None:
        """Let go."""
        if self._handle >= 0:
            with contextlib.suppress(OSError):  # Windows removes no open file; the next holder takes it over
                self._path.unlink()
            os.close(self._handle)
            self._handle = -1


def _locked(handle: int) -> bool:
    try:
        try:
            import fcntl
        except ImportError:
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _is_still(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False
