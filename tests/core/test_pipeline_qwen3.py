"""Qwen3 engines in the pipeline: mixed languages are aligned, confidences reach the words, results are stored."""

from __future__ import annotations

import wave
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from core import pipeline
from core.engine import EngineInfo
from core.errors import CheckpointUnusable
from core.events import ChunkDone, EngineChosen, Event, Job, Resumed
from core.media.waveform import Samples
from core.progress import CancelToken, Notice, Progress
from core.recognition import guard
from core.recognition.protocol import Options, RecognitionStream
from core.results import MemoryResults
from core.speech.chunk import Chunk
from core.transcript import Segment

TEXT = "我用 PySide6 写代码，OK？"
PARTS = tuple((letter, 0.5 if letter in "代O" else 0.9) for letter in TEXT)


class Mixed:
    """A recogniser whose every answer is Chinese with English in it, and without an end."""

    info = EngineInfo("mixed", "Mixed", ("zh", "en"), gives_words=False)

    def transcribe(
        self, chunks: Iterable[Chunk], options: Options, cancel: CancelToken
    ) -> Iterator[Segment | Progress]:
        del options, cancel
        for chunk in chunks:
            yield Segment(
                chunk.start_ms,
                chunk.end_ms,
                TEXT,
                ("zh", "en"),
                engine="mixed",
                notes=(guard.RETRIED, guard.CUT_SHORT),
                confidences=PARTS,
            )

    def stream(self, options: Options) -> RecognitionStream:
        raise NotImplementedError


@pytest.fixture
def job(sentence: Callable[..., Samples], tiny_aligner: Path, tmp_path: Path) -> Job:
    path = tmp_path / "said.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes((sentence("nine eight seven six") * 32767).astype("<i2").tobytes())
    return Job(media=str(path), aligner_dir=str(tiny_aligner))


@pytest.fixture(autouse=True)
def _float32(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUESMITH_DTYPE", "float32")


def run(job: Job, results: MemoryResults) -> list[Event]:
    return list(pipeline.run(job, results=results, cancel=CancelToken()))


def test_mixed_languages_are_kept_and_aligned_and_words_get_their_confidence(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline.recognizers, "choose", lambda *_, **__: ("mixed", "the test wants it"))
    monkeypatch.setattr(pipeline.recognizers, "create", lambda *_, **__: Mixed())
    results = MemoryResults()
    events = run(job, results)
    segment = next(event.segment for event in events if isinstance(event, ChunkDone))
    assert segment.languages == ("zh", "en")
    assert "".join(word.text + word.after for word in segment.words) == TEXT
    sure = {word.text: word.text_confidence for word in segment.words}
    assert (sure["我"], sure["PySide6"], sure["代"], sure["OK？"]) == (0.9, 0.9, 0.5, 0.5)
    assert [word.text for word in segment.words] == [
        "我",
        "用",
        "PySide6",
        "写",
        "代",
        "码，",
        "OK？",
    ]  # no estimate parts so
    notices = [event for event in events if isinstance(event, Notice)]
    assert [notice.code for notice in notices] == ["recognise.no_end"]
    again = run(job, results)
    assert any(isinstance(event, Resumed) for event in again)
    assert next(event.segment for event in again if isinstance(event, ChunkDone)) == segment


def test_recogniser_and_aligner_of_one_family_time_what_they_heard(job: Job, toy: Path) -> None:
    events = run(Job(media=job.media, model_dir=str(toy), aligner_dir=job.aligner_dir), MemoryResults())
    first, second = [event for event in events if isinstance(event, EngineChosen)]
    assert (first.recognizer.id, first.aligner) == ("qwen3-asr", None)
    assert "You chose the number format." in first.recognizer.reason
    assert second.aligner is not None  # known when the language was heard
    assert (second.aligner.id, second.aligner.device, second.aligner.dtype) == ("qwen3-aligner", "cpu", "float32")
    segment = next(event.segment for event in events if isinstance(event, ChunkDone))
    assert segment.text == "nine eight seven six"
    assert all(word.text_confidence is not None for word in segment.words)
    assert "".join(word.text + word.after for word in segment.words) == segment.text


def test_an_aligner_folder_that_cannot_be_used_is_said_before_anything_is_recognised(job: Job, toy: Path) -> None:
    wrong = Job(media=job.media, engine="builtin", aligner_dir=str(toy))
    with pytest.raises(CheckpointUnusable, match="it holds qwen3-asr"):
        pipeline.check(wrong)
