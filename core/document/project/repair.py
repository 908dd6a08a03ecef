"""What can be taken out of a damaged project: every cue, field and result that is whole. Never writes to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from core.cue import Cue
from core.document.document import REPLACEABLE, BrokenInvariant, Document, check_cues, order_key
from core.document.project.connection import UNREADABLE
from core.document.project.reading import Row, read_cue, read_field, read_stack
from core.document.project.store import CREATED, DEPTH, FIELD
from core.document.project.values import ANYTHING, Damaged, unpacked
from core.document.stack import Stack


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was taken.

    Attributes:
        stack: document and, where they are whole, its steps.
        created: ISO 8601, or "".
        cues_lost: rows whose cue is damaged or gone; at least so many. The last known form of others may stand there.
        fields_lost: names.
        steps_lost: whether the undo list is gone.
        results: rows of the table that are whole.
    """

    stack: Stack
    created: str
    cues_lost: int
    fields_lost: tuple[str, ...]
    steps_lost: bool
    results: tuple[Row, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing worth keeping."""
        return not self.stack.document.cues and not self.results


def salvage(connection: sqlite3.Connection) -> Salvaged:
    """Take what is whole; raises nothing for damage."""
    meta = {name: (body, crc) for name, body, crc in _rows(connection, "meta", "name")}
    cues = dict(_whole_cues(connection))
    found, lost = _placed(connection, cues)
    fields, missing = _fields(meta)
    document = Document(cues=tuple(sorted(found, key=order_key)), **fields)
    stack = _stack(connection, document, cues, meta) if not lost and not missing else None
    return Salvaged(
        stack or Stack(document),
        _or_nothing(meta, CREATED, str, ""),
        lost,
        missing,
        stack is None,
        tuple(row for row in _rows(connection, "results", "name") if _is_whole(row)),
    )


def _rows(connection: sqlite3.Connection, table: str, key: str) -> Iterator[Row]:
    """Every row that can be reached: from the front, and past a bad page from behind."""
    seen: set[object] = set()
    for order in ("ASC", "DESC"):
        try:
            for row in connection.execute(f"SELECT * FROM {table} ORDER BY {key} {order}"):
                if row[0] not in seen:
                    seen.add(row[0])
                    yield row
        except UNREADABLE:
            continue
        return


def _whole_cues(connection: sqlite3.Connection) -> Iterator[tuple[int, Cue]]:
    for version, body, crc in _rows(connection, "cues", "version"):
        try:
            cue = read_cue(body, crc)
            check_cues((cue,))
        except (Damaged, BrokenInvariant):
            continue
        yield version, cue


def _placed(connection: sqlite3.Connection, cues: dict[int, Cue]) -> tuple[list[Cue], int]:
    """(the document's cues, how many are lost). Where some are, the last known form of others takes their place."""
    rows = sorted(_rows(connection, "rows", "place"), key=lambda row: row[0])
    shown: dict[str, Cue] = {}
    for _, version in rows:
        if version in cues:
            shown.setdefault(cues[version].id, cues[version])
    lost = len(rows) - len(shown) + (not _reaches_all(connection, len(rows)))
    return [*shown.values(), *(_last_forms(cues, shown) if lost or not rows else ())], lost


def _last_forms(cues: dict[int, Cue], shown: dict[str, Cue]) -> list[Cue]:
    """Cues that are not shown, as they were last; not those whose words are shown in another cue (split, merged)."""
    latest = {cues[version].id: cues[version] for version in sorted(cues) if cues[version].id not in shown}
    words = {word.id for cue in shown.values() for word in cue.words}
    found = []
    for cue in reversed(latest.values()):
        if words.isdisjoint(word.id for word in cue.words):
            words.update(word.id for word in cue.words)
            found.append(cue)
    return found


def _reaches_all(connection: sqlite3.Connection, count: int) -> bool:
    try:
        return bool(connection.execute("SELECT count(*) FROM rows").fetchone() == (count,))
    except UNREADABLE:
        return False


def _fields(meta: dict[Any, tuple[object, object]]) -> tuple[dict[str, Any], tuple[str, ...]]:
    good: dict[str, Any] = {}
    for name in REPLACEABLE:
        try:
            good[name] = read_field(name, *meta[FIELD + name])
        except (KeyError, Damaged):
            continue
    return good, tuple(sorted(REPLACEABLE - set(good)))


def _stack(
    connection: sqlite3.Connection, document: Document, cues: dict[int, Cue], meta: dict[Any, tuple[object, object]]
) -> Stack | None:
    try:
        rows = connection.execute("SELECT place, part, body, crc FROM steps ORDER BY place, part").fetchall()
        depth = _or_nothing(meta, DEPTH, int, -1)
        return read_stack(document, rows, cues, depth)[0]
    except (Damaged, *UNREADABLE):
        return None


def _or_nothing(meta: dict[Any, tuple[object, object]], name: str, shape: type[Any], nothing: Any) -> Any:
    try:
        return unpacked(*meta[name], shape)
    except (KeyError, Damaged):
        return nothing


def _is_whole(row: Row) -> bool:
    try:
        unpacked(row[1], row[2], ANYTHING)
    except Damaged:
        return False
    return isinstance(row[0], str)
