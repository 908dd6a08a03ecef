"""Chunk results inside a project: `core.results.Results` that travels with the file. Knows no engine.

Any thread may ask and tell: each call holds the project for one statement or one transaction, so the window's thread
never waits for longer than that.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from core.codec import DecodeError, decode, encode
from core.document.project.connection import sentences, transaction
from core.document.project.values import Damaged, packed, unpacked
from core.progress import Notice
from core.results import ChunkKey
from core.transcript import Segment

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Noted:
    """A segment of which only this is wanted: its words are passed over unread."""

    start_ms: int
    end_ms: int
    notes: tuple[str, ...] = ()


class ProjectResults:
    """Results kept in a project's table. Made by `Project.results`.

    Attributes:
        notices: what could not be read; those chunks are done again.
    """

    def __init__(
        self,
        alone: contextlib.AbstractContextManager[object],
        to_read: Callable[[], sqlite3.Connection],
        to_write: Callable[[], sqlite3.Connection],
        path: Callable[[], Path],
    ) -> None:
        """`alone`: held while the connection is used. The others may give something else after the project was moved;
        both connections raise where they may not be used."""
        self.notices: list[Notice] = []
        self._alone = alone
        self._to_read = to_read
        self._to_write = to_write
        self._path = path

    def get(self, key: ChunkKey) -> Segment | None:
        """The segment stored under `key`, or None."""
        return self._read(_name(key), Segment)

    def put(self, key: ChunkKey, segment: Segment) -> None:
        """Keep `segment`; when this returns it survives a crash.

        Raises:
            WriteError: it could not be kept.
        """
        self.put_all([(key, segment)])

    def put_all(self, found: Iterable[tuple[ChunkKey, Segment]]) -> None:
        """Keep many at once, all or none.

        Raises:
            WriteError: they could not be kept.
        """
        self.put_rows([(_name(key), *packed(segment)) for key, segment in found])

    def put_rows(self, rows: Iterable[tuple[object, ...]]) -> None:
        """Keep rows as they stand in another project's table.

        Raises:
            WriteError: they could not be kept.
        """
        with self._alone, sentences(self._path()):
            connection = self._to_write()
            with transaction(connection):
                connection.executemany("INSERT OR REPLACE INTO results (name, body, crc) VALUES (?, ?, ?)", rows)

    def known_keys(self) -> tuple[ChunkKey, ...]:
        """Of what there are results; costs little beside reading them."""
        found = []
        for name in self._names():
            with contextlib.suppress(DecodeError):
                found.append(decode(name, ChunkKey))
        return tuple(found)

    def items(self) -> tuple[tuple[ChunkKey, Segment], ...]:
        """Everything that can be read; what cannot is done again."""
        return tuple((key, segment) for key in self.known_keys() if (segment := self.get(key)) is not None)

    def spans_noted(self, notes: Collection[str]) -> tuple[tuple[int, int], ...]:
        """(start_ms, end_ms) of the segments that carry one of `notes`, in order."""
        found = (self._read(name, _Noted) for name in self._names())
        return tuple(
            sorted({(one.start_ms, one.end_ms) for one in found if one and not set(notes).isdisjoint(one.notes)})
        )

    def count(self) -> int:
        """How many there are."""
        with self._alone, sentences(self._path()):
            return int(self._to_read().execute("SELECT count(*) FROM results").fetchone()[0])

    def _names(self) -> list[str]:
        with self._alone, sentences(self._path()):
            return [name for (name,) in self._to_read().execute("SELECT name FROM results")]

    def _read(self, name: str, shape: type[T]) -> T | None:
        with self._alone, sentences(self._path()):
            row = self._to_read().execute("SELECT body, crc FROM results WHERE name = ?", (name,)).fetchone()
        if row is None:
            return None
        try:
            body, crc = row
            return unpacked(body, crc, shape)
        except Damaged:
            if not self.notices:
                self.notices.append(_damaged(self._path().name))
            return None


def _name(key: ChunkKey) -> str:
    return encode(key).decode()


def _damaged(name: str) -> Notice:
    text = "Stored results in {file} are damaged in part; that part is done again."
    return Notice("results.damaged", text, {"file": name})
