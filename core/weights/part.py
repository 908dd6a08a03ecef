"""A file that is half here: `<key>.part`, and beside it what it belongs to and how much of it is surely on disk.

Bytes are forced to disk every 16 MiB. After a kill all that was written is still there, because the system keeps it;
after a power cut only what was forced is. So the length of the file is trusted while the machine has not been started
anew, and the number beside it else. Knows no network.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import psutil

from core.codec import DecodeError, decode, encode
from core.files import write_atomically, write_error

BLOCK_BYTES = 1024 * 1024
SYNC_BYTES = 16 * BLOCK_BYTES
_SAME_START_S = 5.0
"""The start of the machine is computed from two clocks and may differ by a little."""


@dataclass(frozen=True, slots=True)
class _Side:
    """What stands beside a part.

    Attributes:
        source, etag: where it comes from, and the mark that source gave for these bytes.
        synced_bytes: forced to disk.
        started_s: when the machine had been started, in seconds since 1970.
    """

    source: str
    etag: str
    size_bytes: int
    synced_bytes: int
    started_s: float


class Part:
    """One file on its way; used as a context manager, which closes it.

    Attributes:
        path: where it grows.
        size_bytes: what it will be.
        length: bytes that are there and trusted.
    """

    def __init__(self, folder: Path, key: str, size_bytes: int) -> None:
        self.path = folder / f"{key}.part"
        self.size_bytes = size_bytes
        self._side_path = folder / f"{key}.part.json"
        self._file: IO[bytes] | None = None
        self._waiting = bytearray()
        self._source = self._etag = ""
        self._synced = 0
        self.length = self._trusted()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def complete(self) -> bool:
        """Whether all its bytes are there."""
        return self.length == self.size_bytes and not self._waiting

    def begin(self, source: str, etag: str) -> None:
        """Bytes will come from `source`, which marks them with `etag`; begins anew where its mark was another.

        Bytes of another source are kept: the hash at the end decides.

        Raises:
            WriteError: the file cannot be written.
        """
        side = self._side()
        if side is not None and side.source == source and side.etag and etag and side.etag != etag:
            self.restart()
        self._source, self._etag = source, etag
        try:
            self._opened().truncate(self.length)
        except OSError as error:
            raise write_error(self.path, error) from error
        self._note()

    def write(self, data: bytes) -> None:
        """Take the next bytes; they are written in blocks.

        Raises:
            WriteError: they cannot be written; what was there stays.
        """
        self._waiting += data
        if len(self._waiting) >= BLOCK_BYTES:
            self.flush()

    def flush(self) -> None:
        """Write what waits, and force it to disk when enough has come.

        Raises:
            WriteError: it cannot be written; what was there stays.
        """
        if not self._waiting:
            return
        block = bytes(self._waiting)
        self._waiting.clear()
        try:
            _put(self._opened(), self.length, block)
        except OSError as error:
            raise write_error(self.path, error) from error
        self.length += len(block)
        if self.length - self._synced >= SYNC_BYTES or self.complete:
            self._sync()

    @property
    def taken(self) -> int:
        """Bytes that came, those still waiting to be written included."""
        return self.length + len(self._waiting)

    def restart(self) -> None:
        """Begin at zero.

        Raises:
            WriteError: the file cannot be written.
        """
        self._waiting.clear()
        self.length = self._synced = 0
        try:
            self._side_path.unlink(missing_ok=True)
            self._opened().truncate(0)
        except OSError as error:
            raise write_error(self.path, error) from error

    def discard(self) -> None:
        """Throw it away."""
        self.close()
        self.length = self._synced = 0
        for path in (self.path, self._side_path):
            with contextlib.suppress(OSError):  # it will be begun anew in any case
                path.unlink()

    def close(self) -> None:
        """Close the file; what waits to be written is dropped."""
        self._waiting.clear()
        if self._file is not None:
            self._file.close()
            self._file = None

    def move_to(self, place: Path) -> None:
        """Give the whole file its name.

        Raises:
            WriteError: it cannot be moved.
        """
        self.close()
        try:
            self.path.replace(place)
            self._side_path.unlink(missing_ok=True)
        except OSError as error:
            raise write_error(place, error) from error

    def _opened(self) -> IO[bytes]:
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # Not "wb", which would empty it, and unbuffered: what is written is with the system.
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
            self._file = os.fdopen(handle, "r+b", buffering=0)
        return self._file

    def _sync(self) -> None:
        try:
            os.fsync(self._opened().fileno())
        except OSError as error:
            raise write_error(self.path, error) from error
        self._synced = self.length
        self._note()

    def _note(self) -> None:
        side = _Side(self._source, self._etag, self.size_bytes, self._synced, psutil.boot_time())
        write_atomically(self._side_path, encode(side), overwrite=True)

    def _trusted(self) -> int:
        """How much of what lies there can be gone on with."""
        try:
            there = self.path.stat().st_size
        except OSError:
            return 0
        side = self._side()
        if side is None or side.size_bytes != self.size_bytes:
            return 0
        self._synced = min(side.synced_bytes, there)
        same_start = abs(side.started_s - psutil.boot_time()) < _SAME_START_S
        return there if same_start and there <= self.size_bytes else self._synced

    def _side(self) -> _Side | None:
        try:
            return decode(self._side_path.read_bytes(), _Side)
        except (OSError, DecodeError):
            return None


def _put(file: IO[bytes], offset: int, block: bytes) -> None:
    """Write all of `block` at `offset`; a disk that is nearly full takes only some of it first."""
    file.seek(offset)
    rest = memoryview(block)
    while rest:
        rest = rest[file.write(rest) :]
