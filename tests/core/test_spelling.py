"""Spelling by dictionaries of this machine: a small one made here, a damaged one, and none."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import spelling
from core.cue import Cue
from core.cues.closer_checks import check_closer
from core.spelling_words import words_in
from core.transcript import Source, shared_out, split_text

AFF = "SET UTF-8\nTRY esianrtolcd\nSFX S Y 1\nSFX S 0 s .\n"
DIC = "6\nboat/S\nriver/S\nquiet\nthe\nfährt\ndon't\n"


@pytest.fixture(autouse=True)
def dictionaries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(spelling, "folders", lambda: (tmp_path,))
    spelling._known.cache_clear()
    spelling._loaded.cache_clear()
    put(tmp_path, "en_US", AFF, DIC)
    return tmp_path


def put(folder: Path, name: str, aff: str, dic: str) -> None:
    (folder / f"{name}.aff").write_text(aff, encoding="utf-8")
    (folder / f"{name}.dic").write_text(dic, encoding="utf-8")


def test_words_the_dictionary_does_not_have_are_named_once_in_order() -> None:
    text = "The boats don’t fährt, the rivver rivver NASA 42 quiet-boat x"
    assert spelling.misspelt(text, "en") == ("rivver",)


def test_what_may_have_been_meant_comes_first() -> None:
    assert spelling.suggestions("rivver", "en")[0] == "river"


def test_a_language_takes_its_own_country_first(dictionaries: Path) -> None:
    for name in ("de_AT", "de_DE", "pt_BR"):
        put(dictionaries, name, AFF, DIC)
    found = [spelling.dictionary_for(code) for code in ("de", "de-AT", "pt", "ja")]
    assert [one.tag if one is not None else None for one in found] == ["de_DE", "de_AT", "pt_BR", None]


def test_without_a_dictionary_nothing_is_misspelt_and_the_next_step_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert spelling.misspelt("qqqq wwww", "fr") == ()
    assert "hunspell-fr" in spelling.where_to_get("fr").text


@pytest.mark.parametrize(("aff", "dic"), [("SET UTF-8\nSFX", "x"), ("", ""), ("SET no-such-code\n", DIC)])
def test_a_damaged_dictionary_calls_nothing_misspelt_and_stops_nothing(dictionaries: Path, aff: str, dic: str) -> None:
    put(dictionaries, "nl_NL", aff, dic)
    assert isinstance(spelling.misspelt("boot vaart", "nl"), tuple)


def test_a_misspelt_word_is_a_finding_of_its_cue() -> None:
    words = shared_out(split_text("the rivver"), 0, 1_000, source=Source.ALIGNED)
    (found,) = check_closer([Cue(words, 0, 1_000, language="en")], misspelt=spelling.misspelt)
    assert (found.code, found.text) == ("spelling", "Not in the dictionary: rivver.")


COMBINED = "ca\u0301fe\u0301 le\u0301ger"
"""Accents as characters of their own, as file names of macOS and some keyboards give them."""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("मौसम अच्छा है।", ["मौसम", "अच्छा", "है"]),
        ("สวัสดีครับ ที่นี่", ["สวัสดีครับ", "ที่นี่"]),
        ("ذَهَبَ الوَلَدُ", ["ذَهَبَ", "الوَلَدُ"]),
        (COMBINED, ["cáfé", "léger"]),
        ("می\u200cخواهم", ["می\u200cخواهم"]),
        ("Don’t co\u00adoperate, well-known", ["Don't", "cooperate", "well-known"]),
        ("the 22nd of COVID19 5kg", ["the", "of"]),
        ("See www.exampel.org/abuot, bob@exampel.org or https://exampel.org.", ["See", "or"]),
        ("床前明月光 Qwen模型", ["Qwen"]),
        ("NASA a é", []),
        ("\u0301\u0301boat \u200d\u0301", ["boat"]),
    ],
)
def test_words_are_parted_as_people_see_them(text: str, words: list[str]) -> None:
    assert [word for word, _, _ in words_in(text)] == words


def test_a_long_row_of_signs_without_a_letter_is_passed_at_once() -> None:
    """Begun again at each of them, this row took hours, and the window stood still as long."""
    assert [word for word, _, _ in words_in("\u0301" * 500_000 + " boat")] == ["boat"]


def test_a_word_too_long_for_any_dictionary_is_not_looked_up_and_stops_nothing(dictionaries: Path) -> None:
    put(dictionaries, "de_DE", "SET UTF-8\nCOMPOUNDFLAG c\n", "1\nhaus/c\n")
    put(dictionaries, "th_TH", AFF, "1\nครับ\n")
    assert spelling.misspelt(f"{'haus' * 2_000}x {'haus' * 20}x", "de") == (f"{'haus' * 20}x",)
    assert spelling.misspelt(f"{'ครับ' * 100_000}ค {'ครับ' * 20}ค", "th") == (f"{'ครับ' * 20}ค",)


@given(st.text("aé\u0301 'ة\u064e์ที\u200d1.@-床", max_size=40))
def test_where_a_word_stands_is_where_its_letters_are(text: str) -> None:
    at = 0
    for word, first, last in words_in(text):
        assert at <= first < last <= len(text)
        assert [c for c in unicodedata.normalize("NFC", text[first:last]) if c.isalpha()] == [
            c for c in word if c.isalpha()
        ]
        at = last


def test_a_letter_and_its_accent_are_the_dictionarys_letter(dictionaries: Path) -> None:
    put(dictionaries, "fr_FR", AFF, "2\ncáfé\nle\u0301ger\n")
    assert spelling.misspelt(f"{COMBINED} cáfe", "fr") == ("cáfe",)


def test_vowel_signs_no_dictionary_has_are_passed_over(dictionaries: Path) -> None:
    put(dictionaries, "ar", AFF, "2\nذهب\nكتاب\n")
    assert spelling.misspelt("ذَهَبَ كـتـاب ذَهَبَب", "ar") == ("ذَهَبَب",)


def test_text_without_spaces_is_a_row_of_the_dictionarys_words(dictionaries: Path) -> None:
    put(dictionaries, "th_TH", AFF, "3\nสวัสดี\nครับ\nที่นี่\n")
    assert spelling.misspelt("สวัสดีครับ ที่นี่ครับ สวัสดีคับ", "th") == ("สวัสดีคับ",)


def test_a_dictionary_with_numbered_rows_of_flags_is_understood(dictionaries: Path) -> None:
    """As Korean's is: “FORBIDDENWORD 1” is the flag 1, and not what stands in the first row of AF."""
    put(dictionaries, "nl_NL", "SET UTF-8\nFLAG num\nAF 1\nAF 7\nFORBIDDENWORD 1\n", "1\nboot/1\n")
    assert spelling.misspelt("boot baat", "nl") == ("baat",)


def test_what_is_said_where_to_get_one_is_true(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert "apt install hunspell-en-us." in spelling.where_to_get("en-GB").text
    assert "apt" not in spelling.where_to_get("fi").text
    assert "Nobody makes" in spelling.where_to_get("zh").text
    monkeypatch.setattr("sys.platform", "win32")
    assert spelling.where_to_get("de").text.startswith("Put the .aff")
