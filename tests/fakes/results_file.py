"""Results in a file of JSON lines, each on disk before `put` returns: a stand-in for the recovery file."""

from __future__ import annotations

import os
from pathlib import Path

from core import codec
from core.results import ChunkKey
from core.transcript import Segment


class ResultsFile:
    """Follows `core.results.Results`."""

    def __init__(self, path: Path) -> None:
        self._segments: dict[ChunkKey, Segment] = {}
        self._file = path.open("ab+")
        self._file.seek(0)
        for line in self._file:
            key, segment = codec.decode(line, tuple[ChunkKey, Segment])
            self._segments[key] = segment

    def __len__(self) -> int:
        return len(self._segments)

    def get(self, key: ChunkKey) -> Segment | None:
        """The segment stored under `key`, or None."""
        return self._segments.get(key)

    def put(self, key: ChunkKey, segment: Segment) -> None:
        """Append a line and sync it."""
        self._file.write(codec.encode((key, segment)) + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())
        self._segments[key] = segment

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def open_results(path: str) -> ResultsFile:
    """The results kept at `path`; a new file where there is none."""
    return ResultsFile(Path(path))
