"""Spectra on disk: a file for each track of each media file, readable while it is being written. Decodes nothing.

The media child writes (`SpectrumWriter`), the window reads (`SpectrumFile`). A file is a header and then chunks of
`core.media.spectrum`; it only grows, and the header is told of a chunk after the chunk is written. The upper levels
are kept in memory (1.2 MB for an hour), the lower ones are read where one looks. The CRC-32 of a chunk covers its upper
levels: damage below shows as a wrong picture and breaks nothing.
"""

from __future__ import annotations

import contextlib
import os
import struct
import tempfile
import zlib
from collections import OrderedDict
from pathlib import Path
from typing import BinaryIO

import numpy as np

from core import paths
from core.errors import CannotWrite
from core.media.files import plain_cause
from core.media.spectrum import BANDS, CHUNK_ROWS, LEVEL_SIZES, LEVEL_STARTS, Columns, columns_of
from core.timecode import ms_from_samples

FOLDER = "spectra"
SUFFIX = ".spectrum"

_MAGIC = b"CUESPECT"
_VERSION = 1
_HEADER = struct.Struct("<8sIIIIQQQ")
"""Magic, version, bands, chunks, complete (0 or 1), samples built, duration in ms, build's number."""

_CRC = struct.Struct("<I")
_RECORD_BYTES = _CRC.size + CHUNK_ROWS * BANDS
_KEPT_FROM = 2
"""The first level that is kept in memory: a column for 256 ms."""

_UPPER_START = LEVEL_STARTS[_KEPT_FROM]
_MOST_CHUNKS = 48
"""Chunks whose lower levels are kept, 80 KB each: a screen at its widest zoom of that level needs 14."""


def spectrum_path(media_id: str, track: int) -> Path:
    """Where the spectrum of a track lies, whether it is there or not."""
    return paths.cache_dir() / FOLDER / f"{media_id}-{track}{SUFFIX}"


class SpectrumFile:
    """A spectrum read from a file that may still grow. Keeps no file open.

    Attributes:
        complete: the whole track is covered.
    """

    def __init__(self, path: Path) -> None:
        self.complete = False
        self._path = path
        self._build = -1
        self._built_samples = 0
        self._upper: list[Columns] = []
        self._lower: OrderedDict[int, Columns] = OrderedDict()

    @classmethod
    def open(cls, path: Path) -> SpectrumFile | None:
        """The spectrum at `path`; None where there is none that can be used."""
        found = cls(path)
        if not found.refresh():
            return None
        with contextlib.suppress(OSError):
            os.utime(path)  # when it was last used: the cache drops the oldest
        return found

    @property
    def built_ms(self) -> int:
        """How far it is built, in ms."""
        return ms_from_samples(self._built_samples)

    def columns(self, start_ms: float, ms_per_column: float, count: int) -> Columns:
        """`count` columns for drawing; see `core.media.spectrum.columns_of`. Silence where the file is gone by now."""
        try:
            return columns_of(self, self._built_samples, start_ms, ms_per_column, count)
        except OSError:
            return np.zeros((count, BANDS), np.uint8)

    def refresh(self) -> bool:
        """Read what has been written since; False where the file is gone or damaged (what was read stays)."""
        try:
            with open(self._path, "rb") as file:
                return self._read_on(file)
        except OSError:
            return False

    def read(self, level: int, first: int, last: int) -> Columns:
        """Columns `first` to `last` (half-open) of a level, all of them built.

        Raises:
            OSError: the file cannot be read.
        """
        size = LEVEL_SIZES[level]
        low, high = first // size, -(-last // size)
        start = LEVEL_STARTS[level] - (_UPPER_START if level >= _KEPT_FROM else 0)
        chunks = self._upper[low:high] if level >= _KEPT_FROM else self._lower_of(range(low, high))
        flat = np.concatenate([chunk[start : start + size] for chunk in chunks])
        return flat[first - low * size : last - low * size]

    def _lower_of(self, numbers: range) -> list[Columns]:
        if all(number in self._lower for number in numbers):
            return [self._lower[number] for number in numbers]
        with open(self._path, "rb") as file:
            for number in numbers:
                if number not in self._lower:
                    data = _read_at(file, number, 0, _UPPER_START)
                    self._lower[number] = np.frombuffer(data, np.uint8).reshape(-1, BANDS)
        found = [self._lower[number] for number in numbers]
        while len(self._lower) > max(_MOST_CHUNKS, len(numbers)):
            self._lower.popitem(last=False)
        return found

    def _read_on(self, file: BinaryIO) -> bool:
        header = _read_header(file)
        if header is None:
            return False
        chunks, complete, built_samples, build = header
        if build != self._build:
            self._build, self._upper = build, []
            self._lower.clear()
        for number in range(len(self._upper), chunks):
            upper = _upper_of(file, number)
            if upper is None:
                return False
            self._upper.append(upper)
        self._built_samples, self.complete = built_samples, complete
        return True


