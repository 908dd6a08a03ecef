"""What was chosen in the export dialog last time. Knows no dialog."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QByteArray

from app.remembered import Remembered
from core.codec import DecodeError, decode, encode

_NAME = "export"


@dataclass(frozen=True, slots=True)
class LastChoice:
    """Formats by id, the codec's name, and what ends a line."""

    formats: tuple[str, ...] = ("srt",)
    encoding: str = ""
    newline: str = ""


def recalled(remembered: Remembered) -> LastChoice:
    """The choice of last time; SRT for the first time."""
    state = bytes(remembered.state(_NAME).data())
    try:
        return decode(state, LastChoice) if state else LastChoice()
    except DecodeError:  # kept by another version: losing it costs a click
        return LastChoice()


def keep(remembered: Remembered, choice: LastChoice) -> None:
    """Remember a choice."""
    remembered.keep_state(_NAME, QByteArray(encode(choice)))
