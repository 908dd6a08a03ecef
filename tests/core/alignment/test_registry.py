"""Which aligner is taken, and why."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from core import sphinx
from core.alignment import registry
from core.errors import CheckpointUnusable, EngineMissing, LanguageUnsupported, UnknownEngine
from core.paths import models_dir
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
    with pytest.raises(UnknownEngine, match=r"auto, qwen3-aligner-0\.6b, .*builtin, none"):
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


# ── aligners with a model folder ──


def test_a_model_folder_alone_means_the_aligner_whose_checkpoint_it_is(tiny_aligner: Path) -> None:
    assert registry.choose("auto", "zh", model_dir=str(tiny_aligner))[0] == "qwen3-aligner"
    assert registry.choose("auto", "sv", model_dir=str(tiny_aligner))[0] == "none"


def test_an_installed_aligner_is_taken_before_the_built_in_one(tiny_aligner: Path) -> None:
    shutil.copytree(tiny_aligner, models_dir() / "tiny", copy_function=shutil.copyfile)
    assert registry.choose("auto", "en")[0] == "qwen3-aligner"
    assert registry.choose("auto", "sv")[0] == "none"


@pytest.mark.parametrize("aligner", ["auto", "qwen3-aligner", "qwen3-aligner-0.6b"])
def test_a_folder_without_an_aligner_is_refused(aligner: str, toy: Path, tmp_path: Path) -> None:
    with pytest.raises(CheckpointUnusable, match="it holds qwen3-asr"):
        registry.choose(aligner, "en", model_dir=str(toy))
    with pytest.raises(CheckpointUnusable, match=r"no config\.json"):
        registry.choose(aligner, "en", model_dir=str(tmp_path))
