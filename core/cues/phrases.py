"""Where phrases end in text without spaces. Knows no lines and no costs; BudouX's small models do the work.

BudouX (Google, Apache-2.0) was made for breaking lines of Japanese, Chinese and Thai; it reads three characters to
either side, so a passage's answer never depends on another passage.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import budoux

from core.transcript import Word

_LOADERS = {
    "zh": budoux.load_default_simplified_chinese_parser,
    "yue": budoux.load_default_traditional_chinese_parser,
    "ja": budoux.load_default_japanese_parser,
    "th": budoux.load_default_thai_parser,
}


@cache
def _parser(language: str) -> budoux.Parser:
    return _LOADERS[language]()


def parted_phrases(words: Sequence[Word], language: str) -> frozenset[int]:
    """Indexes of words behind which a line break would part a phrase; empty where no model knows the language."""
    if language not in _LOADERS or not words:
        return frozenset()
    ends = set()
    done = 0
    for phrase in _parser(language).parse("".join(word.text for word in words)):
        done += len(phrase)
        ends.add(done)
    inside = set()
    done = 0
    for index, word in enumerate(words[:-1]):
        done += len(word.text)
        if done not in ends:
            inside.add(index)
    return frozenset(inside)
