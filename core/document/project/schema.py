"""What is in a project file: tables, numbers that name it, limits, and how older forms become this one. Opens nothing.

    meta     the document's fields but its cues, and how many steps are done (`depth`); values are JSON
    cues     versions of cues, each written once; rows and steps name them by number
    rows     the document's cues in order of `place`; places leave gaps, so that a cue put between moves no other
    steps    the history in order: places 1…depth are done, the others can be redone; a step may grow in parts
    results  what engines made of chunks, by `core.results.ChunkKey`

Every value has its CRC-32 beside it: a flipped bit in a text is damage and not another text.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

APPLICATION_ID: Final = 0x43554531
"""In the file's header, as SQLite asks (“CUE1”): tells a project from any other database before it is opened."""

MAX_FILE_BYTES: Final = 4 * 1024**3
"""A film of 24 hours with all its results is under 1 GB."""

MAX_VALUE_BYTES: Final = 64 * 1024**2
MAX_CUES: Final = 2_000_000
"""Versions of cues; a film of 3 hours has 5,000 cues."""

MAX_STEPS: Final = 1_000_000
MAX_MS: Final = 2**31 - 1
"""The longest time there is, 596 hours: what Qt's signals can carry."""

_FIRST: Final = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, body BLOB NOT NULL, crc INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE cues (version INTEGER PRIMARY KEY, body BLOB NOT NULL, crc INTEGER NOT NULL) STRICT",
    "CREATE TABLE rows (place INTEGER PRIMARY KEY, version INTEGER NOT NULL) STRICT",
    "CREATE TABLE steps (place INTEGER NOT NULL, part INTEGER NOT NULL, body BLOB NOT NULL, crc INTEGER NOT NULL,"
    " PRIMARY KEY (place, part)) STRICT, WITHOUT ROWID",
    "CREATE TABLE results (name TEXT PRIMARY KEY, body BLOB NOT NULL, crc INTEGER NOT NULL) STRICT, WITHOUT ROWID",
)

MIGRATIONS: Sequence[Sequence[str]] = (_FIRST,)
"""Statements that make version n + 1 of version n; the first make an empty project. Only ever appended to."""

VERSION: Final = len(MIGRATIONS)

Master = frozenset[tuple[object, ...]]


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Bring tables of `version` (0 = none) to today's, inside the transaction of the caller."""
    for statements in MIGRATIONS[version:]:
        for statement in statements:
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def master(connection: sqlite3.Connection) -> Master:
    """Everything the database declares: tables, indexes, views, triggers."""
    return frozenset(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall())


def master_of(version: int) -> Master:
    """What a project of `version` declares, asked from SQLite itself."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for statements in MIGRATIONS[:version]:
            for statement in statements:
                connection.execute(statement)
        return master(connection)
    finally:
        connection.close()
