"""The pipeline with stand-in engines over real sound: order, resuming, cancelling, and what is told on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from core import pipeline
from core.errors import CuesmithError, EngineError, TrackMissing
from core.events import ChunkDone, CuesFound, EngineChosen, Event, Job, JobDone, Resumed
from core.paths import resource
from core.progress import Cancelled, CancelToken, Notice, Progress, Stage
from core.results import MemoryResults
from core.transcript import Source, Word
from tests.fakes.engines import CountingRecognizer, EvenAligner

FILM = str(resource("sample", "last_boat.mp4"))
JOB = Job(media=FILM, engine="counting", languages=("en",), max_chunk_ms=5_000)


@pytest.fixture
def recognizer(monkeypatch: pytest.MonkeyPatch) -> CountingRecognizer:
    made = CountingRecognizer()
    monkeypatch.setattr(pipeline.recognizers, "choose", lambda *_, **__: ("counting", "the test wants it"))
    monkeypatch.setattr(pipeline.recognizers, "create", lambda *_, **__: made)
    return made


@pytest.fixture
def aligner(monkeypatch: pytest.MonkeyPatch) -> EvenAligner:
    made = EvenAligner()
    monkeypatch.setattr(pipeline.aligners, "choose", lambda *_, **__: ("even", "the test wants it"))
    monkeypatch.setattr(pipeline.aligners, "create", lambda *_, **__: made)
    return made


def run(job: Job = JOB, results: MemoryResults | None = None, cancel: CancelToken | None = None) -> list[Event]:
    return list(pipeline.run(job, results=results or MemoryResults(), cancel=cancel or CancelToken()))


def words_of(events: list[Event]) -> list[Word]:
    return [word for event in events if isinstance(event, CuesFound) for cue in event.cues for word in cue.words]


def chunks_of(events: list[Event]) -> list[ChunkDone]:
    return [event for event in events if isinstance(event, ChunkDone)]


def test_the_engine_is_named_first_and_the_end_comes_last(recognizer: CountingRecognizer) -> None:
    events = [event for event in run() if not isinstance(event, Progress)]
    assert isinstance(events[0], EngineChosen)
    assert events[0].recognizer.reason == "the test wants it"
    assert isinstance(events[-1], JobDone)
    assert (events[-1].language, events[-1].words) == ("en", len(words_of(events)))


def test_every_word_the_recognizer_gives_is_in_a_cue_once_and_in_order(recognizer: CountingRecognizer) -> None:
    events = run()
    given = [word for chunk in chunks_of(events) for word in chunk.segment.words]
    assert given
    assert [(w.text, w.start_ms, w.end_ms) for w in words_of(events)] == [(w.text, w.start_ms, w.end_ms) for w in given]


def test_chunks_are_counted_from_the_start_and_progress_reaches_its_total(recognizer: CountingRecognizer) -> None:
    events = run()
    chunks = chunks_of(events)
    assert [chunk.index for chunk in chunks] == list(range(chunks[0].of))
    for stage in (Stage.SPEECH, Stage.RECOGNISE):
        steps = [event for event in events if isinstance(event, Progress) and event.stage is stage]
        assert [step.done_ms for step in steps] == sorted(step.done_ms for step in steps)
        assert steps[-1].done_ms == steps[-1].total_ms > 0


def test_a_run_that_failed_goes_on_at_the_first_missing_chunk_with_the_same_words(
    recognizer: CountingRecognizer,
) -> None:
    undisturbed = words_of(run())
    results = MemoryResults()
    recognizer.heard.clear()
    recognizer.fail_after = 3
    with pytest.raises(EngineError):
        run(results=results)
    recognizer.fail_after = None
    events = run(results=results)
    assert len(recognizer.heard) == len(set(recognizer.heard)), "a chunk was recognised twice"
    assert [chunk.from_store for chunk in chunks_of(events)][:4] == [True, True, True, False]
    assert [event for event in events if isinstance(event, Resumed)] == [Resumed(3, chunks_of(events)[0].of)]
    assert [(w.text, w.start_ms) for w in words_of(events)] == [(w.text, w.start_ms) for w in undisturbed]


def test_cancelling_stops_before_the_next_chunk_and_keeps_what_came(recognizer: CountingRecognizer) -> None:
    token, results = CancelToken(), MemoryResults()
    recognizer.on_chunk = lambda index: token.cancel() if index == 2 else None
    seen: list[Event] = []
    with pytest.raises(Cancelled):
        seen.extend(pipeline.run(JOB, results=results, cancel=token))
    recognizer.on_chunk = lambda index: None
    assert sum(chunk.from_store for chunk in chunks_of(run(results=results))) == 2


def test_an_engine_without_words_gets_them_from_the_aligner_and_both_are_stored(
    recognizer: CountingRecognizer, aligner: EvenAligner
) -> None:
    recognizer.info = CountingRecognizer(gives_words=False).info
    results = MemoryResults()
    first, pieces = run(results=results), len(aligner.pieces)
    second = run(results=results)
    assert pieces == len(chunks_of(first)) == len(aligner.pieces)
    assert all(chunk.from_store for chunk in chunks_of(second))
    assert {word.source for word in words_of(first)} == {Source.ALIGNED}
    assert [(w.text, w.start_ms) for w in words_of(second)] == [(w.text, w.start_ms) for w in words_of(first)]


def test_a_film_of_two_languages_gives_cues_in_both(monkeypatch: pytest.MonkeyPatch) -> None:
    made = CountingRecognizer(languages=("en", "de"))
    monkeypatch.setattr(pipeline.recognizers, "choose", lambda *_, **__: ("counting", ""))
    monkeypatch.setattr(pipeline.recognizers, "create", lambda *_, **__: made)
    events = run(Job(media=FILM, engine="counting", max_chunk_ms=5_000))
    cues = [cue for event in events if isinstance(event, CuesFound) for cue in event.cues]
    assert [cue.language for cue in cues[:1]] == ["en"]
    assert {cue.language for cue in cues} == {"en", "de"}
    assert len(words_of(events)) == sum(len(chunk.segment.words) for chunk in chunks_of(events))


def test_only_the_asked_for_part_of_the_film_is_recognised(recognizer: CountingRecognizer) -> None:
    words = words_of(run(Job(media=FILM, engine="counting", languages=("en",), from_ms=10_000, to_ms=20_000)))
    assert words
    assert all(10_000 <= word.start_ms <= word.end_ms <= 20_000 for word in words)


def test_silence_is_no_error_but_a_finding(recognizer: CountingRecognizer, tmp_path: Path) -> None:
    silent = tmp_path / "silent.wav"
    silent.write_bytes(_silent_wav(seconds=3))
    events = run(Job(media=str(silent), engine="counting"))
    assert [event.code for event in events if isinstance(event, Notice) and event.finding] == ["speech.none"]
    assert recognizer.heard == []
    assert isinstance(events[-1], JobDone)


def test_a_track_that_is_not_there_fails_before_an_engine_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    def create(*_: object, **__: object) -> None:
        raise AssertionError("an engine was loaded")

    monkeypatch.setattr(pipeline.recognizers, "choose", lambda *_, **__: ("counting", ""))
    monkeypatch.setattr(pipeline.recognizers, "create", create)
    with pytest.raises(TrackMissing):
        run(Job(media=FILM, engine="counting", track=5))


def test_urgent_work_gets_its_turn_between_chunks(recognizer: CountingRecognizer) -> None:
    turns: list[int] = []
    events = list(pipeline.run(JOB, results=MemoryResults(), cancel=CancelToken(), yield_point=lambda: turns.append(1)))
    assert len(turns) == len(chunks_of(events))


def test_whatever_goes_wrong_is_an_error_with_a_sentence(recognizer: CountingRecognizer, tmp_path: Path) -> None:
    with pytest.raises(CuesmithError, match=r"gone\.mp4"):
        run(Job(media=str(tmp_path / "gone.mp4"), engine="counting"))


def _silent_wav(seconds: int) -> bytes:
    import io
    import wave

    with io.BytesIO() as buffer:
        with wave.open(buffer, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(16_000)
            file.writeframes(b"\0\0" * 16_000 * seconds)
        return buffer.getvalue()
