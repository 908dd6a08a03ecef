"""Files of the cache that are read while they are written: a header, then chunks of one length that only come behind.

Knows no sound: `peak_cache` and `spectrum_cache` say what a chunk holds. The media child writes, the window reads. The
header is told of a chunk after the chunk is written, so a reader never sees half of one. A new build takes the name
over at once with an empty file and never writes into an old one. A damaged file, or one of another version, is as good
as none.
"""

from __future__ import annotations

import contextlib
import os
import struct
import tempfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, ClassVar, Self

from core.files import write_error

_HEADER = struct.Struct("<8sIIIIQQQ")
"""Magic, version, two numbers of the kind, complete (0 or 1), samples built, duration in ms, build's number."""

_CRC = struct.Struct("<I")
CRC_BYTES = _CRC.size


@dataclass(frozen=True, slots=True)
class Kind:
    """What all files of one kind have in common.

    Attributes:
        magic: the 8 bytes they begin with. version: of what is in them.
        made_with: two numbers their chunks depend on; a file with other ones is of no use.
        chunk_samples: how much sound a chunk covers, at 16 kHz. chunk_bytes: its length without its CRC-32.
    """

    magic: bytes
    version: int
    made_with: tuple[int, int]
    chunk_samples: int
    chunk_bytes: int

    @property
    def record_bytes(self) -> int:
        """A chunk behind its CRC-32."""
        return CRC_BYTES + self.chunk_bytes

    def place(self, number: int) -> int:
        """Where the record of a chunk begins, in bytes."""
        return _HEADER.size + number * self.record_bytes

    def chunks_for(self, built_samples: int) -> int:
        """How many chunks cover so much sound."""
        return -(-built_samples // self.chunk_samples)


@dataclass(frozen=True, slots=True)
class Head:
    """What a file says of itself now.

    Attributes:
        complete: the whole track is covered. build: a number of its own for each build.
    """

    complete: bool
    built_samples: int
    duration_ms: int
    build: int


class GrowingFile:
    """A file that may still grow, and what was read of it. Keeps no file open; see `_begin` and `_read_on`."""

    kind: ClassVar[Kind]

    def __init__(self, path: Path) -> None:
        self._path = path
        self._build = -1

    @classmethod
    def open(cls, path: Path) -> Self | None:
        """What is at `path`; None where there is nothing that can be used."""
        found = cls(path)
        if not found.refresh():
            return None
        with contextlib.suppress(OSError):
            os.utime(path)  # when it was last used: the cache drops the oldest
        return found

    def refresh(self) -> bool:
        """Read what has been written since; False where the file is gone or damaged (what was read stays)."""
        try:
            with open(self._path, "rb") as file:
                head = _read_head(file, self.kind)
                if head is None:
                    return False
                if head.build != self._build:
                    self._build = head.build
                    self._begin(head)
                return self._read_on(file, head)
        except OSError:
            return False

    def _begin(self, head: Head) -> None:
        """Forget what was read: this is another build."""
        raise NotImplementedError

    def _read_on(self, file: BinaryIO, head: Head) -> bool:
        """Read the chunks that are new; False where one is damaged.

        Raises:
            OSError: as reading does.
        """
        raise NotImplementedError


class GrowingWriter:
    """Writes one file as its track is read. Close it, or use it with `with`.

    Raises:
        DiskFull, CannotWrite: from every method.
    """

    kind: ClassVar[Kind]

    def __init__(self, path: Path, duration_ms: int) -> None:
        self._path, self._duration_ms = path, duration_ms
        self._chunks = 0
        self._build = int.from_bytes(os.urandom(8), "little")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-", suffix=path.suffix)
            with open(handle, "wb") as new:
                new.write(self._head(0, complete=False))
            os.replace(temporary, path)  # closed, because Windows renames no open file
            self._file = open(path, "r+b", buffering=0)  # noqa: SIM115 — lives as long as this object
        except OSError as error:
            raise write_error(path, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; unless it was marked complete it is built anew next time."""
        self._file.close()

    def _append(self, records: Iterable[bytes], built_samples: int, *, complete: bool) -> None:
        """Write the next records; the file then covers `built_samples`."""
        try:
            self._file.seek(self.kind.place(self._chunks))
            for record in records:
                self._file.write(record)
            self._chunks = self.kind.chunks_for(built_samples)
            self._write_head(built_samples, complete=complete)
        except OSError as error:
            raise write_error(self._path, error) from error

    def _write_head(self, built_samples: int, *, complete: bool) -> None:
        self._file.seek(0)
        self._file.write(self._head(built_samples, complete=complete))

    def _head(self, built_samples: int, *, complete: bool) -> bytes:
        kind, numbers = self.kind, (int(complete), built_samples, self._duration_ms, self._build)
        return _HEADER.pack(kind.magic, kind.version, *kind.made_with, *numbers)


def record_of(chunk: bytes, checked: bytes | None = None) -> bytes:
    """A chunk behind the CRC-32 of `checked`, the part of it that must be right; None = all of it."""
    return _CRC.pack(zlib.crc32(chunk if checked is None else checked)) + chunk


def is_whole(stored: bytes, checked: bytes) -> bool:
    """Whether `stored`, the first bytes of a record, is the CRC-32 of `checked`."""
    return len(stored) == CRC_BYTES and _CRC.unpack(stored)[0] == zlib.crc32(checked)


def _read_head(file: BinaryIO, kind: Kind) -> Head | None:
    """None where this is no file of that kind."""
    data = file.read(_HEADER.size)
    if len(data) != _HEADER.size:
        return None
    magic, version, first, second, complete, built_samples, duration_ms, build = _HEADER.unpack(data)
    if (magic, version, first, second) != (kind.magic, kind.version, *kind.made_with):
        return None
    return Head(bool(complete), built_samples, duration_ms, build)
