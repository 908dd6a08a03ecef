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
_FONT = re.compile(r"^fontname:.*$", re.IGNORECASE | re.MULTILINE)
_BASE64 = f"{string.ascii_uppercase}{string.ascii_lowercase}{string.digits}+/"
_AS_BASE64 = {ord("!") + bits: letter for bits, letter in enumerate(_BASE64)} | {ord("\n"): ""}


def names_of(header: str) -> frozenset[str]:
    """All names the header's own fonts can be asked for by, casefolded."""
    return frozenset(name for data in _fonts_in(header) for name in fonts.names_in(data))


def _fonts_in(header: str) -> Iterator[bytes]:
    section = _SECTION.search(header)
    if section is not None:
        for text in _FONT.split(header[section.end() : _end_of(header, section.end())])[1:]:
            yield _decoded(text)


def _end_of(header: str, at: int) -> int:
    """Where the next section begins: a bracket may begin a line of a font, too, but small letters are in none."""
    while (at := header.find("\n[", at + 1)) >= 0:
        if re.match(r"\n\[[^\]\n]*[a-z]", header[at : at + 80]):
            return at
    return len(header)


def _decoded(text: str) -> bytes:
    """The bytes; b"" for what is no font's text."""
    letters = text.translate(_AS_BASE64)
    try:
        return base64.b64decode(letters + "=" * (-len(letters) % 4))
    except ValueError:
        return b""
