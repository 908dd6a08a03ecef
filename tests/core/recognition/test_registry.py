"""Which recognizer is taken, and what is said when none fits."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from core import sphinx
from core.errors import CheckpointUnusable, EngineMissing, LanguageUnsupported, UnknownEngine
from core.paths import models_dir
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
    with pytest.raises(UnknownEngine, match=r"auto, qwen3-asr-1\.7b, .*, builtin"):
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


# ── engines with a model folder ──


@pytest.fixture
def toy_dir(toy: Path) -> str:
    return str(toy)


def test_a_model_folder_alone_means_the_engine_whose_checkpoint_it_is(toy_dir: str) -> None:
    assert registry.choose("auto", ("de",), model_dir=toy_dir) == (
        "qwen3-asr",
        "Its model lies in the folder you gave.",
    )


def test_a_folder_that_is_no_checkpoint_is_refused_before_anything_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(CheckpointUnusable, match=r"no config\.json"):
        registry.choose("auto", model_dir=str(tmp_path))


@pytest.mark.parametrize("call", [registry.choose, registry.create])
def test_a_folder_of_another_size_or_of_the_aligner_is_refused(call: Any, toy_dir: str, tiny_aligner: Path) -> None:
    with pytest.raises(CheckpointUnusable, match="it holds qwen3-asr"):
        call("qwen3-asr-0.6b", model_dir=toy_dir)
    with pytest.raises(CheckpointUnusable, match="it holds qwen3-aligner"):
        call("qwen3-asr", model_dir=str(tiny_aligner))


def test_auto_takes_an_installed_checkpoint_before_the_built_in_engine(toy_dir: str) -> None:
    shutil.copytree(toy_dir, models_dir() / "toy", copy_function=shutil.copyfile)
    engine, reason = registry.choose("auto", ("zh", "en"))
    assert engine == "qwen3-asr"
    assert "is installed" in reason


def test_an_engine_whose_files_are_nowhere_says_so() -> None:
    with pytest.raises(EngineMissing, match=r"qwen3-asr-0\.6b.*files were not found"):
        registry.create("qwen3-asr-0.6b")


def test_choosing_and_listing_import_no_torch(toy_dir: str) -> None:
    program = (
        "import sys; from core.recognition import registry;"
        f"print(registry.choose('auto', ('en',), model_dir={toy_dir!r})[0]);"
        "[entry.installed('') for _, entry in registry.RECOGNIZERS.all()];"
        "print(sorted({'torch', 'transformers'} & set(sys.modules)))"
    )
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout.split("\n")[:2] == ["qwen3-asr", "[]"]
