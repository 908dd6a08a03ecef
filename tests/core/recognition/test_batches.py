"""Chunks through models rigged to repeat, to echo, to answer on silence, to mix languages and to fill the memory."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence

import numpy as np
import pytest

from core.errors import EngineMemory
from core.progress import Cancelled, CancelToken, Progress
from core.qwen3.answers import Ending, Heard, Outcome, Request
from core.recognition import guard
from core.recognition.batches import Batches
from core.recognition.protocol import Options
from core.speech.chunk import Chunk
from core.timecode import SAMPLE_RATE
from core.transcript import Segment


def heard(text: str, *languages: str, sure: float = 0.9) -> Outcome:
    return Outcome(Heard(languages or ("en",), text, ((text, sure),) if text else ()), Ending.SAID)


class Rigged:
    """Answers every request by `rule`; keeps what it was asked."""

    def __init__(self, rule: Callable[[Request], Outcome], most_rows: int = 1_000) -> None:
        self.rule, self.most_rows = rule, most_rows
        self.asked: list[list[Request]] = []

    def answer(self, requests: Sequence[Request]) -> Generator[int, None, list[Outcome]]:
        self.asked.append(list(requests))
        for tokens in range(1, 17):
            yield tokens
            if len(requests) > self.most_rows:
                raise MemoryError
        return [self.rule(request) for request in requests]

    @property
    def seconds(self) -> list[list[float]]:
        return [[len(request.samples) / SAMPLE_RATE for request in batch] for batch in self.asked]


def chunk(index: int, seconds: float, level: float = 0.1) -> Chunk:
    made = np.random.default_rng(index).standard_normal(round(seconds * SAMPLE_RATE)) * level
    first = index * 40 * SAMPLE_RATE
    return Chunk(made.astype(np.float32), first, index, ((first, first + len(made)),))


def run(model: Rigged, chunks: Sequence[Chunk], options: Options = Options(), rows: int = 4) -> list[Segment]:  # noqa: B008 - frozen
    return [item for item in going(model, iter(chunks), options, rows) if isinstance(item, Segment)]


def going(
    model: Rigged, chunks: object, options: Options, rows: int, cancel: CancelToken | None = None
) -> Generator[Segment | Progress, None, None]:
    yield from Batches(
        model,
        options,
        cancel or CancelToken(),
        engine="rigged",
        device="cpu",
        rows=rows,
        out_of_memory=lambda error: isinstance(error, MemoryError),
    ).run(chunks)  # type: ignore[arg-type]


# ── batches ──


def test_segments_come_in_the_order_of_the_chunks_though_decoded_by_length() -> None:
    lengths = [9, 2, 28, 5, 3, 30, 8, 1, 12, 4, 6]
    model = Rigged(lambda request: heard(f"{len(request.samples) // SAMPLE_RATE} seconds"))
    segments = run(model, [chunk(index, seconds) for index, seconds in enumerate(lengths)])
    assert [segment.text for segment in segments] == [f"{seconds} seconds" for seconds in lengths]
    assert [segment.start_ms for segment in segments] == [index * 40_000 for index in range(len(lengths))]
    assert all(batch == sorted(batch) for batch in model.seconds)
    assert sorted(second for batch in model.seconds for second in batch) == sorted(lengths)


def test_chunks_are_read_ahead_by_two_batches_at_most() -> None:
    read: list[int] = []

    def source() -> Generator[Chunk, None, None]:
        for index in range(100):
            read.append(index)
            yield chunk(index, 1)

    flow = going(Rigged(lambda _request: heard("word")), source(), Options(), rows=4)
    given = 0
    for item in flow:
        if isinstance(item, Segment):
            given += 1
            assert len(read) <= given + 2 * 4
    assert given == 100


def test_progress_comes_between_tokens_and_never_passes_the_batch() -> None:
    flow = list(going(Rigged(lambda _r: heard("word")), [chunk(0, 10), chunk(1, 10)], Options(), rows=4))
    signs = [item for item in flow if isinstance(item, Progress)]
    assert len(signs) == 2
    assert all(0 <= sign.done_ms < 20_000 for sign in signs)


def test_cancel_is_noticed_between_two_tokens() -> None:
    token = CancelToken()
    flow = going(Rigged(lambda _r: heard("word")), [chunk(0, 10)], Options(), 4, token)
    next(flow)
    token.cancel()
    with pytest.raises(Cancelled):
        next(flow)


def test_where_memory_is_full_the_batch_is_halved_and_the_run_goes_on() -> None:
    model = Rigged(lambda _r: heard("word"), most_rows=3)
    segments = run(model, [chunk(index, 5) for index in range(16)], rows=8)
    assert [segment.text for segment in segments] == ["word"] * 16
    assert [len(batch) for batch in model.asked][:3] == [8, 4, 2]
    assert max(len(batch) for batch in model.asked[2:]) == 2


def test_one_clip_that_does_not_fit_is_a_failure_with_a_name() -> None:
    with pytest.raises(EngineMemory, match="not enough memory on cpu"):
        run(Rigged(lambda _r: heard("word"), most_rows=0), [chunk(0, 5)])


def test_another_mistake_of_the_model_is_not_taken_for_full_memory() -> None:
    def broken(_request: Request) -> Outcome:
        raise RuntimeError("shapes do not match")

    with pytest.raises(RuntimeError, match="shapes"):
        run(Rigged(broken), [chunk(0, 5)])


# ── answers that are none ──


def test_an_endless_answer_is_cut_and_tried_again_in_parts() -> None:
    def rule(request: Request) -> Outcome:
        if len(request.samples) > 13 * SAMPLE_RATE:
            return Outcome(Heard(("en",), "again", (("again", 0.5),)), Ending.LOOP)
        return heard("part")

    model = Rigged(rule)
    (segment,) = run(model, [chunk(0, 16)])
    assert segment.text == "part part"
    assert segment.notes == (guard.RETRIED,)
    assert "".join(text for text, _ in segment.confidences) == segment.text
    assert sum(model.seconds[1]) == 16


@pytest.mark.parametrize(("ending", "note"), [(Ending.LOOP, guard.REPEATED), (Ending.BUDGET, guard.CUT_SHORT)])
def test_what_never_ends_well_keeps_what_came_and_says_so(ending: Ending, note: str) -> None:
    model = Rigged(lambda _r: Outcome(Heard(("en",), "one round", (("one round", 0.5),)), ending))
    (segment,) = run(model, [chunk(0, 30)])
    assert segment.text == "one round one round one round one round"
    assert segment.notes == (guard.RETRIED, note)
    assert len(model.asked) == 3


def test_parts_of_a_language_without_spaces_are_joined_without_one() -> None:
    def rule(request: Request) -> Outcome:
        long = len(request.samples) > 13 * SAMPLE_RATE
        return Outcome(Heard(("zh",), "你好", (("你好", 0.5),)), Ending.BUDGET if long else Ending.SAID)

    (segment,) = run(Rigged(rule), [chunk(0, 16)])
    assert segment.text == "你好你好"


def test_silence_is_never_asked_about() -> None:
    model = Rigged(lambda _r: heard("Thank you for watching."))
    segments = run(model, [chunk(0, 5, level=0.0), chunk(1, 5, level=0.0001)])
    assert [segment.text for segment in segments] == ["", ""]
    assert model.asked == []


def test_doubtful_text_on_near_silence_is_dropped_and_noted() -> None:
    (segment,) = run(Rigged(lambda _r: heard("Hm.", sure=0.3)), [chunk(0, 5, level=0.002)])
    assert (segment.text, segment.languages, segment.notes) == ("", (), (guard.NEAR_SILENCE,))


def test_the_context_said_back_is_recognised_again_without_it() -> None:
    model = Rigged(lambda request: heard(request.context or "what was really said"))
    (segment,) = run(model, [chunk(0, 5)], Options(context="PySide6 Qwen Cuesmith"))
    assert segment.text == "what was really said"
    assert segment.notes == (guard.WITHOUT_CONTEXT,)
    assert [[request.context for request in batch] for batch in model.asked] == [["PySide6 Qwen Cuesmith"], [""]]


def test_a_person_who_says_the_terms_of_the_context_keeps_their_spelling() -> None:
    model = Rigged(lambda request: heard("PySide6 Qwen Cuesmith" if request.context else "pyside6 qwen cuesmith"))
    (segment,) = run(model, [chunk(0, 5)], Options(context="PySide6 Qwen Cuesmith"))
    assert segment.text == "PySide6 Qwen Cuesmith"
    assert segment.notes == ()


def test_several_languages_of_a_segment_are_all_kept() -> None:
    (segment,) = run(Rigged(lambda _r: heard("我用 PySide6", "zh", "en")), [chunk(0, 5)])
    assert segment.languages == ("zh", "en")