class SpectrumWriter:
    """Writes one track's spectrum as it is built. Use it with `with`.

    A new build takes the name over at once with an empty file and never writes into an old one.

    Raises:
        CannotWrite: from every method.
    """

    def __init__(self, path: Path, duration_ms: int) -> None:
        self._path, self._duration_ms = path, duration_ms
        self._chunks = 0
        self._build = int.from_bytes(os.urandom(8), "little")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-", suffix=SUFFIX)
            self._file = open(handle, "wb", buffering=0)  # noqa: SIM115 — lives as long as this object
            self._write_header(0, complete=False)
            os.replace(temporary, path)
        except OSError as error:
            raise CannotWrite(file=path.name, cause=plain_cause(error)) from error

    def __enter__(self) -> SpectrumWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, chunks: list[Columns], built_samples: int, *, complete: bool = False) -> None:
        """Write the next chunks; the file then covers `built_samples`."""
        try:
            self._file.seek(_HEADER.size + self._chunks * _RECORD_BYTES)
            for chunk in chunks:
                upper = zlib.crc32(chunk[_UPPER_START:].tobytes())
                self._file.write(_CRC.pack(upper) + chunk.tobytes())
            self._chunks += len(chunks)
            self._write_header(built_samples, complete=complete)
        except OSError as error:
            raise CannotWrite(file=self._path.name, cause=plain_cause(error)) from error

    def _write_header(self, built_samples: int, *, complete: bool) -> None:
        fields = (_MAGIC, _VERSION, BANDS, self._chunks, int(complete), built_samples, self._duration_ms, self._build)
        self._file.seek(0)
        self._file.write(_HEADER.pack(*fields))


def _read_header(file: BinaryIO) -> tuple[int, bool, int, int] | None:
    """(chunks, complete, samples built, number of the build), or None: no file of ours."""
    data = file.read(_HEADER.size)
    if len(data) != _HEADER.size:
        return None
    magic, version, bands, chunks, complete, built_samples, _duration_ms, build = _HEADER.unpack(data)
    if (magic, version, bands) != (_MAGIC, _VERSION, BANDS):
        return None
    return chunks, bool(complete), built_samples, build


def _upper_of(file: BinaryIO, number: int) -> Columns | None:
    """The upper levels of a chunk; None where they are damaged."""
    file.seek(_HEADER.size + number * _RECORD_BYTES)
    stored = file.read(_CRC.size)
    try:
        data = _read_at(file, number, _UPPER_START, CHUNK_ROWS)
    except OSError:
        return None
    if len(stored) != _CRC.size or _CRC.unpack(stored)[0] != zlib.crc32(data):
        return None
    return np.frombuffer(data, np.uint8).reshape(-1, BANDS)


def _read_at(file: BinaryIO, number: int, first_row: int, last_row: int) -> bytes:
    file.seek(_HEADER.size + number * _RECORD_BYTES + _CRC.size + first_row * BANDS)
    data = file.read((last_row - first_row) * BANDS)
    if len(data) != (last_row - first_row) * BANDS:
        raise OSError("the spectrum's file ends early")
    return data
