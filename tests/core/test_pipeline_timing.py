"""Words are timed several segments at once where they are ready; nothing waits for the recogniser's next ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pytest

from core.alignment.protocol import Piece
from core.engine import EngineInfo
from core.errors import AlignmentFailed, EngineError
from core.events import EngineChosen, Event
from core.pipeline_timing import Recognised, WordTiming
from core.progress import CancelToken, Progress, Stage
from core.results import ChunkKey, MemoryResults
from core.speech.chunk import Chunk, ChunkSpan
from core.transcript import Segment, Source, Word
from tests.fakes.engines import EvenAligner

SECOND = 16_000
CHOSEN = EngineChosen(EngineInfo("heard", "Heard", (), gives_words=False), None)
OWN, WORK = Progress(Stage.RECOGNISE, 1, 9), Progress(Stage.RECOGNISE, 2, 9)


class Batching(EvenAligner):
    """Takes several pieces at once; `fails_at`: which piece, counted from 0, it breaks at."""

    def __init__(self, rows: int = 4, fails_at: int | None = None) -> None:
        super().__init__()
        self.info = replace(self.info, rows=rows)
        self.batches: list[int] = []
        self.fails_at = fails_at

    def align(self, pieces: Sequence[Piece], cancel: CancelToken) -> Iterator[tuple[Word, ...]]:
        if pieces:
            self.batches.append(len(pieces))
        for words in super().align(pieces, cancel):
            if self.fails_at is not None and len(self.pieces) > self.fails_at:
                raise EngineError(engine="even", cause="told to fail")
            yield words


class NoWay(Batching):
    """Finds no way for a text with "noise" in it, and says so where it comes to it, or before the whole batch."""

    def __init__(self, *, at_once: bool) -> None:
        super().__init__()
        self.at_once = at_once

    def align(self, pieces: Sequence[Piece], cancel: CancelToken) -> Iterator[tuple[Word, ...]]:
        self.batches.append(len(pieces))
        for piece in pieces:
            for one in pieces if self.at_once else (piece,):
                if "noise" in one.text:
                    raise AlignmentFailed(engine="even", cause="no way")
            yield next(EvenAligner().align([piece], cancel))


def spans(count: int) -> list[ChunkSpan]:
    return [ChunkSpan(index, index * SECOND, (index + 1) * SECOND, ()) for index in range(count)]


def recognised(index: int, of: int, text: str = "some words", language: str = "en") -> Recognised:
    return Recognised(index, of, Segment(index * 1000, index * 1000 + 1000, text, (language,)), from_store=False)


def chunks(plan: Sequence[ChunkSpan]) -> Iterator[Chunk]:
    for span in plan:
        yield Chunk(np.zeros(SECOND, np.float32), span.first_sample, span.index)


def key_for(span: ChunkSpan, aligner: EngineInfo, segment: Segment) -> ChunkKey:
    return ChunkKey("align", "media", 1, span.first_sample, span.last_sample, aligner.id, "", segment.text)


def timing(aligner: EvenAligner, results: MemoryResults, chosen: EngineChosen = CHOSEN) -> WordTiming:
    return WordTiming(
        chosen, aligner_for=lambda _language: aligner, key_for=key_for, results=results, cancel=CancelToken()
    )


def run(
    aligner: EvenAligner, flow: Sequence[Event | Recognised], count: int, results: MemoryResults | None = None
) -> list[Event | Recognised]:
    plan = spans(count)
    return list(timing(aligner, results or MemoryResults()).run(iter(flow), plan, chunks(plan)))


def given(events: Sequence[Event | Recognised]) -> list[Recognised]:
    return [event for event in events if isinstance(event, Recognised)]


def test_what_is_ready_is_timed_together_in_batches_of_the_aligners_size() -> None:
    aligner = Batching(rows=4)
    flow = [one for index in range(10) for one in (recognised(index, 10), OWN)]
    done = given(run(aligner, flow, 10))
    assert aligner.batches == [4, 4, 2]
    assert [one.index for one in done] == list(range(10))
    assert all(one.segment.words[0].start_ms == one.index * 1000 for one in done)


def test_nothing_waits_while_the_recogniser_works_on_the_next_ones() -> None:
    aligner = Batching(rows=8)
    events = run(aligner, [recognised(0, 3), OWN, recognised(1, 3), OWN, WORK, WORK, recognised(2, 3), OWN], 3)
    assert aligner.batches == [2, 1]
    second = next(place for place, one in enumerate(events) if isinstance(one, Recognised) and one.index == 1)
    assert second < [place for place, one in enumerate(events) if one == WORK][1]


def test_an_aligner_that_takes_one_at_a_time_gets_one_at_a_time() -> None:
    aligner = Batching(rows=1)
    run(aligner, [recognised(index, 3) for index in range(3)], 3)
    assert aligner.batches == [1, 1, 1]


def test_stored_and_empty_segments_keep_their_place_among_those_that_are_timed() -> None:
    results, plan = MemoryResults(), spans(5)
    stored = Segment(1000, 2000, "some words", ("en",), (Word("kept", 1000, 1100),))
    results.put(key_for(plan[1], EvenAligner().info, stored), stored)
    flow = [recognised(0, 5), recognised(1, 5), recognised(2, 5, text=" "), recognised(3, 5), recognised(4, 5)]
    aligner = Batching(rows=8)
    done = given(run(aligner, flow, 5, results))
    assert [one.index for one in done] == list(range(5))
    assert done[1].segment.words[0].text == "kept"
    assert done[2].segment.words == ()
    assert aligner.batches == [3]


def test_stored_segments_are_given_out_at_once() -> None:
    results, plan = MemoryResults(), spans(2)
    segment = recognised(0, 2).segment
    results.put(key_for(plan[0], EvenAligner().info, segment), segment)
    flow = timing(Batching(rows=8), results).run(iter([recognised(0, 2), OWN]), plan, chunks(plan))
    assert isinstance(next(flow), Recognised)


def test_pieces_of_a_batch_that_failed_are_kept_up_to_the_one_that_did() -> None:
    results = MemoryResults()
    flow = [recognised(index, 4) for index in range(4)]
    plan = spans(4)
    heard: list[Event | Recognised] = []
    with pytest.raises(EngineError):
        heard.extend(timing(Batching(fails_at=2), results).run(iter(flow), plan, chunks(plan)))
    again = Batching()
    done = given(run(again, flow, 4, results))
    assert again.batches == [2]
    assert len(done) == 4


@pytest.mark.parametrize("at_once", [False, True], ids=["where it stands", "before the batch"])
@pytest.mark.parametrize("bad", [{0}, {2}, {1, 3}, {0, 1, 2, 3}], ids=str)
def test_a_text_no_way_is_found_for_is_estimated_and_the_run_goes_on(bad: set[int], at_once: bool) -> None:
    """A recogniser hears words in noise, and an hour of work must not end there, nor each time it is gone on with."""
    results = MemoryResults()
    flow = [recognised(index, 4, text="words in noise" if index in bad else "some words") for index in range(4)]
    done = given(run(NoWay(at_once=at_once), flow, 4, results))
    assert [one.index for one in done] == list(range(4))
    for one in done:
        assert {word.source for word in one.segment.words} == {Source.ESTIMATED if one.index in bad else Source.ALIGNED}
        start_ms = one.index * 1000
        assert all(start_ms <= word.start_ms <= word.end_ms <= start_ms + 1000 for word in one.segment.words)
    again = NoWay(at_once=at_once)
    assert [one.segment for one in given(run(again, flow, 4, results))] == [one.segment for one in done]
    assert again.batches == []


def test_each_piece_is_stored_before_it_is_heard_of_and_progress_follows_each() -> None:
    results, plan = MemoryResults(), spans(3)
    aligner = Batching(rows=8)
    steps = []
    for event in timing(aligner, results).run(iter([recognised(n, 3) for n in range(3)]), plan, chunks(plan)):
        if isinstance(event, Recognised):
            key = key_for(plan[event.index], aligner.info, event.segment)
            assert results.get(key) == event.segment
        elif isinstance(event, Progress):
            steps.append((event.done_ms, event.total_ms))
    assert steps == [(1000, 3000), (2000, 3000), (3000, 3000)]


def test_an_aligner_known_only_by_the_language_is_told_once_before_its_first_words() -> None:
    aligner = Batching(rows=2)
    events = run(aligner, [recognised(index, 4) for index in range(4)], 4)
    told = [event for event in events if isinstance(event, EngineChosen)]
    assert told == [EngineChosen(CHOSEN.recognizer, aligner.info)]
    assert isinstance(events[0], EngineChosen)


def test_an_aligner_that_was_told_is_not_told_again() -> None:
    aligner, plan = Batching(), spans(1)
    flow = timing(aligner, MemoryResults(), EngineChosen(CHOSEN.recognizer, aligner.info))
    events = list(flow.run(iter([recognised(0, 1)]), plan, chunks(plan)))
    assert not any(isinstance(event, EngineChosen) for event in events)
