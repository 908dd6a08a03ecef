"""The catalogue agrees with itself, and with the small files of the published repositories where those are at hand.

The weights themselves cannot be had here: their hashes are those of the reference and are compared with nothing.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from core.alignment.qwen3 import LANGUAGES as ALIGNER_LANGUAGES
from core.alignment.registry import ALIGNERS
from core.errors import UnknownModel
from core.recognition.registry import RECOGNIZERS
from core.weights.catalogue import CATALOGUE, Model, missing, model
from core.weights.sizes import size_text
from tests.fakes.hub import blob_id

EACH = pytest.mark.parametrize("one", CATALOGUE, ids=lambda one: one.id)


@EACH
def test_ids_are_those_of_the_registries(one: Model) -> None:
    assert one.id in (ALIGNERS if one.aligner else RECOGNIZERS)


@EACH
def test_every_file_can_be_checked(one: Model) -> None:
    weights = [file for file in one.files if file.name.endswith(".safetensors")]
    assert [len(file.sha256) for file in weights] == [64]
    assert re.fullmatch(r"[0-9a-f]{40}", one.revision)
    assert len({file.name for file in one.files}) == len(one.files)
    unknown = [file.name for file in one.files if not file.sha256 and not file.blob_id]
    assert unknown == (["chat_template.jinja"] if one.aligner else [])


@EACH
def test_weights_are_as_large_as_their_tensors_and_a_header(one: Model) -> None:
    (weights,) = (file for file in one.files if file.sha256)
    assert 0 < weights.size_bytes - one.memory_bytes < 200_000


@EACH
def test_small_files_are_the_published_ones(one: Model, material: Path) -> None:
    folder = material / "qwen3" / one.folder_name
    for file in one.files:
        path = folder / file.name
        if path.is_file():
            assert path.stat().st_size == file.size_bytes
            assert file.blob_id in ("", blob_id(path.read_bytes()))
    config = json.loads((folder / "config.json").read_bytes())
    assert ("TokenClassification" in config["architectures"][0]) == one.aligner


def test_the_aligner_names_the_languages_that_its_engine_does() -> None:
    assert set(model("qwen3-aligner-0.6b").languages) == set(ALIGNER_LANGUAGES)


def test_sizes_are_those_that_people_are_told() -> None:
    small, large, aligner = (model(f"qwen3-{one}").size_bytes for one in ("asr-0.6b", "asr-1.7b", "aligner-0.6b"))
    assert size_text(small + aligner) == "3.4 GB"
    assert size_text(large + aligner) == "5.9 GB"


def test_a_model_that_is_not_offered_is_named_with_those_that_are() -> None:
    with pytest.raises(UnknownModel, match=r"qwen3-asr-0\.6b, qwen3-asr-1\.7b"):
        model("whisper")
    assert missing("server").code == "engine.missing"
