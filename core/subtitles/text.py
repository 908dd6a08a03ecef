"""Lines of a file's text, whatever system wrote it. Knows no format."""

from __future__ import annotations

import re

BOM = "\ufeff"

_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")


def lines_of(text: str) -> list[str]:
    """`text` parted at LF, CR LF and CR and nowhere else: U+2028, U+0085 and VT are text, unlike in `splitlines`.

    A byte order mark at the start is dropped.

    >>> lines_of("a\\r\\nb\\rc")
    ['a', 'b', 'c']
    """
    return text.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n").split("\n")


def without_blank_lines(text: str) -> str:
    """`text` with LF only and no empty line inside, because an empty line ends a cue in SRT and WebVTT."""
    return _BLANK_LINES.sub("\n", text.replace("\r\n", "\n").replace("\r", "\n")).strip("\n")
