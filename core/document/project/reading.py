"""From a project's tables back to the document with its undo list, everything checked. Writes nothing.

Strict: whatever is not exactly as this program writes it is `Damaged`; `core.document.project.repair` then takes what
can be taken.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.cue import Cue
from core.document.document import REPLACEABLE, BrokenInvariant, Document, check_cues
from core.document.edit import Edit, Splice
from core.document.project.schema import (
    APPLICATION_ID,
    MAX_CUES,
    MAX_MS,
    MAX_STEPS,
    VERSION,
    master,
    master_of,
)
from core.document.project.store import CREATED, DEPTH, FIELD, Tables, folded
from core.document.project.values import ANYTHING, Damaged, DecodeError, field_of, unpacked, unpacked_step
from core.document.stack import Stack
from core.errors import ProjectUnreadable

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a project holds.

    Attributes:
        tables: with the document and its steps.
        created: when the work began, ISO 8601, UTC.
    """

    tables: Tables
    created: str


def check_ours(connection: sqlite3.Connection, path: Path) -> int:
    """Refuse whatever is not exactly a project; returns the version of its form.

    Raises:
        ProjectUnreadable: another kind of database, one with more in it than ours, or of a later version.
        sqlite3.Error: it is damaged where this stands.
    """
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application_id != APPLICATION_ID or version < 1:
        raise ProjectUnreadable(file=str(path), cause="it is no Cuesmith project")
    if version > VERSION:
        raise ProjectUnreadable(file=str(path), cause="it was made by a newer version of the program")
    if master(connection) != master_of(version):
        raise ProjectUnreadable(file=str(path), cause="it holds other things than a Cuesmith project does")
    return int(version)


def read(connection: sqlite3.Connection) -> Loaded:
    """Everything in the tables but the results.

    Raises:
        Damaged: something is not as it was written.
        sqlite3.Error: SQLite cannot read it.
    """
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise Damaged("its pages do not fit together")
    _check_counts(connection)
    meta = {name: (body, crc) for name, body, crc in connection.execute("SELECT name, body, crc FROM meta")}
    rows = connection.execute("SELECT version, body, crc FROM cues").fetchall()
    cues = {version: read_cue(body, crc) for version, body, crc in rows}
    placed = connection.execute("SELECT place, version FROM rows ORDER BY place").fetchall()
    document = _document(meta, _cues_of(placed, cues))
    steps = connection.execute("SELECT place, part, body, crc FROM steps ORDER BY place, part").fetchall()
    stack, parts = read_stack(document, steps, cues, _value(meta, DEPTH, int))
    versions = {id(cue): (cue, version) for version, cue in cues.items()}
    places = [place for place, _ in placed]
    return Loaded(Tables(stack, places, parts, versions, max(cues, default=0)), _value(meta, CREATED, str))


def read_cue(body: object, crc: object) -> Cue:
    """A version of a cue.

    Raises:
        Damaged: it is not as it was written, or its times cannot be.
    """
    cue = unpacked(body, crc, Cue)
    if not 0 <= cue.start_ms <= cue.end_ms <= MAX_MS:
        raise Damaged(f"a cue from {cue.start_ms} to {cue.end_ms} ms")
    return cue


def read_field(name: str, body: object, crc: object) -> Any:
    """The document's field `name`.

    Raises:
        Damaged: it is not as it was written.
    """
    try:
        return field_of(name, unpacked(body, crc, ANYTHING))
    except DecodeError as error:
        raise Damaged(str(error)) from error


def read_stack(document: Document, rows: Sequence[Row], cues: Mapping[int, Cue], depth: int) -> tuple[Stack, list[int]]:
    """The document with its steps, each tried backward and forward; and how many parts each step has.

    Raises:
        Damaged: a step is missing, or does not fit.
    """
    grouped: list[list[Edit]] = []
    for place, part, body, crc in rows:
        if part == 1:
            grouped.append([])
        if place != len(grouped) or part != len(grouped[-1]) + 1:
            raise Damaged("a step is missing")
        grouped[-1].append(unpacked_step(body, crc, cues))
    if not 0 <= depth <= len(grouped):
        raise Damaged("more steps are done than there are")
    try:
        steps = tuple(map(folded, grouped))
        _try_all(document, [step.reversed() for step in reversed(steps[:depth])])
        _try_all(document, steps[depth:])
    except BrokenInvariant as error:
        raise Damaged(str(error)) from error
    return Stack(document, steps[:depth], tuple(reversed(steps[depth:]))), [len(parts) for parts in grouped]


def check_document(document: Document) -> None:
    """All that must be true of a document.

    Raises:
        Damaged: what is not.
    """
    try:
        check_cues(document.cues)
    except BrokenInvariant as error:
        raise Damaged(str(error)) from error
    if len({cue.id for cue in document.cues}) != len(document.cues):
        raise Damaged("two cues have one name")


def _document(meta: Mapping[str, tuple[object, object]], cues: tuple[Cue, ...]) -> Document:
    missing = [name for name in REPLACEABLE if FIELD + name not in meta]
    if missing:
        raise Damaged(f"{missing[0]} is missing")
    values = {name: read_field(name, *meta[FIELD + name]) for name in REPLACEABLE}
    document = Document(cues=cues, **values)
    check_document(document)
    return document


def _cues_of(placed: Sequence[Row], cues: Mapping[int, Cue]) -> tuple[Cue, ...]:
    try:
        return tuple(cues[version] for _, version in placed)
    except KeyError as error:
        raise Damaged("a row shows a cue that is not there") from error


def _value(meta: Mapping[str, tuple[object, object]], name: str, shape: type[Any]) -> Any:
    if name not in meta:
        raise Damaged(f"{name} is missing")
    return unpacked(*meta[name], shape)


def _check_counts(connection: sqlite3.Connection) -> None:
    for table, most in (("meta", 1_000), ("cues", MAX_CUES), ("rows", MAX_CUES), ("steps", MAX_STEPS)):
        (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
        if count > most:
            raise Damaged(f"{count} {table}")


def _try_all(document: Document, steps: Sequence[Edit]) -> None:
    """Assert that the steps fit one upon the other. On a list changed in place: a long history has thousands."""
    cues = list(document.cues)
    fields = {name: getattr(document, name) for name in REPLACEABLE}
    for step in steps:
        for change in step.changes:
            if isinstance(change, Splice):
                if change.first < 0 or tuple(cues[change.first : change.last_before]) != change.removed:
                    raise BrokenInvariant("a step takes away what is not there")
                cues[change.first : change.last_before] = change.inserted
                check_cues(cues, change.first - 1, change.last_after + 1)
            elif fields[change.field] != change.before:
                raise BrokenInvariant(f"{change.field} is not what a step saw")
            else:
                fields[change.field] = change.after
