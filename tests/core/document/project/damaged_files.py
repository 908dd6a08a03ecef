"""Project files as accidents and strangers leave them, made from a whole one by a seeded `random.Random`."""

from __future__ import annotations

import io
import random
import sqlite3
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from core.document.project.schema import APPLICATION_ID

Maker = Callable[[random.Random, bytes, Path], bytes]

_PAGE_BYTES = 4096

FOREIGN_SQL = (
    "CREATE TRIGGER t AFTER INSERT ON rows BEGIN DELETE FROM cues; END",
    "CREATE VIEW v AS SELECT load_extension('/tmp/x.so')",
    "CREATE TABLE more (x)",
    "CREATE INDEX i ON rows (version)",
    "ALTER TABLE meta ADD COLUMN more TEXT",
    "DROP TABLE results",
    "ANALYZE",
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'CREATE TABLE rows (x)' WHERE name = 'rows'",
    "PRAGMA user_version = 999",
    "PRAGMA user_version = 0",
    "PRAGMA application_id = 0",
)

HOSTILE_SQL = (
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET rootpage = 2",
    "INSERT INTO meta SELECT 'x' || value, zeroblob(9), 0 FROM generate",
    "INSERT INTO cues SELECT value + 100000, zeroblob(100), 0 FROM generate",
    "INSERT INTO rows SELECT value * 7, 1 FROM generate",
    "UPDATE rows SET version = 999999",
    "UPDATE rows SET version = 1",
    "UPDATE rows SET place = -place",
    "UPDATE cues SET body = CAST(body || ' ' AS BLOB)",
    "DELETE FROM cues WHERE version % 2",
    "DELETE FROM meta WHERE name = 'depth'",
    "DELETE FROM meta",
    "DELETE FROM steps WHERE place = 2",
    "UPDATE steps SET place = place + 500",
    "UPDATE steps SET part = 9",
    "DELETE FROM rows",
    "DELETE FROM rows; DELETE FROM cues; DELETE FROM steps",
)

_LIES = (
    ("meta", b"-1"), ("meta", b"99999999"), ("meta", b"1e999"), ("meta", b'"x"'), ("meta", b"[" * 50_000),
    ("meta", b"\xff"), ("meta", b'"1/0"'), ("meta", b'{"path":1}'), ("meta", b"null"),
    ("cues", b"{}"), ("cues", b'{"words":[],"start_ms":5,"end_ms":4}'),
    ("cues", b'{"words":[],"start_ms":0,"end_ms":999999999999999999999999}'),
    ("cues", b'{"words":[],"start_ms":0,"end_ms":99999999999}'), ("cues", b'{"words":[],"start_ms":-9,"end_ms":4}'),
    ("cues", b'{"words":[{"text":" ","start_ms":0,"end_ms":1}],"start_ms":0,"end_ms":4}'),
    ("cues", b'{"words":[{"text":"a","start_ms":3,"end_ms":9}],"start_ms":0,"end_ms":4}'),
    ("steps", b'{"label":"x","changes":[{}]}'),
    ("steps", b'{"label":"x","changes":[{"splice":{"first":-3,"removed":[],"inserted":[1]}}]}'),
    ("steps", b'{"label":"x","changes":[{"splice":{"first":0,"removed":[77777],"inserted":[]}}]}'),
    ("steps", b'{"label":"x","changes":[{"replace":{"field":"__class__","before":1,"after":2}}]}'),
    ("steps", b'{"label":"x","changes":[{"replace":{"field":"bookmarks","before":1,"after":2}}]}'),
)  # fmt: skip


def flipped_bits(rng: random.Random, whole: bytes, _: Path) -> bytes:
    broken = bytearray(whole)
    for _n in range(rng.choice([1, 2, 5, 40])):
        broken[rng.randrange(len(broken))] ^= 1 << rng.randrange(8)
    return bytes(broken)


def flipped_bits_in_the_beginning(rng: random.Random, whole: bytes, _: Path) -> bytes:
    broken = bytearray(whole)
    for _n in range(rng.randrange(1, 6)):
        broken[rng.randrange(16, 200)] = rng.randrange(256)
    return bytes(broken)


def noise_in_a_page(rng: random.Random, whole: bytes, _: Path) -> bytes:
    start = rng.randrange(len(whole) // _PAGE_BYTES) * _PAGE_BYTES
    page = rng.choice([bytes(_PAGE_BYTES), rng.randbytes(_PAGE_BYTES), whole[:_PAGE_BYTES]])
    return whole[:start] + page + whole[start + _PAGE_BYTES :]


def two_pages_swapped(rng: random.Random, whole: bytes, _: Path) -> bytes:
    count = len(whole) // _PAGE_BYTES
    one, two = sorted(rng.sample(range(count), 2))
    pages = [whole[n * _PAGE_BYTES : (n + 1) * _PAGE_BYTES] for n in range(count)]
    pages[one], pages[two] = pages[two], pages[one]
    return b"".join(pages)


def cut_short(rng: random.Random, whole: bytes, _: Path) -> bytes:
    return whole[: rng.choice([0, 1, 99, 100, rng.randrange(len(whole)), len(whole) - _PAGE_BYTES, len(whole) - 1])]


def longer(rng: random.Random, whole: bytes, _: Path) -> bytes:
    return whole + rng.randbytes(rng.choice([1, _PAGE_BYTES, 3 * _PAGE_BYTES]))


def another_kind(rng: random.Random, whole: bytes, _: Path) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("film.cuesmith", whole[:5000])
    head = whole[:68] + APPLICATION_ID.to_bytes(4, "big") + bytes(28)
    return rng.choice(
        [packed.getvalue(), b"1\n00:00:01,000 --> 00:00:02,000\nhi\n", rng.randbytes(9000), head + rng.randbytes(4000)]
    )


def foreign_declarations(rng: random.Random, whole: bytes, scratch: Path) -> bytes:
    return changed(whole, scratch, rng.choice(FOREIGN_SQL))


def hostile_rows(rng: random.Random, whole: bytes, scratch: Path) -> bytes:
    return changed(whole, scratch, rng.choice(HOSTILE_SQL))


def a_lie_with_its_checksum(rng: random.Random, whole: bytes, scratch: Path) -> bytes:
    table, body = rng.choice(_LIES)
    return changed(whole, scratch, "", (table, body, rng.random()))


MAKERS: tuple[Maker, ...] = (
    flipped_bits, flipped_bits, flipped_bits_in_the_beginning, noise_in_a_page, two_pages_swapped, cut_short, longer,
    another_kind, foreign_declarations, hostile_rows, a_lie_with_its_checksum,
)  # fmt: skip


def changed(whole: bytes, scratch: Path, script: str, lie: tuple[str, bytes, float] | None = None) -> bytes:
    scratch.write_bytes(whole)
    connection = sqlite3.connect(scratch, isolation_level=None)
    try:
        if "generate" in script:
            connection.execute("CREATE TEMP TABLE generate (value)")
            connection.executemany("INSERT INTO generate VALUES (?)", [(n,) for n in range(2_000)])
        connection.executescript(script)
        if lie is not None:
            _tell(connection, *lie)
    finally:
        connection.close()
    return scratch.read_bytes()


def _tell(connection: sqlite3.Connection, table: str, body: bytes, which: float) -> None:
    key = {"meta": "name", "cues": "version", "steps": "place"}[table]
    keys = connection.execute(f"SELECT {key} FROM {table} ORDER BY {key}").fetchall()
    chosen = keys[int(which * len(keys))]
    connection.execute(f"UPDATE {table} SET body = ?, crc = ? WHERE {key} = ?", (body, zlib.crc32(body), *chosen))
