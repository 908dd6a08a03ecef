"""Text that stands without spaces in words, by the letters it is made of. Knows no language, format or sound.

CJK is parted by character (`core.cjk`), Thai by BudouX's model for lines: its parts are short words, sometimes halves
of long ones, so a line may break inside a rare word, but no line must hold a whole passage. Lao, Khmer and Burmese have
no model here and stay whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

import budoux

from core.cjk import split_cjk
from core.transcript import split_text

_THAI = re.compile("[\u0e01-\u0e4e]")
_REPEATS = "\u0e46"
"""Mai yamok, which says the word before it again."""


def split_spaceless(token: str) -> list[str]:
    """A token without white space in words that join to it again; punctuation stays with its neighbour.

    >>> split_spaceless("床前，"), split_spaceless("อีกไม่นาน!"), split_spaceless("don't")
    (['床', '前，'], ['อีก', 'ไม่', 'นาน!'], ["don't"])
    """
    if _THAI.search(token) is None:
        return split_cjk(token)
    return [part for phrase in _thai(token) for part in split_cjk(phrase)]


def split_words(text: str) -> Iterator[tuple[str, str]]:
    """`text` as (word, white space behind it) pairs: `split_text`'s, and parted where a script has no spaces."""
    for token, after in split_text(text):
        *first, last = split_spaceless(token)
        yield from ((part, "") for part in first)
        yield last, after


def _thai(token: str) -> list[str]:
    parts: list[str] = []
    for phrase in _parser().parse(token):
        if parts and (_leans_back(phrase) or not _has_letters(parts[-1])):
            parts[-1] += phrase
        else:
            parts.append(phrase)
    return parts


def _leans_back(phrase: str) -> bool:
    return not _has_letters(phrase) or phrase[0] == _REPEATS or unicodedata.category(phrase[0]).startswith("M")


def _has_letters(text: str) -> bool:
    return any(map(str.isalnum, text))


@cache
def _parser() -> budoux.Parser:
    return budoux.load_default_thai_parser()
