"""One window a project: who has it open. Knows nothing of what is in it."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from pathlib import Path

_PATIENCE_S = 0.25
"""How long a window waits for a lock: those who only look hold it for microseconds, another window for hours."""

_AGAIN_S = 0.01

_HELD = frozenset({errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK})
"""What the system says where another has the lock; anything else says that there are no locks here."""


def is_held(path: Path) -> bool:
    """Whether a window has `path`; any number may ask at once, and asking makes no file.

    Where locks cannot be made, nobody has it.
    """
    try:
        handle = os.open(lock_beside(path), os.O_RDWR | getattr(os, "O_CLOEXEC", 0))
    except OSError:
        return False
    wait_s = _PATIENCE_S if os.name == "nt" else 0.0  # those who look share a lock, but not on Windows
    try:
        return not _locked_within(wait_s, handle, shared=True)
    except OSError:
        return False
    finally:
        os.close(handle)


class Owner:
    """Holds a file for this process by a lock beside it; a crash lets go by itself."""

    def __init__(self, path: Path) -> None:
        self._path = lock_beside(path)
        self._handle = -1

    def take(self) -> bool:
        """Hold it; False where another window does.

        Raises:
            OSError: the lock cannot be made.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        while True:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
            try:
                if not _locked_within(_PATIENCE_S, handle):
                    return False
                if _is_still(handle, self._path):
                    self._handle, handle = handle, -1
                    return True
            finally:
                if handle >= 0:  # another has it, or its holder let go and removed it meanwhile
                    os.close(handle)

    @property
    def holds(self) -> bool:
        """Whether it is held."""
        return self._handle >= 0

    def release(self) -> None:
        """Let go."""
        if self._handle >= 0:
            with contextlib.suppress(OSError):  # Windows removes no open file; the next holder takes it over
                self._path.unlink()
            os.close(self._handle)
            self._handle = -1


def lock_beside(path: Path) -> Path:
    """The file whose lock says that `path` is held; where its holder crashed, it stays, and nobody holds it."""
    return path.with_name(path.name + ".lock")


def _locked_within(wait_s: float, handle: int, *, shared: bool = False) -> bool:
    """Counted in looks: one who got no turn for a while has not waited (`core.looks`, here by the hundredth)."""
    left = round(wait_s / _AGAIN_S)
    while not (locked := _locked(handle, shared=shared)) and left:
        left -= 1
        time.sleep(_AGAIN_S)
    return locked


def _locked(handle: int, *, shared: bool = False) -> bool:
    try:
        try:
            import fcntl
        except ImportError:
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in _HELD:
            raise
        return False
    return True


def _is_still(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False
