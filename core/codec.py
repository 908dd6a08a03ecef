"""Frozen dataclasses ↔ JSON, strictly typed. Knows no shape of its own; serves processes, projects and results.

msgspec does the work: it checks every field's type on the way in, so a damaged or foreign line is an error and never
a half-filled value.
"""

from __future__ import annotations

import threading
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

DecodeError = msgspec.MsgspecError
"""Raised by `decode` for text that is not JSON or not of the wanted shape."""


def encode(value: object) -> bytes:
    """`value` as compact UTF-8 JSON without newlines."""
    return msgspec.json.encode(value, enc_hook=_to_plain)


def decode(data: bytes | str, shape: type[T]) -> T:
    """JSON back to `shape`.

    Raises:
        DecodeError: not JSON, or not of that shape.
    """
    return _decoder(shape).decode(data)


def plain(value: object) -> Any:
    """`value` as dicts, lists and scalars only."""
    return msgspec.to_builtins(value, enc_hook=_to_plain)


def shaped(value: object, shape: type[T]) -> T:
    """Dicts, lists and scalars back to `shape`.

    Raises:
        DecodeError: not of that shape.
    """
    _decoder(shape)
    return msgspec.convert(value, type=shape, dec_hook=_from_plain)


_decoders: dict[Any, msgspec.json.Decoder[Any]] = {}
_one_at_a_time = threading.Lock()


def _decoder(shape: type[T]) -> msgspec.json.Decoder[T]:
    """What reads `shape`, made once.

    Where a shape is met first, msgspec 0.22 keeps what it finds out about its fields with the class. Two threads that
    meet one class at once crashed in that (signal 11, seen in a media child): one of them has to be first.
    """
    made = _decoders.get(shape)
    if made is None:
        with _one_at_a_time:
            made = _decoders.setdefault(shape, msgspec.json.Decoder(shape, dec_hook=_from_plain))
    return made


def _to_plain(value: Any) -> Any:
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if isinstance(value, Path):
        return str(value)
    raise NotImplementedError(f"no JSON form for {type(value).__name__}")


def _from_plain(shape: type, value: Any) -> Any:
    if shape is Fraction:
        return Fraction(str(value))
    if issubclass(shape, Path):
        return Path(str(value))
    raise NotImplementedError(f"no value of type {shape.__name__} from JSON")
