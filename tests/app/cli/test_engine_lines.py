"""Where an engine runs and why is said by every command that runs one, once, and of both engines."""

from __future__ import annotations

import wave
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.cli.engine_lines import EngineLines
from core.engine import EngineInfo
from core.events import EngineChosen
from core.media.waveform import Samples
from tests.app.cli.conftest import Cuesmith

RECOGNIZER = EngineInfo("hears", "Hears", (), False, "cuda:0", "bfloat16", "The graphics card is the quickest here.")
ALIGNER = replace(RECOGNIZER, id="times", name="Times")
PLAIN = EngineInfo("plain", "Plain", (), True, reason="It needs nothing.")


def test_each_engine_is_said_once_with_its_device_format_and_reason() -> None:
    lines = EngineLines()
    first = list(lines.of(EngineChosen(RECOGNIZER, None), auto=False))
    assert first == ["Hears on cuda:0 in bfloat16. The graphics card is the quickest here."]
    second = list(lines.of(EngineChosen(RECOGNIZER, ALIGNER), auto=False))
    assert second == ["Times on cuda:0 in bfloat16. The graphics card is the quickest here."]
    assert list(lines.of(EngineChosen(RECOGNIZER, ALIGNER), auto=False)) == []


@pytest.mark.parametrize(("auto", "said"), [(True, ["It needs nothing."]), (False, [])])
def test_what_runs_no_model_is_said_where_it_was_chosen_by_itself(auto: bool, said: list[str]) -> None:
    assert list(EngineLines().of(EngineChosen(PLAIN, PLAIN), auto=auto)) == said


@pytest.fixture
def voice(sentence: Callable[..., Samples], tmp_path: Path) -> Path:
    path = tmp_path / "voice.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        sound = np.concatenate([sentence("this is a test"), sentence("hello world")])
        file.writeframes((sound * 32767).astype("<i2").tobytes())
    return path


@pytest.fixture(autouse=True)
def _chosen_format(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUESMITH_DTYPE", "float32")


def test_transcribe_says_both_the_aligner_when_the_language_was_heard(
    cuesmith: Cuesmith, voice: Path, toy: Path, tiny_aligner: Path
) -> None:
    ran = cuesmith("transcribe", voice, "-o", "-", "--model-dir", toy, "--aligner-dir", tiny_aligner)
    assert ran.code == 0
    for name in ("Qwen3-ASR", "Qwen3-ForcedAligner"):
        (line,) = [line for line in ran.err.splitlines() if f"{name} on " in line]
        assert f"{name} on cpu in float32. " in line
        assert "You chose the number format." in line


def test_align_says_where_its_aligner_runs(cuesmith: Cuesmith, voice: Path, tiny_aligner: Path, tmp_path: Path) -> None:
    text = tmp_path / "said.txt"
    text.write_text("This is a test.\nHello world.\n", encoding="utf-8")
    ran = cuesmith("align", voice, text, "-o", "-", "--language", "en", "--aligner-dir", tiny_aligner)
    assert ran.code in (0, 1)
    assert "Qwen3-ForcedAligner on cpu in float32. You chose the number format." in ran.err
