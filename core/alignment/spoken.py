"""How a written English word is spoken: "1984's" → nineteen eighty four's, "—" → nothing. Knows no sound and no engine.

Spoken words are small letters and apostrophes, as dictionaries have them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from num2words import num2words

_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ`´＇"), "'")
_SIGNS = {"&": "and", "%": "percent", "+": "plus", "=": "equals", "@": "at", "°": "degrees", "#": "number"}
_CURRENCIES = {"$": "dollars", "£": "pounds", "€": "euros", "¥": "yen"}
_LETTERS_WITHOUT_BASE = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "th", "þ": "th", "ł": "l"}
)

_TOKEN = re.compile(
    r"(?P<money>[$£€¥])?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<ending>st|nd|rd|th|s)?(?![a-z])"
    r"|(?P<digits>\d+)"
    r"|(?P<word>[a-z']*[a-z][a-z']*)"
    r"|(?P<sign>[&%+=@°#])"
)
_ROMAN = re.compile(r"^(?=[IVXLC]{2,}$)(C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})$")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_MOST_DIGITS = 15


def spoken_words(written: str) -> tuple[str, ...]:
    """The words one says for `written` (no white space inside); () where it is not spoken: punctuation, other scripts.

    >>> spoken_words("forty-two,"), spoken_words("3rd"), spoken_words("$5"), spoken_words("—")
    (('forty', 'two'), ('third',), ('five', 'dollars'), ())
    """
    folded = _folded(written)
    bare = re.sub(r"[^\w]", "", folded)
    if _ROMAN.match(bare):
        return _number_words(str(_roman(bare)), "")
    lowered = folded.lower().translate(_LETTERS_WITHOUT_BASE)
    return tuple(word for match in _TOKEN.finditer(lowered) for word in _said(match))


def heading_words(written: str) -> tuple[str, ...]:
    """The words one says for a line that is this word alone: there also "I", "V" and "X" are numbers.

    >>> heading_words("I"), heading_words("V."), heading_words("Yes!")
    (('one',), ('five',), ('yes',))
    """
    bare = re.sub(r"[^\w]", "", _folded(written))
    return _number_words(str(_roman(bare)), "") if bare in ("I", "V", "X") else spoken_words(written)


def spelled(word: str) -> tuple[str, ...]:
    """The letters of an abbreviation, each a dictionary word of its own ("BBC" → b, b, c)."""
    return tuple(letter for letter in _folded(word).lower() if "a" <= letter <= "z")


def _folded(text: str) -> str:
    """NFKC, straight apostrophes, no accents."""
    text = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES)
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _said(match: re.Match[str]) -> Iterator[str]:
    if match["number"]:
        grouped = "," in match["number"]
        yield from _number_words(match["number"].replace(",", ""), match["ending"] or "", is_year=not grouped)
        if match["money"]:
            yield _CURRENCIES[match["money"]]
    elif match["digits"]:
        yield from _number_words(match["digits"], "")
    elif match["sign"]:
        yield _SIGNS[match["sign"]]
    else:
        yield from _apostrophes_tidied(match["word"])


def _apostrophes_tidied(word: str) -> Iterator[str]:
    """Quotation marks off, the apostrophe of "don't" and "dogs'" kept where it may sound."""
    yield word.strip("'") if word not in ("'tis", "'twas", "'em", "'cause", "'til") else word


def _number_words(digits: str, ending: str, *, is_year: bool = True) -> tuple[str, ...]:
    """`is_year`: whether a number such as 1984 may be one; "1,984" never is."""
    if len(digits) > _MOST_DIGITS or (digits.startswith("0") and digits.isdigit() and len(digits) > 1):
        text = " ".join(num2words(int(digit)) for digit in digits if digit.isdigit())
    elif ending in ("st", "nd", "rd", "th") and digits.isdigit():
        text = num2words(int(digits), to="ordinal")
    elif (
        is_year and len(digits) == 4 and digits.isdigit() and (1100 <= int(digits) < 2000 or 2010 <= int(digits) < 2100)
    ):
        text = num2words(int(digits), to="year")
    else:
        text = num2words(digits)
    words = re.findall(r"[a-z]+", text.lower())
    if ending == "s":
        words[-1] = words[-1][:-1] + "ies" if words[-1].endswith("y") else words[-1] + "s"
    return tuple(words)


def _roman(letters: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in letters]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
