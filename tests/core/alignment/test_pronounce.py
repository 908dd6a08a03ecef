"""Pronunciations outside the dictionary: by espeak-ng where it is, by gruut where it is not, never nothing."""

from __future__ import annotations

import shutil

import pytest

from core import sphinx
from core.alignment import pronounce

NAMES = ["zuckerberg", "nguyen", "thriftless", "riper", "mak'st", "beauty's", "xqz"]


@pytest.fixture
def no_espeak(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)


@pytest.mark.parametrize(
    ("ipa", "phones"),
    [
        ("z_ˈʌ_k_ɚ_b_ˌɜː_ɡ", "Z AH K ER B ER G"),
        ("tʃ_ˈɜː_tʃ", "CH ER CH"),
        ("f_ˈaɪɚ", "F AY ER"),
        ("b_ˈʌ_ʔ_n̩", "B AH T AH N"),
        ("(de)_b_ˈɑː_x_(en-us)", "B AA K"),
        ("", ""),
    ],
)
def test_ipa_becomes_the_dictionarys_phones(ipa: str, phones: str) -> None:
    assert pronounce.cmu_phones(ipa) == phones


@pytest.mark.usefixtures("no_espeak")
def test_without_espeak_every_word_still_has_phones() -> None:
    found = pronounce.phones_of(NAMES)
    assert set(found) == set(NAMES)
    assert found["zuckerberg"] == "Z AH K ER B ER G"
    assert all(found.values())


@pytest.mark.usefixtures("no_espeak")
def test_without_any_model_letters_are_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise ImportError("gruut")

    monkeypatch.setattr(pronounce, "_gruut_model", missing)
    assert pronounce.phones_of(["knight"]) == {"knight": "N AY T"}


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed here")
def test_espeak_speaks_all_words_in_one_call() -> None:
    found = pronounce.phones_of(NAMES)
    assert found["nguyen"] == "N UW Y EH N"
    assert all(found.values())


def test_the_engine_takes_the_phones() -> None:
    engine = sphinx.decoder(lm=None)
    for word, phones in pronounce.phones_of(NAMES).items():
        engine.add_word(f"{word}zz", phones, True)
        assert engine.lookup_word(f"{word}zz") == phones


def test_a_program_that_fails_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: "/bin/false")
    assert pronounce.phones_of(["riper"])["riper"]
