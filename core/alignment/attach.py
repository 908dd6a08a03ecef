"""Puts an aligner's units back onto the text they came from, so that nothing a person wrote is lost. Knows no times.

A unit is what the aligner is given: letters and digits only ("email" for "e-mail", "35" for "3.5"). A word here is the
stretch of the text that a unit stands for, with its punctuation: "(e-mail)," or "3.5". Marks with no letter of their
own ("%", "—", "♪") are words without a unit. The words' text and white space join to the text again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKEN = re.compile(r"(\S+)(\s*)")
_OPENING = ("Ps", "Pi")
_OPENING_MARKS = "¿¡"


@dataclass(frozen=True, slots=True)
class Attached:
    """A word of the text.

    Attributes:
        text, after: as in `core.transcript.Word`; all of them join to the text without white space at its beginning.
        unit: index of its unit, or None where no unit stands for it.
    """

    text: str
    after: str
    unit: int | None


def attach(text: str, units: Sequence[str]) -> tuple[Attached, ...]:
    """The words of `text`, each unit in exactly one of them as far as its letters are found there, in order."""
    starts = _starts(text, units)
    words: list[Attached] = []
    for token in _TOKEN.finditer(text):
        inside = [(place, unit) for unit, place in starts.items() if token.start(1) <= place < token.end(1)]
        words += _parted(token[1], token[2], [(place - token.start(1), unit) for place, unit in sorted(inside)])
    return tuple(words)


def _parted(token: str, after: str, units: Sequence[tuple[int, int]]) -> list[Attached]:
    """A token without white space as words: parted before every unit but the first, opening marks to what follows."""
    if not units:
        return [Attached(token, after, None)]
    cuts = [0, *(_with_opening(token, place) for place, _ in units[1:]), len(token)]
    numbers = [unit for _, unit in units]
    ends = [""] * (len(numbers) - 1) + [after]
    return [
        Attached(token[first:last], end, unit)
        for first, last, end, unit in zip(cuts, cuts[1:], ends, numbers, strict=False)
        if first < last
    ]


def _with_opening(token: str, place: int) -> int:
    """`place` moved left over brackets and quotes that open there."""
    while place > 1 and (unicodedata.category(token[place - 1]) in _OPENING or token[place - 1] in _OPENING_MARKS):
        place -= 1
    return place


def _starts(text: str, units: Sequence[str]) -> dict[int, int]:
    """Where each unit begins in `text`, by unit; units whose letters are not found are left out."""
    letters = [(letter, place) for place, raw in enumerate(text) for letter in _plain(raw)]
    wanted = [(letter, number) for number, unit in enumerate(units) for raw in unit for letter in _plain(raw)]
    written, given = "".join(a for a, _ in letters), "".join(a for a, _ in wanted)
    starts: dict[int, int] = {}
    for place, number in _pairs(written, given):
        starts.setdefault(wanted[number][1], letters[place][1])
    return starts


def _pairs(written: str, given: str) -> list[tuple[int, int]]:
    """Indices of letters that are the same in both, in order."""
    if written == given:
        return [(index, index) for index in range(len(written))]
    # A splitter that rewrites the text (nagisa does): the common letters still tell where its units are.
    blocks = SequenceMatcher(None, written, given, autojunk=False).get_matching_blocks()
    return [(block.a + step, block.b + step) for block in blocks for step in range(block.size)]


def _plain(character: str) -> str:
    """The letters and digits a character stands for, in one spelling; "" for everything else."""
    spelled = unicodedata.normalize("NFKC", character)
    return "".join(letter for letter in spelled.casefold() if unicodedata.category(letter)[0] in "LN")
