"""Text as the pieces that words are made of. Knows no times.

Scripts with spaces part at white space. Chinese and Japanese part at each character, with the punctuation that
belongs to it; Thai, Lao, Khmer and Burmese part at each letter with its vowel signs, which only comparing texts uses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_CHARACTER = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3041-\u3096\u30a1-\u30fa"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_OPENER = "「『（【〔《〈［｛“‘"
_BEHIND = "\u3001-\u3003\u3099-\u309f\u30fb-\u30ff\ufe00-\ufe0f」』）】〕》〉］｝。，！？：；、…‥—～”’"
_SYLLABIC = "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2\u0eb3\u0ec0-\u0ec6\u1000-\u102a\u1780-\u17b3"
_SIGNS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u17b4-\u17d3"

_UNIT = re.compile(
    rf"[{_OPENER}]*[{_CHARACTER}][{_BEHIND}]*"
    rf"|[{_SYLLABIC}][{_SIGNS}]*"
    rf"|[{_OPENER}]*[^\s{_CHARACTER}{_SYLLABIC}{_OPENER}]+"
    rf"|[{_OPENER}]+"
)
_HAS_CHARACTER = re.compile(f"[{_CHARACTER}]")
_HAS_SYLLABIC = re.compile(f"[{_SYLLABIC}]")
_RUN = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a text: characters first..last, half-open."""

    text: str
    first: int
    last: int


def units(text: str) -> list[Token]:
    """The finest pieces, for comparing: they cover everything but the white space.

    >>> [token.text for token in units("Hi, 你好。 ok")]
    ['Hi,', '你', '好。', 'ok']
    """
    return [Token(match[0], match.start(), match.end()) for match in _UNIT.finditer(text)]


def words_of(text: str) -> list[Token]:
    """The pieces that become words: as `units`, but a run of Thai or Burmese stays one.

    >>> [token.text for token in words_of("你好 สวัสดี")]
    ['你', '好', 'สวัสดี']
    """
    tokens: list[Token] = []
    for run in _RUN.finditer(text):
        if _HAS_CHARACTER.search(run[0]):
            tokens += [Token(u.text, u.first + run.start(), u.last + run.start()) for u in units(run[0])]
        else:
            tokens.append(Token(run[0], run.start(), run.end()))
    return tokens


def white_space(text: str) -> str:
    """White space found in a text as what stands behind a word: "", one blank, or a line break."""
    if len(text.splitlines()) > 1 or (text and text.splitlines() != [text]):
        return "\n"
    return text if len(text) < 2 else " "


def begins_word(character: str) -> bool:
    """Whether this sign belongs to what is behind it: white space or an opening bracket or quote."""
    return character.isspace() or character in _OPENER


def stands_without_space(text: str) -> bool:
    """Whether the text is of a script whose words stand together without spaces."""
    return bool(_HAS_CHARACTER.search(text) or _HAS_SYLLABIC.search(text))


def joint(before: str, behind: str) -> str:
    """What goes between two texts that are joined: a blank, or nothing where their script has none."""
    if not before or not behind or stands_without_space(before[-2:]) or stands_without_space(behind[:2]):
        return ""
    return " "
