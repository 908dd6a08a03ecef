"""Spelling by dictionaries of this machine: a small one made here, a damaged one, and none."""

from __future__ import annotations

from pathlib import Path

import pytest

from core import spelling
from core.cue import Cue
from core.cues.closer_checks import check_closer
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


def test_without_a_dictionary_nothing_is_misspelt_and_the_next_step_is_said() -> None:
    assert spelling.misspelt("qqqq wwww", "fr") == ()
    assert "hunspell-fr" in spelling.where_to_get("fr")


@pytest.mark.parametrize(("aff", "dic"), [("SET UTF-8\nSFX", "x"), ("", ""), ("SET no-such-code\n", DIC)])
def test_a_damaged_dictionary_calls_nothing_misspelt_and_stops_nothing(dictionaries: Path, aff: str, dic: str) -> None:
    put(dictionaries, "nl_NL", aff, dic)
    assert isinstance(spelling.misspelt("boot vaart", "nl"), tuple)


def test_a_misspelt_word_is_a_finding_of_its_cue() -> None:
    words = shared_out(split_text("the rivver"), 0, 1_000, source=Source.ALIGNED)
    (found,) = check_closer([Cue(words, 0, 1_000, language="en")], misspelt=spelling.misspelt)
    assert (found.code, found.text) == ("spelling", "Not in the dictionary: rivver.")
