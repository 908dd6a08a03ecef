"""Spectra on disk: a file for each track of each media file, readable while it is being written. Decodes nothing.

The media child writes (`SpectrumWriter`), the window reads (`SpectrumFile`). A file holds chunks of
`core.media.spectrum`; how it grows is in `growing_file`. The upper levels are kept in memory (1.2 MB for an hour), the
lower ones are read where one looks. The CRC-32 of a chunk covers its upper levels: damage below shows as a wrong
picture and breaks nothing.
"""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from typing import BinaryIO

import numpy as np

from core import paths
from core.media.growing_file import CRC_BYTES, GrowingFile, GrowingWriter, Head, Kind, is_whole, record_of
from core.media.spectrum import BANDS, CHUNK_ROWS, CHUNK_SAMPLES, LEVEL_SIZES, LEVEL_STARTS, Columns, columns_of
from core.timecode import ms_from_samples

_KIND = Kind(b"CUESPECT", 2, (BANDS, CHUNK_ROWS), CHUNK_SAMPLES, CHUNK_ROWS * BANDS)
_KEPT_FROM = 2
"""The first level that is kept in memory: a column for 256 ms."""

_UPPER_START = LEVEL_STARTS[_KEPT_FROM]
_MOST_CHUNKS = 48
"""Chunks whose lower levels are kept, 80 KB each: a screen at its widest zoom of that level needs 14."""


def spectrum_path(media_id: str, track: int) -> Path:
    """Where the spectrum of a track lies, whether it is there or not."""
    return paths.cache_dir() / "spectra" / f"{media_id}-{track}.spectrum"


class SpectrumFile(GrowingFile):
    """A spectrum read from a file that may still grow. Keeps no file open.

    Attributes:
        complete: the whole track is covered.
    """

    kind = _KIND

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.complete = False
        self._built_samples = 0
        self._upper: list[Columns] = []
        self._lower: OrderedDict[int, Columns] = OrderedDict()

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

    def _begin(self, _head: Head) -> None:
        self._built_samples, self.complete, self._upper = 0, False, []
        self._lower.clear()

    def _read_on(self, file: BinaryIO, head: Head) -> bool:
        for number in range(len(self._upper), _KIND.chunks_for(head.built_samples)):
            upper = _upper_of(file, number)
            if upper is None:
                return False
            self._upper.append(upper)
        self._built_samples, self.complete = head.built_samples, head.complete
        return True


class SpectrumWriter(GrowingWriter):
    """Writes one track's spectrum as it is built. Use it with `with`.

    Raises:
        DiskFull, CannotWrite: from every method.
    """

    kind = _KIND

    def write(self, chunks: list[Columns], built_samples: int, *, complete: bool = False) -> None:
        """Write the next chunks; the file then covers `built_samples`."""
        records = (record_of(chunk.tobytes(), chunk[_UPPER_START:].tobytes()) for chunk in chunks)
        self._append(records, built_samples, complete=complete)


def _upper_of(file: BinaryIO, number: int) -> Columns | None:
    """The upper levels of a chunk; None where they are damaged."""
    file.seek(_KIND.place(number))
    stored = file.read(CRC_BYTES)
    try:
        data = _read_at(file, number, _UPPER_START, CHUNK_ROWS)
    except OSError:
        return None
    if not is_whole(stored, data):
        return None
    return np.frombuffer(data, np.uint8).reshape(-1, BANDS)


def _read_at(file: BinaryIO, number: int, first_row: int, last_row: int) -> bytes:
    file.seek(_KIND.place(number) + CRC_BYTES + first_row * BANDS)
    data = file.read((last_row - first_row) * BANDS)
    if len(data) != (last_row - first_row) * BANDS:
        raise OSError("the spectrum's file ends early")
    return data
