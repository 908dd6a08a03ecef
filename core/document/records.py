"""What the lines of recovery files say, and how they become JSON and back. Knows no files.

A line is a JSON object with one of the kinds below; readers skip kinds they do not know. Everything is checked on the
way in: a line of a foreign hand gives a `DecodeError`, never a half-filled value.
"""

from __future__ import annotations

import typing
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from core.codec import DecodeError, decode, encode, plain, shaped
from core.document.document import REPLACEABLE, Document
from core.document.edit import Change, Edit, Replace, Splice
from core.results import ChunkKey
from core.transcript import Segment

VERSION = 1

__all__ = [
    "VERSION", "DecodeError", "Header", "Result", "Stepped", "edit_of", "edit_record", "field_of",
    "parse", "replace_of", "replace_record", "text_of",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Header:
    """The first line of a document's recovery file.

    Attributes:
        version: of this file's form.
        created: when, ISO 8601, UTC.
        document: what the work began with.
    """

    version: int
    created: str
    document: Document = field(default_factory=Document)


@dataclass(frozen=True, slots=True)
class ChangeRecord:
    """A change; exactly one is set."""

    splice: Splice | None = None
    replace: Replace | None = None


@dataclass(frozen=True, slots=True)
class EditRecord:
    """An edit."""

    label: str
    changes: tuple[ChangeRecord, ...]
    merge_key: str = ""
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Stepped:
    """A step of the history.

    Attributes:
        number: 1, 2, 3, … without gaps, so that a lost step is noticed.
        step: of `core.document.journal.Step`.
        edit: None for undo and redo: the steps before say which.
        above: for a join, how many steps lie on the one it joins.
    """

    number: int
    step: str
    edit: EditRecord | None = None
    above: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """A chunk's result."""

    key: ChunkKey
    segment: Segment


@dataclass(frozen=True, slots=True)
class _Line:
    header: Header | None = None
    stepped: Stepped | None = None
    result: Result | None = None


Record = Header | Stepped | Result


def text_of(record: Record) -> bytes:
    """A record as the text of a line."""
    name = {Header: "header", Stepped: "stepped", Result: "result"}[type(record)]
    return encode({name: record})


def parse(data: bytes) -> Record | None:
    """The record in a line's text; None for kinds of later versions.

    Raises:
        DecodeError: no record.
    """
    try:
        line = decode(data, _Line)
    except (RecursionError, ValueError, ZeroDivisionError, OverflowError) as error:
        # Too deep, no number, a frame rate over nothing: msgspec passes these on from where it met them.
        raise DecodeError(str(error)) from error
    return line.header or line.stepped or line.result


def edit_record(edit: Edit) -> EditRecord:
    """An edit as a record."""
    changes = tuple(
        ChangeRecord(splice=change) if isinstance(change, Splice) else ChangeRecord(replace=replace_record(change))
        for change in edit.changes
    )
    return EditRecord(edit.label, changes, edit.merge_key, edit.automatic)


def edit_of(record: EditRecord) -> Edit:
    """A record as an edit.

    Raises:
        DecodeError: it changes something a document does not have, or to a value of a wrong kind.
    """
    return Edit(record.label, tuple(map(_change_of, record.changes)), record.merge_key, record.automatic)


def replace_record(change: Replace) -> Replace:
    """A replacement with its values as dicts, lists and scalars."""
    return Replace(change.field, plain(change.before), plain(change.after))


def replace_of(record: Replace) -> Replace:
    """Such a replacement with its values as the document has them.

    Raises:
        DecodeError: of something a document does not have, or of a wrong kind.
    """
    if record.field not in REPLACEABLE:
        raise DecodeError("a change of nothing a document has")
    return Replace(record.field, field_of(record.field, record.before), field_of(record.field, record.after))


def field_of(name: str, value: object) -> Any:
    """A value made of dicts, lists and scalars as the document's field `name` has it.

    Raises:
        DecodeError: it is of a wrong kind.
    """
    try:
        return shaped(value, _shapes()[name])
    except (ValueError, ZeroDivisionError, OverflowError, RecursionError) as error:
        raise DecodeError(str(error)) from error


def _change_of(record: ChangeRecord) -> Change:
    if record.splice is not None:
        return record.splice
    if record.replace is None:
        raise DecodeError("a change of nothing a document has")
    return replace_of(record.replace)


@cache
def _shapes() -> dict[str, Any]:
    return typing.get_type_hints(Document)
