"""A model that truly recognises, through `cuesmith transcribe --model-dir`: twelve sentences, alone and in a batch."""

from __future__ import annotations

import json
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from core.media.waveform import Samples
from core.progress import CancelToken
from core.qwen3.checkpoint import examine, template_note
from core.recognition.protocol import Options
from core.recognition.qwen3 import ANY_SIZE
from core.speech.chunk import Chunk
from core.transcript import Segment
from tests.app.cli.conftest import Cuesmith
from tests.data.toy.evaluate import held_back_errors

TOY = Path(__file__).parent.parent.parent / "data" / "toy" / "qwen3-asr-toy"
SENTENCES = (
    "hello world",
    "this is a test",
    "one two three four",
    "five six seven",
    "red green blue",
    "yes this is a test",
    "nine eight seven six",
    "hello this is a test of red",
    "no this is blue",
    "zero one zero",
    "green is a test of hello world",
    "three two one hello",
)
VOICES = ("en-us", "en", "en-us+f3")
LARGEST_BYTES = 4_000_000
HELD_BACK = 500
"""Utterances, made anew from their seeds: some minutes."""


@pytest.fixture(scope="module")
def fixtures(spoken: Callable[..., Samples], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Each sentence as a wav, with half a second of silence around it."""
    folder = tmp_path_factory.mktemp("sentences")
    made = []
    for number, sentence in enumerate(SENTENCES):
        path = folder / f"{number:02d}.wav"
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(16_000)
            sound = np.pad(spoken(sentence, VOICES[number % len(VOICES)]), 8_000)
            file.writeframes((sound * 32767).astype("<i2").tobytes())
        made.append(path)
    return made


def test_twelve_sentences_come_out_exact_one_by_one(cuesmith: Cuesmith, fixtures: list[Path], tmp_path: Path) -> None:
    options = ("--model-dir", TOY, "--aligner", "none", "-f", "json", "--output-dir", tmp_path)
    assert cuesmith("transcribe", *fixtures, *options).code == 0
    read = [json.loads(next(tmp_path.glob(f"{path.stem}*.json")).read_text("utf-8")) for path in fixtures]
    assert tuple(" ".join(part["text"] for part in one["segments"]) for one in read) == SENTENCES
    assert {one["engine"] for one in read} == {"qwen3-asr"}


def test_the_same_sentences_come_out_exact_in_a_batch(fixtures: list[Path]) -> None:
    chunks = []
    for index, path in enumerate(fixtures):
        with wave.open(str(path)) as file:
            sound = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / np.float32(32768)
        chunks.append(Chunk(sound, 0, index, ((0, len(sound)),)))
    heard = ANY_SIZE.create(str(TOY)).transcribe(chunks, Options(), CancelToken())
    assert tuple(part.text for part in heard if isinstance(part, Segment)) == SENTENCES


def test_the_committed_model_is_small_and_whole() -> None:
    checkpoint = examine(TOY)
    assert checkpoint.engine_id == "qwen3-asr"
    assert sum(path.stat().st_size for path in TOY.iterdir()) <= LARGEST_BYTES
    assert template_note(checkpoint)  # a text of its own; that it renders the same is looked at when it loads


@pytest.mark.slow
def test_word_error_on_held_back_speech_is_within_the_bounds_that_were_wanted(tmp_path: Path) -> None:
    import shutil
    import subprocess
    import sys

    if not shutil.which("flite"):
        pytest.skip("flite is not installed here")
    script = [sys.executable, "-m", "tests.data.toy.make_speech", str(tmp_path), "--held-back", str(HELD_BACK)]
    subprocess.run([*script, "--whole", "0", "--spliced", "0", "--silence", "0"], check=True)
    errors = held_back_errors(TOY, tmp_path, HELD_BACK)
    print({group: (counted.share, counted.said) for group, counted in errors.items()})
    assert errors["all"].said > 2_000
    assert errors["all"].share <= 0.06
    assert errors["voices"].share <= 0.04
