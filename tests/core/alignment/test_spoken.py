"""How written words are spoken, and how unknown ones may sound."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.alignment import letters
from core.alignment.spoken import spelled, spoken_words


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Hello,", "hello"),
        ("“Don’t!”", "don't"),
        ("'twas", "'twas"),
        ("ill-disposed", "ill disposed"),
        ("café", "cafe"),
        ("ﬁne", "fine"),
        ("42", "forty two"),
        ("1,234", "one thousand two hundred and thirty four"),
        ("1984", "nineteen eighty four"),
        ("2000", "two thousand"),
        ("3rd", "third"),
        ("3.5%", "three point five percent"),
        ("$5", "five dollars"),
        ("1980s", "nineteen eighties"),
        ("007", "zero zero seven"),
        ("B2B", "b two b"),
        ("and/or", "and or"),
        ("R&B", "r and b"),
        ("II", "two"),
        ("XIV.", "fourteen"),
        ("I", "i"),
        ("MIX", "mix"),
        ("—", ""),
        ("♪", ""),
        ("'", ""),
        ("你好", ""),
    ],
)
def test_a_written_word_is_spoken(written: str, said: str) -> None:
    assert spoken_words(written) == tuple(said.split())


@given(st.text(max_size=30))
def test_whatever_is_written_gives_dictionary_words_or_nothing(written: str) -> None:
    assert all(re.fullmatch(r"[a-z']*[a-z][a-z']*", word) for word in spoken_words(written))


def test_an_abbreviation_is_spelled() -> None:
    assert spelled("B.B.C.") == ("b", "b", "c")


@pytest.mark.parametrize(
    ("word", "sounds"),
    [
        ("knight", "N AY T"),
        ("phone", "F OW N"),
        ("cuesmith", "K UW S M IH TH"),
        ("barsch", "B AA R SH"),
        ("nation", "N AE SH AH N"),
    ],
)
def test_an_unknown_word_sounds_by_its_letters(word: str, sounds: str) -> None:
    assert letters.phones(word) == sounds


PHONES = frozenset(
    "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH".split()  # noqa: SIM905 -- 39 quoted strings are harder to read
)


@given(st.text("abcdefghijklmnopqrstuvwxyz'", max_size=15))
def test_every_word_gets_at_least_one_phone_that_the_engine_knows(word: str) -> None:
    found = letters.phones(word).split()
    assert found
    assert set(found) <= PHONES
