"""Peaks on disk: a file for each track of each media file, readable while it is still being written. Decodes nothing.

The media child writes (`PeaksWriter`), the window reads (`PeaksFile`). A file is a header and then chunks of
`core.media.peaks`, each behind its CRC-32; it only grows, and the header is told of a chunk after the chunk is
written, so a reader never sees half of one. A new build takes the name over at once with an empty file and never
writes into an old one. A damaged file, or one of another version, is as good as none. Files are named by media id, so
a moved film keeps its peaks. The folder is bounded: the files used longest ago go first.
"""

from __future__ import annotations

import contextlib
import errno
import os
import struct
import tempfile
import zlib
from pathlib import Path
from typing import BinaryIO

import numpy as np

from core import paths
from core.errors import CannotWrite, DiskFull, WriteError
from core.media.files import plain_cause
from core.media.peaks import CHUNK_ROWS, CHUNK_SAMPLES, HOP_SAMPLES, Peaks

LIMIT_BYTES = 5 * 1000**3
"""How much the cache may hold where no setting says otherwise: about 1,300 hours of sound."""

_MAGIC = b"CUEPEAKS"
_VERSION = 1
_HEADER = struct.Struct("<8sIIIIQQQ")
"""Magic, version, samples a column, rows a chunk, complete (0 or 1), samples built, duration in ms, build's number."""

_CRC = struct.Struct("<I")
_CHUNK_BYTES = CHUNK_ROWS * 3
_RECORD_BYTES = _CRC.size + _CHUNK_BYTES
_FOLDER, _SUFFIX = "peaks", ".peaks"


def peaks_path(media_id: str, track: int) -> Path:
    """Where the peaks of a track lie, whether they are there or not."""
    return paths.cache_dir() / _FOLDER / f"{media_id}-{track}{_SUFFIX}"


class PeaksFile:
    """Peaks read from a file that may still grow. Keeps no file open.

    Attributes:
        peaks: what has been read so far; `refresh` reads on.
    """

    def __init__(self, path: Path, peaks: Peaks) -> None:
        self.peaks = peaks
        self._path = path
        self._chunks = 0
        self._build = -1

    @classmethod
    def open(cls, path: Path) -> PeaksFile | None:
        """The peaks at `path`; None where there are none that can be used."""
        found = cls(path, Peaks())
        if not found.refresh():
            return None
        # The time of change is when it was last used: the cache drops the oldest.
        with contextlib.suppress(OSError):
            os.utime(path)
        return found

    def refresh(self) -> bool:
        """Read what has been written since; False where the file is gone or damaged (what was read stays)."""
        try:
            with open(self._path, "rb") as file:
                return self._read_on(file)
        except OSError:
            return False

    def _read_on(self, file: BinaryIO) -> bool:
        header = _read_header(file)
        if header is None:
            return False
        complete, built_samples, duration_ms, build = header
        if build != self._build:
            self._build, self._chunks, self.peaks = build, 0, Peaks(duration_ms)
        wanted = -(-built_samples // CHUNK_SAMPLES)
        file.seek(_HEADER.size + self._chunks * _RECORD_BYTES)
        data = file.read((wanted - self._chunks) * _RECORD_BYTES)
        records = np.frombuffer(data[: len(data) // _RECORD_BYTES * _RECORD_BYTES], np.uint8).reshape(-1, _RECORD_BYTES)
        if len(records) != wanted - self._chunks or not all(_is_whole(record) for record in records):
            return False
        if len(records):
            rows = records[:, _CRC.size :].view(np.int8).reshape(-1, CHUNK_ROWS, 3)
            self.peaks.put_chunks(self._chunks, rows, built_samples)
            self._chunks = wanted
        self.peaks.complete = complete
        return True


class PeaksWriter:
    """Writes one track's peaks as they are built. Close it, or use it with `with`.

    Raises:
        DiskFull, CannotWrite: from every method.
    """

    def __init__(self, path: Path, duration_ms: int) -> None:
        self._path, self._duration_ms = path, duration_ms
        self._chunks = 0
        self._build = int.from_bytes(os.urandom(8), "little")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-", suffix=_SUFFIX)
            self._file = open(handle, "wb", buffering=0)  # noqa: SIM115 — lives as long as this object
            self._write_header(0, complete=False)
            os.replace(temporary, path)
        except OSError as error:
            raise _write_error(path, error) from error

    def __enter__(self) -> PeaksWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; without `finish` it stays marked as not complete and is built anew next time."""
        self._file.close()

    def write(self, peaks: Peaks) -> None:
        """Write the chunks of `peaks` that are full and not yet written."""
        full = peaks.built_samples // CHUNK_SAMPLES
        if full > self._chunks:
            self._write_up_to(peaks, full, full * CHUNK_SAMPLES, complete=False)

    def finish(self, peaks: Peaks) -> None:
        """Write the rest and mark the file complete."""
        self._write_up_to(peaks, -(-peaks.built_samples // CHUNK_SAMPLES), peaks.built_samples, complete=True)

    def _write_up_to(self, peaks: Peaks, chunks: int, built_samples: int, *, complete: bool) -> None:
        try:
            self._file.seek(_HEADER.size + self._chunks * _RECORD_BYTES)
            for number in range(self._chunks, chunks):
                data = peaks.chunk(number).tobytes()
                self._file.write(_CRC.pack(zlib.crc32(data)) + data)
            self._chunks = chunks
            self._write_header(built_samples, complete=complete)
        except OSError as error:
            raise _write_error(self._path, error) from error

    def _write_header(self, built_samples: int, *, complete: bool) -> None:
        fields = (
            _MAGIC,
            _VERSION,
            HOP_SAMPLES,
            CHUNK_ROWS,
            int(complete),
            built_samples,
            self._duration_ms,
            self._build,
        )
        self._file.seek(0)
        self._file.write(_HEADER.pack(*fields))


def trim(
    limit_bytes: int = LIMIT_BYTES, keep: Path | None = None, *, folder: str = _FOLDER, suffix: str = _SUFFIX
) -> int:
    """Delete the files used longest ago until the folder holds at most `limit_bytes`; `keep` stays. Bytes freed."""
    place = paths.cache_dir() / folder
    files: list[tuple[float, int, Path]] = []
    for path in place.glob(f"*{suffix}") if place.is_dir() else ():
        with contextlib.suppress(OSError):
            state = path.stat()
            files.append((state.st_mtime, state.st_size, path))
    over = sum(size for _, size, _ in files) - limit_bytes
    freed = 0
    for _, size, path in sorted(files):
        if freed >= over:
            break
        if path != keep:
            with contextlib.suppress(OSError):
                path.unlink()
                freed += size
    return freed


def _read_header(file: BinaryIO) -> tuple[bool, int, int, int] | None:
    """(complete, samples built, duration in ms, number of the build), or None where this is no file of ours."""
    data = file.read(_HEADER.size)
    if len(data) != _HEADER.size:
        return None
    magic, version, hop, rows, complete, built_samples, duration_ms, build = _HEADER.unpack(data)
    if (magic, version, hop, rows) != (_MAGIC, _VERSION, HOP_SAMPLES, CHUNK_ROWS):
        return None
    return bool(complete), built_samples, duration_ms, build


def _is_whole(record: np.ndarray) -> bool:
    stored: int = _CRC.unpack(record[: _CRC.size].tobytes())[0]
    return zlib.crc32(record[_CRC.size :].tobytes()) == stored


def _write_error(path: Path, error: OSError) -> WriteError:
    if error.errno == errno.ENOSPC:
        return DiskFull(file=path.name)
    return CannotWrite(file=path.name, cause=plain_cause(error))
