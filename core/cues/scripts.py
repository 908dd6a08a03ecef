"""What a character is to a line breaker: its width, and whether its script parts words by spaces. Knows no words."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_WIDE = frozenset("WF")
_ZERO_WIDTH = frozenset(("Mn", "Me", "Cf"))

# Han, kana, Bopomofo and their punctuation, compatibility forms; Hangul is left out because Korean has spaces.
_SPACELESS_EAST_ASIAN = (
    (0x2E80, 0x312F),
    (0x31A0, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF01, 0xFF9F),
    (0x20000, 0x3FFFF),
)
# Thai, Lao, Myanmar, Khmer.
_SPACELESS_SOUTH_EAST = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF))


@lru_cache(maxsize=65536)
def columns(text: str) -> int:
    """Columns of `text` as on a terminal: full-width characters 2, marks that sit on others 0, all else 1.

    Width by Unicode's East Asian Width (wide and full-width only; ambiguous characters are narrow).
    """
    if text.isascii():
        return len(text)
    return sum(map(_character_columns, text))


@lru_cache(maxsize=8192)
def _character_columns(character: str) -> int:
    if unicodedata.category(character) in _ZERO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


@lru_cache(maxsize=8192)
def is_cjk(character: str) -> bool:
    """Whether `character` is Han, kana or their punctuation: never a space between two of these."""
    return _within(ord(character), _SPACELESS_EAST_ASIAN)


@lru_cache(maxsize=8192)
def is_spaceless(character: str) -> bool:
    """Whether lines may break beside `character` without a space: CJK, Thai, Lao, Khmer, Myanmar."""
    return is_cjk(character) or _within(ord(character), _SPACELESS_SOUTH_EAST)


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)
