"""A file that only grows, line by line, each line safe on disk before the next. Knows nothing of what lines say.

    <crc32 of the rest, 8 hex digits> <text without newlines>\\n

Several processes may append: what one call appends is one write under a lock, forced to disk before it returns. A line
that a crash cut short has no right checksum and is told apart; a write that fails (full disk) is taken back.
"""

from __future__ import annotations

import contextlib
import errno
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from core.errors import ProjectUnreadable
from core.files import sync_folder, write_error

MAX_LINE_BYTES = 256 * 1024 * 1024
"""A longer line is not read: a film of 24 hours, all replaced in one edit, is about 200 MB."""

_HEAD_BYTES = 9
"""Checksum and blank."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as read.

    Attributes:
        number: 1, 2, …
        offset, end: where it begins and where the next begins, in bytes of the file.
        data: its text as bytes, or None where it is damaged.
        last: nothing comes behind it.
        ended: its newline is there.
    """

    number: int
    offset: int
    end: int
    data: bytes | None
    last: bool = False
    ended: bool = True

    @property
    def torn(self) -> bool:
        """Whether it is what a crash leaves: the last line, cut short."""
        return self.last and not self.ended and self.data is None


class LineFile:
    """Appends to one file. The file is made by the first line."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle = -1

    def append(self, *data: bytes) -> None:
        """Put lines at the end, all or none; when this returns, they survive a crash of program and system.

        Raises:
            DiskFull, CannotWrite: none of them is there, and the file is as it was.
        """
        lines = [b"%08x " % zlib.crc32(one) + one + b"\n" for one in data]
        try:
            if any(len(line) > MAX_LINE_BYTES for line in lines):
                raise OSError(errno.EFBIG, "one step is too large")
            handle = self._opened()
            with _alone(handle):
                _append(handle, b"".join(lines))
        except OSError as error:
            raise write_error(self.path, error) from error

    def close(self) -> None:
        """Let go of the file."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def _opened(self) -> int:
        if self._handle < 0:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            new = not self.path.exists()
            flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
            self._handle = os.open(self.path, flags, 0o600)
            if new:
                sync_folder(self.path.parent)
        return self._handle


def read_lines(path: Path, *, first_byte: int = 0) -> Iterator[Line]:
    """The lines of a file, damaged ones with `data` None.

    Args:
        first_byte: where to begin; the start of a line.

    Raises:
        ProjectUnreadable: it cannot be opened or read.
    """
    try:
        with path.open("rb") as file:
            file.seek(first_byte)
            size = os.fstat(file.fileno()).st_size
            offset, number = first_byte, 0
            while raw := file.readline(MAX_LINE_BYTES):
                number += 1
                end = offset + len(raw)
                yield Line(number, offset, end, _checked(raw), last=end >= size, ended=raw.endswith(b"\n"))
                offset = end
    except OSError as error:
        raise ProjectUnreadable(file=str(path), cause=error.strerror or str(error)) from error


def _checked(raw: bytes) -> bytes | None:
    """The line's text where its checksum is right. A newline that is not there yet does not matter."""
    data = raw[_HEAD_BYTES:].removesuffix(b"\n")
    return data if raw[:_HEAD_BYTES] == b"%08x " % zlib.crc32(data) else None


def _append(handle: int, lines: bytes) -> None:
    size = os.fstat(handle).st_size
    if size and _byte_at(handle, size - 1) != b"\n":
        lines = b"\n" + lines  # what a crash left behind stays a line of its own
    try:
        if os.write(handle, lines) != len(lines):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(handle)
    except OSError:
        with contextlib.suppress(OSError):  # the first error is the one to tell
            os.ftruncate(handle, size)
        raise


def _byte_at(handle: int, position: int) -> bytes:
    os.lseek(handle, position, os.SEEK_SET)
    return os.read(handle, 1)


@contextlib.contextmanager
def _alone(handle: int) -> Iterator[None]:
    """While inside, no other process appends; where the system has no such lock, a line is one write anyway."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    with contextlib.suppress(OSError):  # a drive without locks
        fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_UN)
