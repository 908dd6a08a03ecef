"""Writing a file whole or not at all. Knows no format; whatever writes something a person keeps goes through here.

The bytes go to a temporary file beside the target, are forced to disk, and take the target's name in one step: a full
disk, a killed program or a power cut leaves what was there before.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from core.errors import CannotWrite, DiskFull, OutputExists, WriteError

_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_NO_HARD_LINKS = frozenset({errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})
_NAME_HEAD = 40
"""Characters of the target's name in the temporary one, so that a long name does not grow past the system's limit."""


def write_atomically(path: Path, data: bytes, *, overwrite: bool = False) -> None:
    """Put `data` under the name `path`, whole or not at all.

    A link is followed, so that it goes on pointing where it did; an existing file keeps its permissions.

    Raises:
        OutputExists: it is there already and `overwrite` is False; also when it appears while we write.
        DiskFull: no space; what was there is unchanged.
        CannotWrite: no such folder, no permission, a folder of that name.
    """
    with whole_file(path, overwrite=overwrite) as temporary:
        _write(temporary, data)


@contextlib.contextmanager
def whole_file(path: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Gives the name of a file beside `path` to be written inside; afterwards it is forced to disk and called `path`.

    Where the inside raises, `path` is as it was.

    Raises:
        OutputExists, DiskFull, CannotWrite: as `write_atomically`.
    """
    try:
        target = Path(os.path.realpath(path))
        if not overwrite and target.exists():
            raise OutputExists(file=str(path))
        temporary = target.with_name(f".{target.name[:_NAME_HEAD]}.{secrets.token_hex(4)}.part")
        try:
            yield temporary
            _sync(temporary, _mode_of(target))
            _take_name(temporary, target, overwrite=overwrite)
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink()
        sync_folder(target.parent)
    except FileExistsError as error:
        raise OutputExists(file=str(path)) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise write_error(path, error) from error


def why_not_writable(path: Path) -> str:
    """Why no file `path` can be written, found without writing one; "" where one can. Makes its folder."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return error.strerror or str(error)
    there = path if path.exists() else path.parent
    return "" if os.access(there, os.W_OK) else "no permission to write there"


def make_folder(folder: Path, file: Path | None = None) -> None:
    """Make the folder, and those around it, where they are not there. `file`: what it is for, to be named.

    Raises:
        CannotWrite, DiskFull: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise write_error(file if file is not None else folder, error) from error


def _write(path: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    with os.fdopen(os.open(path, flags, 0o666), "wb") as file:
        file.write(data)


def _sync(path: Path, mode: int | None) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    if mode is not None:
        path.chmod(mode)


def _mode_of(path: Path) -> int | None:
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        return None


def _take_name(temporary: Path, target: Path, *, overwrite: bool) -> None:
    """Give the temporary file its real name; without `overwrite` never in place of a file that came meanwhile."""
    if overwrite:
        temporary.replace(target)
    elif os.name == "nt":
        temporary.rename(target)  # fails there where the name is taken
    else:
        _link_as(temporary, target)


def _link_as(temporary: Path, target: Path) -> None:
    try:
        target.hardlink_to(temporary)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        # exFAT and some network folders have no hard links: hold the name with an empty file, then replace that.
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
        temporary.replace(target)


def sync_folder(folder: Path) -> None:
    """Force the new name itself to disk, where the system can."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):  # some network folders cannot; the file's bytes are safe already
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_error(path: Path, error: OSError | ValueError) -> WriteError:
    """What went wrong in writing `path`, as an error with a sentence."""
    if isinstance(error, OSError) and error.errno in _FULL:
        return DiskFull(file=str(path))
    cause = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return CannotWrite(file=str(path), cause=cause)
