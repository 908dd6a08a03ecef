"""WebVTT cue settings, by the specification's algorithm (W3C WebVTT, §6.3). Knows no cue text and no files."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

_PERCENTAGE = re.compile(r"\d+(?:\.\d+)?%", re.ASCII)
_LINE_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_LONGEST_NUMBER = 400
"""Digits beyond which a number is refused: `float` would make infinity of it."""


@dataclass(frozen=True, slots=True)
class CueSettings:
    """Where a cue stands, as the specification names it.

    Attributes:
        line: line number, or percentage where `snap_to_lines` is False; None = auto.
        position: percentage; None = auto.
        size: percentage.
    """

    region: str = ""
    vertical: str = ""
    line: float | None = None
    snap_to_lines: bool = True
    line_align: str = "start"
    position: float | None = None
    position_align: str = "auto"
    size: float = 100
    align: str = "center"


def parse_settings(text: str, regions: frozenset[str] = frozenset()) -> CueSettings:
    """The settings behind a cue's times; what is not understood is passed over, as players do."""
    settings = CueSettings()
    for part in text.split():
        name, colon, value = part.partition(":")
        if name and colon and value and name in _READERS:
            settings = _READERS[name](settings, value)
    if settings.region not in regions:
        settings = replace(settings, region="")
    if settings.line is not None or settings.size != 100 or settings.vertical:
        settings = replace(settings, region="")
    return settings


def percentage(text: str) -> float | None:
    """0..100 out of "42%" or "42.5%", else None."""
    if len(text) > _LONGEST_NUMBER or _PERCENTAGE.fullmatch(text) is None:
        return None
    value = float(text[:-1])
    return value if value <= 100 else None


def _vertical(settings: CueSettings, value: str) -> CueSettings:
    return replace(settings, vertical=value) if value in ("rl", "lr") else settings


def _line(settings: CueSettings, value: str) -> CueSettings:
    where, _, align = value.partition(",")
    if where.endswith("%"):
        number, snap = percentage(where), False
    else:
        proper = len(where) <= _LONGEST_NUMBER and _LINE_NUMBER.fullmatch(where)
        number, snap = (float(where) if proper else None), True
    if number is None:
        return settings
    # An alignment of an unknown name is passed over and the number kept: what browsers do (web-platform-tests,
    # settings-line.vtt), though the text of the specification drops the whole setting.
    align = align if align in ("start", "center", "end") else settings.line_align
    return replace(settings, line=number, snap_to_lines=snap, line_align=align)


def _position(settings: CueSettings, value: str) -> CueSettings:
    where, _, align = value.partition(",")
    number = percentage(where)
    if number is None:
        return settings
    align = align if align in ("line-left", "center", "line-right") else settings.position_align
    return replace(settings, position=number, position_align=align)


def _size(settings: CueSettings, value: str) -> CueSettings:
    number = percentage(value)
    return settings if number is None else replace(settings, size=number)


def _align(settings: CueSettings, value: str) -> CueSettings:
    return replace(settings, align=value) if value in ("start", "center", "end", "left", "right") else settings


def _region(settings: CueSettings, value: str) -> CueSettings:
    return replace(settings, region=value)


_READERS: dict[str, Callable[[CueSettings, str], CueSettings]] = {
    "region": _region,
    "vertical": _vertical,
    "line": _line,
    "position": _position,
    "size": _size,
    "align": _align,
}
