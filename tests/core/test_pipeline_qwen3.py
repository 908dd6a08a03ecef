"""Qwen3 engines in the pipeline: mixed languages are aligned, confidences reach the words, results are stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from core import pipeline
from core.engine import EngineInfo
from core.errors import CheckpointUnusable
from core.events import ChunkDone, EngineChosen, Event, Job, Resumed
from core.progress import CancelToken, Notice, Progress
from core.recognition import guard
from core.recognition.protocol import Options, RecognitionStream
from core.results import MemoryResults
from core.speech.chunk import Chunk
from core.transcript import Segment, Source

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
def job(material: Path) -> Job:
    digits = material / "B_timed" / "digits_constructed" / "dev_0.flac"
    return Job(media=str(digits), aligner_dir=str(material / "toy" / "qwen3-aligner-toy"))


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
    assert Source.ALIGNED in {word.source for word in segment.words}
    notices = [event for event in events if isinstance(event, Notice)]
    assert [notice.code for notice in notices] == ["recognise.no_end"]
    again = run(job, results)
    assert any(isinstance(event, Resumed) for event in again)
    assert next(event.segment for event in again if isinstance(event, ChunkDone)) == segment


def test_recogniser_and_aligner_of_one_family_time_what_they_heard(job: Job, material: Path) -> None:
    folder = str(material / "toy" / "qwen3-asr-toy")
    events = run(Job(media=job.media, model_dir=folder, aligner_dir=job.aligner_dir), MemoryResults())
    chosen = next(event for event in events if isinstance(event, EngineChosen))
    assert chosen.recognizer.id == "qwen3-asr"
    assert "You chose the number format." in chosen.recognizer.reason
    segment = next(event.segment for event in events if isinstance(event, ChunkDone))
    assert segment.text.startswith("nine five three")
    assert all(word.text_confidence is not None for word in segment.words)
    assert sum(word.source is Source.ALIGNED for word in segment.words) >= 4


def test_an_aligner_folder_that_cannot_be_used_is_said_before_anything_is_recognised(job: Job, material: Path) -> None:
    wrong = Job(media=job.media, engine="builtin", aligner_dir=str(material / "toy" / "qwen3-asr-toy"))
    with pytest.raises(CheckpointUnusable, match="it holds qwen3-asr"):
        pipeline.check(wrong)
