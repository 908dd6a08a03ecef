"""The small model of the project and speech for it. Knows no test."""

from __future__ import annotations

import pytest

from core.media.waveform import Samples
from core.qwen3.placement import Placement
from core.qwen3.runtime import use_threads
from core.qwen3.transcriber import Transcriber, load_transcriber
from tests.core.recognition.streaming.speech import Speech
from tests.data.toy import CHECKPOINT


@pytest.fixture
def exact(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers that are the same on every machine, also where the model was loaded before."""
    monkeypatch.setattr("core.qwen3.runtime.worker_threads", lambda: 1)
    use_threads(1)
    monkeypatch.setenv("CUESMITH_DTYPE", "float32")


@pytest.fixture(scope="package")
def model() -> Transcriber:
    return load_transcriber(CHECKPOINT, Placement("cpu", "float32", ""))[0]


@pytest.fixture(scope="package")
def speech() -> Speech:
    return Speech.said()


@pytest.fixture(scope="package")
def talk(speech: Speech) -> Samples:
    """A minute that ends with two seconds of silence."""
    return speech.minute(seed=3)
