"""An hour of speech through the whole pipeline with Qwen3 engines: memory stays bounded.

In float32 what grows is what the program keeps; in bfloat16 oneDNN's caches, which every ragged batch fills with shapes
of its own, and gaps between blocks.
"""

from __future__ import annotations

import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psutil
import pytest

from core import pipeline
from core.document.chunk_results import open_results
from core.events import ChunkDone, Job
from core.media.waveform import Samples
from core.progress import CancelToken

SENTENCES = ("hello world", "this is a test", "five six seven", "nine eight seven six", "zero one zero")
MINUTES = 60
MOST_GROWTH_MIB = 64
"""After a tenth of the hour, when models and batches have their size."""


@pytest.fixture
def hour(sentence: Callable[..., Samples], tmp_path: Path) -> Path:
    """Sentences with pauses, over and over, as a wav."""
    spoken = np.concatenate([sentence(text) for text in SENTENCES])
    once = (spoken * 32767).astype("<i2").tobytes()
    path = tmp_path / "hour.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        for _ in range(MINUTES * 60 * 16_000 // len(spoken)):
            file.writeframes(once)
    return path


@pytest.mark.slow
@pytest.mark.parametrize("dtype", ["float32", "bfloat16"])
def test_an_hour_of_audio_stays_bounded(
    dtype: str, hour: Path, toy: Path, tiny_aligner: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUESMITH_DTYPE", dtype)
    job = Job(str(hour), model_dir=str(toy), aligner_dir=str(tiny_aligner), languages=("en",), max_chunk_ms=8_000)
    process = psutil.Process()
    resident: list[int] = []
    words = 0
    with open_results(tmp_path / "results.jsonl") as results:
        for event in pipeline.run(job, results=results, cancel=CancelToken()):
            if isinstance(event, ChunkDone):
                resident.append(process.memory_info().rss)
                words += len(event.segment.words)
    at = (resident[len(resident) // 10], resident[len(resident) // 2], max(resident))
    settled, half, most = (round(one / 2**20) for one in at)
    print(f"{dtype}: {len(resident)} chunks, {words} words, MiB at a tenth {settled}, half-way {half}, at most {most}")
    assert len(resident) > 300
    assert words > 5_000
    assert most - settled < MOST_GROWTH_MIB
