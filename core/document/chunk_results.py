"""Chunk results in a file of JSON lines: `core.results.Results` that survives. Knows no engine and no document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from core.codec import DecodeError, decode, encode
from core.document.lines import LineFile, read_lines
from core.progress import Notice
from core.results import ChunkKey
from core.transcript import Segment

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Result:
    key: ChunkKey
    segment: Segment


@dataclass(frozen=True, slots=True)
class _Line:
    """What a line says; other kinds are passed over."""

    result: _Result | None = None


@dataclass(frozen=True, slots=True)
class _Named:
    key: ChunkKey


@dataclass(frozen=True, slots=True)
class _NameLine:
    """A line of which only the key is wanted: its segment is passed over unread."""

    result: _Named | None = None


def open_results(path: Path | str) -> FileResults:
    """The chunk results kept in a file, which is made by the first; usable in a `with` statement."""
    return FileResults(Path(path))


def keys_in(path: Path) -> set[ChunkKey]:
    """Of what results are kept in a file; costs a small part of reading them.

    Raises:
        ProjectUnreadable: it cannot be read.
    """
    try:
        if not path.exists():
            return set()
    except OSError:
        return set()  # a folder nobody may look into: writing will say why
    found = (_said(line.data, _NameLine) for line in read_lines(path) if line.ended and line.data is not None)
    return {one.result.key for one in found if one is not None and one.result is not None}


def add_results(path: Path, found: Iterable[tuple[ChunkKey, Segment]]) -> None:
    """Keep many results at once in a file that others may have open: all or none; they survive a crash.

    Raises:
        WriteError: they could not be kept.
    """
    file = LineFile(path)
    try:
        file.append(*(encode(_Line(_Result(key, segment))) for key, segment in found))
    finally:
        file.close()


class FileResults:
    """Chunk results of one media file. Several processes may share the file; each sees what was there when it asks.

    Attributes:
        notices: what could not be read; those chunks are done again.
    """

    def __init__(self, path: Path) -> None:
        self.notices: list[Notice] = []
        self._file = LineFile(path)
        self._segments: dict[ChunkKey, Segment] = {}
        self._read_to = 0
        self._read_news()

    def __enter__(self) -> FileResults:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def get(self, key: ChunkKey) -> Segment | None:
        """The segment stored under `key`, also by another process since, or None."""
        if key not in self._segments:
            self._read_news()
        return self._segments.get(key)

    def items(self) -> tuple[tuple[ChunkKey, Segment], ...]:
        """Everything that is there now."""
        self._read_news()
        return tuple(self._segments.items())

    def put(self, key: ChunkKey, segment: Segment) -> None:
        """Keep `segment`; when this returns it survives a crash.

        Raises:
            WriteError: it could not be kept.
        """
        self._file.append(encode(_Line(_Result(key, segment))))
        self._segments[key] = segment

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def _read_news(self) -> None:
        """Read what came behind the last whole line read."""
        path = self._file.path
        try:
            if not path.exists() or path.stat().st_size <= self._read_to:
                return
        except OSError:
            return  # unreadable now: chunks are done again, and writing will say why
        for line in read_lines(path, first_byte=self._read_to):
            if not line.ended:
                break  # another process is writing it, or a crash cut it; the next line will tell
            self._read_to = line.end
            self._take(line.data)

    def _take(self, data: bytes | None) -> None:
        line = _said(data, _Line) if data is not None else None
        if line is not None and line.result is not None:
            self._segments[line.result.key] = line.result.segment
        elif line is None and not self.notices:
            name = self._file.path.name
            text = "Stored results in {file} are damaged in part; that part is done again."
            self.notices.append(Notice("results.damaged", text, {"file": name}))


def _said(data: bytes, shape: type[T]) -> T | None:
    """What a line says, or None where it is not of this shape."""
    try:
        return decode(data, shape)
    except (DecodeError, RecursionError, ValueError, OverflowError):
        return None
