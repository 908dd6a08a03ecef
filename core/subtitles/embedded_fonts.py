"""Fonts that an ASS header carries with it (section [Fonts]). Knows no font's inside: `core.fonts` reads them.

Their bytes are written as text, six bits a character from "!" on (the Sub Station Alpha v4.00+ specification, 9).
"""

from __future__ import annotations

import base64
import re
import string
from collections.abc import Iterator

from core import fonts

_SECTION = re.compile(r"^\[fonts\][ \t]*$", re.IGNORECASE | re.MULTILINE)
_BULKY = re.compile(r"^\[(?:fonts|graphics)\][ \t]*$", re.IGNORECASE | re.MULTILINE)
_FONT = re.compile(rb"\nfontname:[^\n]*")
_BASE64 = f"{string.ascii_uppercase}{string.ascii_lowercase}{string.digits}+/".encode()
_AS_BASE64 = bytes.maketrans(bytes(range(ord("!"), ord("!") + len(_BASE64))), _BASE64)


def names_of(header: str) -> frozenset[str]:
    """All names the header's own fonts can be asked for by, casefolded."""
    return frozenset(name for data in _fonts_in(header) for name in fonts.names_in(data))


def without(header: str) -> str:
    """The header but for its fonts and pictures, which may be megabytes: for who looks for single lines of it."""
    kept, at = [], 0
    while section := _BULKY.search(header, at):
        kept.append(header[at : section.start()])
        at = _end_of(header, section.end() - 1)
    return "".join([*kept, header[at:]])


def _fonts_in(header: str) -> Iterator[bytes]:
    section = _SECTION.search(header)
    if section is not None:
        text = header[section.end() : _end_of(header, section.end())].encode("ascii", "ignore")
        yield from map(_decoded, _FONT.split(text)[1:])


def _end_of(header: str, at: int) -> int:
    """Where the next section begins: a bracket may begin a line of a font, too, but small letters are in none."""
    while (at := header.find("\n[", at + 1)) >= 0:
        if re.match(r"\n\[[^\]\n]*[a-z]", header[at : at + 80]):
            return at
    return len(header)


def _decoded(text: bytes) -> bytes:
    """The bytes; b"" for what is no font's text."""
    letters = text.translate(_AS_BASE64, b"\n")
    try:
        return base64.b64decode(letters + b"=" * (-len(letters) % 4))
    except ValueError:
        return b""
