"""Which parts of a text are words to be looked up, and how dictionaries write them. Knows no dictionary.

Words are parted as people see them: a vowel sign, an accent or a joiner belongs to the letter before it (Unicode
Standard Annex 29), so Hindi, Thai, Arabic with its vowels and letters in two parts ("e" and its accent) stay whole.
Words come composed (NFC), as dictionaries keep them.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

_SHY, _TATWEEL = "\u00ad", "\u0640"
_BARE = str.maketrans({"’": "'", "ʼ": "'", "׳": "'", "״": '"', "‐": "-", "‑": "-", _SHY: "", _TATWEEL: ""})
"""Typographic forms dictionaries know in another way, and what only stretches or parts a word on the screen."""

_VOWELS = re.compile("[\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0591-\u05bd\u05bf\u05c1-\u05c7]")
"""Arabic and Hebrew vowel signs: written for learners and in verse, and in no dictionary."""

_RUN_TOGETHER = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Thai, Lao, Myanmar, Khmer: no spaces between words."""


def words_in(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word that is looked up, as dictionaries write it, with its first character and one past its last.

    Words in capitals, single letters, Chinese and kana (which no such dictionary has), and what holds digits or is an
    address are not.
    """
    for match in _tokens().finditer(text):
        if match["word"] is None:
            continue
        word = unicodedata.normalize("NFC", match["word"].translate(_BARE))
        if len(word) > 1 and not word.isupper():
            yield word, match.start(), match.end()


def forms(word: str) -> tuple[str, ...]:
    """`word` as `words_in` gives it, and without vowel signs where it has some: a dictionary may have either."""
    plain = _VOWELS.sub("", word)
    return (word,) if plain in ("", word) else (word, plain)


def runs_together(word: str) -> bool:
    """Whether `word` is of a script without spaces, so that it may be several words."""
    return _RUN_TOGETHER.match(word) is not None


@functools.cache
def _tokens() -> Any:
    """Loaded when first wanted: the window starts without it."""
    import regex

    letter = r"(?:(?![\p{Han}\p{Hiragana}\p{Katakana}])\p{L})"
    sign = rf"[\p{{M}}\u200c\u200d{_SHY}]"
    inside = rf"(?:{letter}|{sign})"
    address = r"(?:https?://|www\.)\S++|[\w.+-]{1,64}+@[\w-]{1,64}+(?:\.[\w-]{1,64}+)+|\w{1,64}+(?:\.\w{1,64}+){2,}"
    numbered = rf"{inside}*+[\p{{N}}_](?:{inside}|[\p{{N}}_])*+"
    word = rf"(?P<word>{letter}{inside}*+(?:['’\-‐‑·׳״]{letter}{inside}*+)*+)"
    # Signs without a letter are passed as one: begun again at each of them, a long row would take minutes.
    return regex.compile(rf"{address}|{numbered}|{word}|{sign}++")
