"""Which recognizer is taken, and what is said when none fits."""

from __future__ import annotations

import pytest

from core import sphinx
from core.errors import EngineMissing, LanguageUnsupported, UnknownEngine
from core.recognition import registry


def test_auto_takes_the_built_in_engine_for_english_and_says_what_to_expect() -> None:
    engine, reason = registry.choose("auto", ("en",))
    assert engine == "builtin"
    assert "rough draft" in reason
    assert "English only" in reason


def test_auto_without_a_language_takes_what_is_installed() -> None:
    assert registry.choose("auto")[0] == "builtin"


def test_auto_for_a_language_nobody_does_says_what_is_there() -> None:
    with pytest.raises(LanguageUnsupported, match="does not do German; it does English only"):
        registry.choose("auto", ("de",))


def test_a_chosen_engine_that_does_not_do_the_language_is_refused() -> None:
    with pytest.raises(LanguageUnsupported, match="Chinese"):
        registry.choose("builtin", ("en", "zh"))


@pytest.mark.parametrize("call", [registry.choose, registry.create])
def test_an_unknown_engine_names_those_there_are(call: object) -> None:
    with pytest.raises(UnknownEngine, match="auto, builtin"):
        call("whisper")  # type: ignore[operator]


def test_an_engine_that_is_not_installed_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sphinx, "is_installed", lambda: False)
    with pytest.raises(EngineMissing):
        registry.choose("auto", ("en",))
    with pytest.raises(EngineMissing, match="builtin"):
        registry.create("builtin")


def test_every_entry_makes_an_engine_of_its_own_id() -> None:
    for name, entry in registry.RECOGNIZERS.all():
        assert entry.create("").info.id == name
        assert entry.create("").info.languages == entry.languages
