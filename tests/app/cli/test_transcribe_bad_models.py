"""`cuesmith transcribe --model-dir` with folders that are no good: one line with folder and cause, exit code 2."""

from __future__ import annotations

import shutil
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.app.cli.conftest import Cuesmith
from tests.core.qwen3 import test_loading as loading

DAMAGES: dict[Callable[[Path], None], str] = {
    loading._unknown_original: "original layout is of a kind that is not known",
    loading._one_missing: "1 of its tensors are missing",
    loading._truncated: "cut short",
    loading._pickled: "pickle files",
    loading._no_text_mark: "its tokenizer has no <asr_text>",
    loading._old_template: "chat template",
}


@pytest.fixture(scope="module")
def voice(film_sound: np.ndarray, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four seconds of speech."""
    path = tmp_path_factory.mktemp("voice") / "voice.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes((film_sound[: 4 * 16_000] * 32767).astype("<i2").tobytes())
    return path


@pytest.mark.parametrize(("damage", "cause"), DAMAGES.items(), ids=[damage.__name__.strip("_") for damage in DAMAGES])
def test_a_bad_model_folder_is_one_line_and_leaves_no_output(
    damage: Callable[[Path], None],
    cause: str,
    cuesmith: Cuesmith,
    voice: Path,
    toy: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    broken = tmp_path / "broken"
    shutil.copytree(toy, broken, copy_function=shutil.copyfile)
    damage(broken)
    ran = cuesmith("transcribe", voice, "-o", tmp_path / "out.srt", "--model-dir", broken, "--aligner", "none")
    said = [line for line in ran.err.splitlines() if "The model folder broken cannot be used (" in line]
    assert ran.code == 2
    assert len(said) == 1
    assert cause in said[0]
    assert "Traceback" not in ran.err
    assert not (tmp_path / "out.srt").exists()
    assert not (tmp_path / "it-ran").exists()
