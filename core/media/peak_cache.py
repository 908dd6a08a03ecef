"""Peaks on disk: a file for each track of each media file, readable while it is still being written. Decodes nothing.

The media child writes (`PeaksWriter`), the window reads (`PeaksFile`). A file holds chunks of `core.media.peaks`; how
it grows is in `growing_file`. Files are named by media id, so a moved film keeps its peaks.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import numpy as np

from core import paths
from core.media.growing_file import CRC_BYTES, GrowingFile, GrowingWriter, Head, Kind, is_whole, record_of
from core.media.peaks import CHUNK_ROWS, CHUNK_SAMPLES, HOP_SAMPLES, Peaks

_KIND = Kind(b"CUEPEAKS", 1, (HOP_SAMPLES, CHUNK_ROWS), CHUNK_SAMPLES, CHUNK_ROWS * 3)


def peaks_path(media_id: str, track: int) -> Path:
    """Where the peaks of a track lie, whether they are there or not."""
    return paths.cache_dir() / "peaks" / f"{media_id}-{track}.peaks"


class PeaksFile(GrowingFile):
    """Peaks read from a file that may still grow. Keeps no file open.

    Attributes:
        peaks: what has been read so far; `refresh` reads on.
    """

    kind = _KIND

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.peaks = Peaks()
        self._chunks = 0

    def _begin(self, head: Head) -> None:
        self._chunks, self.peaks = 0, Peaks(head.duration_ms)

    def _read_on(self, file: BinaryIO, head: Head) -> bool:
        wanted, size = _KIND.chunks_for(head.built_samples), _KIND.record_bytes
        file.seek(_KIND.place(self._chunks))
        data = file.read((wanted - self._chunks) * size)
        records = np.frombuffer(data[: len(data) // size * size], np.uint8).reshape(-1, size)
        if len(records) != wanted - self._chunks or not all(_is_whole(record) for record in records):
            return False
        if len(records):
            rows = records[:, CRC_BYTES:].view(np.int8).reshape(-1, CHUNK_ROWS, 3)
            self.peaks.put_chunks(self._chunks, rows, head.built_samples)
            self._chunks = wanted
        self.peaks.complete = head.complete
        return True


class PeaksWriter(GrowingWriter):
    """Writes one track's peaks as they are built. Close it, or use it with `with`.

    Raises:
        DiskFull, CannotWrite: from every method.
    """

    kind = _KIND

    def write(self, peaks: Peaks) -> None:
        """Write the chunks of `peaks` that are full and not yet written."""
        full = peaks.built_samples // CHUNK_SAMPLES
        if full > self._chunks:
            self._write_up_to(peaks, full * CHUNK_SAMPLES, complete=False)

    def finish(self, peaks: Peaks) -> None:
        """Write the rest and mark the file complete."""
        self._write_up_to(peaks, peaks.built_samples, complete=True)

    def _write_up_to(self, peaks: Peaks, built_samples: int, *, complete: bool) -> None:
        numbers = range(self._chunks, _KIND.chunks_for(built_samples))
        self._append((record_of(peaks.chunk(number).tobytes()) for number in numbers), built_samples, complete=complete)


def _is_whole(record: np.ndarray) -> bool:
    return is_whole(record[:CRC_BYTES].tobytes(), record[CRC_BYTES:].tobytes())
