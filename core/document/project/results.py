"""Chunk results inside a project: `core.results.Results` that travels with the file. Knows no engine."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

from core.codec import DecodeError, decode, encode
from core.document.project.connection import sentences, transaction
from core.document.project.values import Damaged, packed, unpacked
from core.progress import Notice
from core.results import ChunkKey
from core.transcript import Segment


class ProjectResults:
    """Results kept in a project's table. Made by `Project.results`.

    Attributes:
        notices: what could not be read; those chunks are done again.
    """

    def __init__(
        self,
        to_read: Callable[[], sqlite3.Connection],
        to_write: Callable[[], sqlite3.Connection],
        path: Callable[[], Path],
    ) -> None:
        """All three may give others after the project was moved; `to_write` raises where it may not be written."""
        self.notices: list[Notice] = []
        self._to_read = to_read
        self._to_write = to_write
        self._path = path

    def get(self, key: ChunkKey) -> Segment | None:
        """The segment stored under `key`, or None."""
        with sentences(self._path()):
            row = self._to_read().execute("SELECT body, crc FROM results WHERE name = ?", (_name(key),)).fetchone()
        if row is None:
            return None
        try:
            body, crc = row
            return unpacked(body, crc, Segment)
        except Damaged:
            name = self._path().name
            text = f"Stored results in {name} are damaged in part; that part is done again."
            if not self.notices:
                self.notices.append(Notice("results.damaged", text, {"file": name}))
            return None

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
        with sentences(self._path()):
            connection = self._to_write()
            with transaction(connection):
                connection.executemany("INSERT OR REPLACE INTO results (name, body, crc) VALUES (?, ?, ?)", rows)

    def items(self) -> tuple[tuple[ChunkKey, Segment], ...]:
        """Everything that can be read; what cannot is done again."""
        with sentences(self._path()):
            rows = self._to_read().execute("SELECT name, body, crc FROM results").fetchall()
        found = []
        for name, body, crc in rows:
            with contextlib.suppress(Damaged, DecodeError):
                found.append((decode(name, ChunkKey), unpacked(body, crc, Segment)))
        return tuple(found)

    def count(self) -> int:
        """How many there are."""
        with sentences(self._path()):
            return int(self._to_read().execute("SELECT count(*) FROM results").fetchone()[0])


def _name(key: ChunkKey) -> str:
    return encode(key).decode()
