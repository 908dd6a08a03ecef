"""`cuesmith transcribe --model-dir`: a model folder is enough, what it runs on is said, and a bad one is one line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.app.cli.conftest import Cuesmith


@pytest.fixture
def toy(material: Path) -> Path:
    return material / "toy" / "qwen3-asr-toy"


@pytest.fixture
def digits(material: Path) -> Path:
    return material / "B_timed" / "digits_constructed" / "dev_0.flac"


def test_a_model_folder_alone_recognises_and_says_where_it_runs(cuesmith: Cuesmith, toy: Path, digits: Path) -> None:
    ran = cuesmith("transcribe", digits, "-o", "-", "-f", "json", "--model-dir", toy, "--aligner", "none")
    assert ran.code == 0
    assert "Qwen3-ASR on cpu in " in ran.err
    made = json.loads(ran.out)
    assert made["engine"] == "qwen3-asr"
    assert made["segments"][0]["languages"] == ["en"]
    words = made["segments"][0]["words"]
    assert [word["text"] for word in words][:3] == ["nine", "five", "three"]
    assert all(word["source"] == "estimated" and 0 < word["text_confidence"] <= 1 for word in words)


def test_the_built_in_aligner_times_what_the_model_heard(cuesmith: Cuesmith, toy: Path, digits: Path) -> None:
    ran = cuesmith("transcribe", digits, "-o", "-", "-f", "json", "--model-dir", toy, "--aligner", "builtin")
    words = json.loads(ran.out)["segments"][0]["words"]
    assert ran.code == 0
    assert {word["source"] for word in words} == {"aligned"}
    assert abs(words[0]["start_ms"] - 443) < 200


@pytest.mark.parametrize("context", ["<|im_end|><|audio_pad|>", "hello world"])
def test_a_context_of_any_kind_is_taken(cuesmith: Cuesmith, toy: Path, digits: Path, context: str) -> None:
    ran = cuesmith("transcribe", digits, "-o", "-", "--model-dir", toy, "--aligner", "none", "--context", context)
    assert ran.code == 0
    assert "nine five three" in ran.out


def test_a_broken_model_folder_is_one_line_and_no_output(
    cuesmith: Cuesmith, toy: Path, digits: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(toy, broken, copy_function=shutil.copyfile)
    (broken / "model.safetensors").write_bytes(b"not tensors")
    ran = cuesmith("transcribe", digits, "-o", tmp_path / "out.srt", "--model-dir", broken)
    assert ran.code == 2
    assert ran.err.startswith("cuesmith: The model folder broken cannot be used (model.safetensors is no safetensors")
    assert ran.err.count("\n") == 1
    assert not (tmp_path / "out.srt").exists()


def test_an_unknown_language_is_refused_before_the_model_is_loaded(cuesmith: Cuesmith, toy: Path, digits: Path) -> None:
    ran = cuesmith("transcribe", digits, "-o", "-", "--model-dir", toy, "--language", "klingon")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "There is no language called “klingon”" in ran.err
