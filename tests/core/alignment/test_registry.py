"""Which aligner is taken, and why."""

from __future__ import annotations

import pytest

from core import sphinx
from core.alignment import registry
from core.errors import EngineMissing, LanguageUnsupported, UnknownEngine
from core.recognition import registry as recognizers


def test_auto_takes_the_built_in_aligner_for_english() -> None:
    assert registry.choose("auto", "en")[0] == "builtin"


@pytest.mark.parametrize("language", ["de", "ja", ""])
def test_auto_estimates_where_no_aligner_knows_the_language_and_says_so(language: str) -> None:
    aligner, reason = registry.choose("auto", language)
    assert aligner == "none"
    assert "estimated" in reason


def test_auto_needs_no_aligner_where_the_recognizer_gives_words() -> None:
    info = recognizers.create("builtin").info
    aligner, reason = registry.choose("auto", "en", recognizer=info)
    assert aligner == "none"
    assert "of its own" in reason


def test_a_chosen_aligner_that_does_not_do_the_language_is_refused() -> None:
    assert registry.choose("none", "de")[0] == "none"
    with pytest.raises(LanguageUnsupported, match="German; it does English only"):
        registry.choose("builtin", "de")


@pytest.mark.parametrize("call", [registry.choose, registry.create])
def test_an_unknown_aligner_names_those_there_are(call: object) -> None:
    with pytest.raises(UnknownEngine, match="auto, builtin, none"):
        call("mfa")  # type: ignore[operator]


def test_an_aligner_that_is_not_installed_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sphinx, "is_installed", lambda: False)
    assert registry.choose("auto", "en")[0] == "none"
    with pytest.raises(EngineMissing, match="builtin"):
        registry.create("builtin")


def test_every_entry_makes_an_aligner_of_its_own_id() -> None:
    for name, entry in registry.ALIGNERS.all():
        assert entry.create("").info.id == name
        assert entry.create("").info.languages == entry.languages
