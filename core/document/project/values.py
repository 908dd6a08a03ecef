"""Cues and steps as they stand in a project's tables, and back, checked. Knows no database.

A step names its cues by version, so a cue is written once however many steps carry it.
"""

from __future__ import annotations

import typing
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, TypeVar

from core.codec import DecodeError, decode, encode, plain, shaped
from core.cue import Cue
from core.document.document import REPLACEABLE, Document
from core.document.edit import Change, Edit, Replace, Splice
from core.document.project.schema import MAX_VALUE_BYTES
from core.errors import CannotWrite, TooLarge

__all__ = [
    "ANYTHING", "CUE", "HEADER", "LARGEST_BYTES", "OTHER", "Damaged", "DecodeError", "field_of", "packed",
    "packed_step", "unpacked", "unpacked_step",
]  # fmt: skip

T = TypeVar("T")

LARGEST_BYTES: Final = MAX_VALUE_BYTES - 1024**2
"""Of one value; what stands in a row beside it has room in the rest."""

ANYTHING: Final[Any] = Any
"""The shape of whatever JSON can say."""


class Damaged(Exception):
    """Something in a project is not as it was written. Caught where a project is opened; never shown as it is."""


@dataclass(frozen=True, slots=True)
class _Spliced:
    first: int
    removed: tuple[int, ...]
    inserted: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Changed:
    splice: _Spliced | None = None
    replace: Replace | None = None


@dataclass(frozen=True, slots=True)
class _Stored:
    label: str
    changes: tuple[_Changed, ...]
    merge_key: str = ""
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """What a value is to the user, and what to do where it is too large."""

    what: str
    hint: str


CUE = Piece("One cue", "Divide its text among several cues. What is open is whole and can be exported.")
HEADER = Piece(
    "What stands above the cues (styles, embedded fonts and pictures)",
    "Take fonts and pictures out of the file and open it again. What is open is whole and can be exported.",
)
STEP = Piece("One step", "Do it to fewer cues at once.")
OTHER = Piece("One part of the work", "Make it smaller. What is open is whole and can be exported.")


def packed(value: object, piece: Piece = OTHER) -> tuple[bytes, int]:
    """A value as JSON with its checksum.

    Raises:
        CannotWrite: a character in it is no text.
        TooLarge: it has more than `LARGEST_BYTES`.
    """
    try:
        body = encode(value)
    except UnicodeEncodeError as error:
        raise CannotWrite(file="The project", cause="a character in it is no text") from error
    if len(body) > LARGEST_BYTES:
        size_mib, limit_mib = -(-len(body) >> 20), LARGEST_BYTES >> 20
        raise TooLarge(what=piece.what, size_mib=size_mib, limit_mib=limit_mib, hint=piece.hint)
    return body, zlib.crc32(body)


def unpacked(body: object, crc: object, shape: type[T]) -> T:
    """The value back.

    Raises:
        Damaged: the checksum is not its own, or it is of another shape.
    """
    if not isinstance(body, bytes) or zlib.crc32(body) != crc:
        raise Damaged("a value is not as it was written")
    try:
        return decode(body, shape)
    except (DecodeError, RecursionError, ValueError, ZeroDivisionError, OverflowError) as error:
        raise Damaged(str(error)) from error


def packed_step(edit: Edit, version_of: Callable[[Cue], int]) -> tuple[bytes, int]:
    """A step as JSON with its checksum."""
    changes = tuple(
        _Changed(splice=_Spliced(one.first, _versions(one.removed, version_of), _versions(one.inserted, version_of)))
        if isinstance(one, Splice)
        else _Changed(replace=_replaced(one))
        for one in edit.changes
    )
    return packed(_Stored(edit.label, changes, edit.merge_key, edit.automatic), STEP)


def unpacked_step(body: object, crc: object, cues: Mapping[int, Cue]) -> Edit:
    """The step back, with its cues from `cues` by version.

    Raises:
        Damaged: as `unpacked`; or it names a cue that is not there.
    """
    stored = unpacked(body, crc, _Stored)
    return Edit(stored.label, tuple(_change(one, cues) for one in stored.changes), stored.merge_key, stored.automatic)


def field_of(name: str, value: object) -> Any:
    """A value made of dicts, lists and scalars as the document's field `name` has it.

    Raises:
        DecodeError: it is of a wrong kind.
    """
    try:
        return shaped(value, _shapes()[name])
    except (ValueError, ZeroDivisionError, OverflowError, RecursionError) as error:
        raise DecodeError(str(error)) from error


@cache
def _shapes() -> dict[str, Any]:
    return typing.get_type_hints(Document)


def _replaced(change: Replace) -> Replace:
    return Replace(change.field, plain(change.before), plain(change.after))


def _replace(stored: Replace) -> Replace:
    if stored.field not in REPLACEABLE:
        raise DecodeError("a change of nothing a document has")
    return Replace(stored.field, field_of(stored.field, stored.before), field_of(stored.field, stored.after))


def _versions(cues: Sequence[Cue], version_of: Callable[[Cue], int]) -> tuple[int, ...]:
    return tuple(map(version_of, cues))


def _change(stored: _Changed, cues: Mapping[int, Cue]) -> Change:
    try:
        if stored.splice is not None:
            removed, inserted = (tuple(cues[n] for n in ns) for ns in (stored.splice.removed, stored.splice.inserted))
            return Splice(stored.splice.first, removed, inserted)
        if stored.replace is not None:
            return _replace(stored.replace)
    except (KeyError, DecodeError) as error:
        raise Damaged(f"a step changes what is not there: {error}") from error
    raise Damaged("a step changes nothing a document has")
