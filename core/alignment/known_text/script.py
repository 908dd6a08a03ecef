"""A given text as lines, words and spoken units. Knows no sound and no times.

A unit is what is compared with heard words: a spoken English word ("1984" has two: nineteen, eighty-four has three),
elsewhere a written word without its punctuation, or one CJK character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.alignment.spoken import heading_words, spoken_words
from core.transcript import split_text

Speak = Callable[[str], tuple[str, ...]]
"""A written word to the units that are spoken for it; () where nothing is."""

_CJK = re.compile("[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Token:
    """A written word of the text.

    Attributes:
        text, after: as in `Word`.
        line: index of its line in `Script.lines`.
        units: half-open range of its units in `Script.units`; empty where it is not spoken ("—").
    """

    text: str
    after: str
    line: int
    units: range


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text, which becomes a cue.

    Attributes:
        number: in the text as given, 1 = first.
        text: as given; may hold line breaks where it comes from a subtitle.
        tokens: half-open range in `Script.tokens`.
        units: half-open range in `Script.units`.
    """

    number: int
    text: str
    tokens: range
    units: range


@dataclass(frozen=True, slots=True)
class Script:
    """A text made ready. `unit_tokens[u]` is the index of the token that unit `u` belongs to."""

    lines: tuple[Line, ...]
    tokens: tuple[Token, ...]
    units: tuple[str, ...]
    unit_tokens: tuple[int, ...]


def script_of(lines: Sequence[str], language: str = "en") -> Script:
    """The script of `lines`, each later a cue; empty ones are passed over but counted."""
    speak = spoken_words if language in ("en", "") else written_units
    found: list[Line] = []
    tokens: list[Token] = []
    units: list[str] = []
    unit_tokens: list[int] = []
    for number, text in enumerate(lines, 1):
        pairs = split_text(text)
        if not pairs:
            continue
        first_token, first_unit = len(tokens), len(units)
        for word, after in pairs:
            said = heading_words(word) if len(pairs) == 1 and speak is spoken_words else speak(word)
            unit_tokens += [len(tokens)] * len(said)
            tokens.append(Token(word, after, len(found), range(len(units), len(units) + len(said))))
            units += said
        found.append(Line(number, text, range(first_token, len(tokens)), range(first_unit, len(units))))
    return Script(tuple(found), tuple(tokens), tuple(units), tuple(unit_tokens))


def written_units(word: str) -> tuple[str, ...]:
    """Units of a word in a language whose spoken words nobody derives here: its letters, small; CJK one by one.

    >>> written_units("„Straße,“"), written_units("你好！")
    (('strasse',), ('你', '好'))
    """
    folded = "".join(c for c in unicodedata.normalize("NFKC", word).casefold() if c.isalnum())
    if _CJK.search(folded):
        return tuple(re.findall("[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[^\u3041-\u9fff]+", folded))
    return (folded,) if folded else ()
