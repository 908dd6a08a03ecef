"""Models rigged to repeat, to recite the context, to hold on to old text and to change their mind, in a dictation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from core.media.waveform import Samples
from core.qwen3.answers import Ending, Heard
from core.qwen3.greedy import Answer
from core.recognition import guard
from core.recognition.streaming.agreement import DOUBTFUL
from core.recognition.streaming.hearing import DOUBTFUL_WORDS
from core.recognition.streaming.qwen3 import Qwen3Engine, Qwen3Hearing
from core.recognition.streaming.settings import StreamSettings
from core.timecode import SAMPLE_RATE

NAMES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
NAMES += ["red", "green", "blue", "yes", "no"]
Rule = Callable[[int, str], list[int]]
"""(seconds heard, context) → the answer it would give by itself."""


class Rigged:
    """Stands for the transcriber and the segment in one: ids are places in `NAMES`."""

    def __init__(self, rule: Rule) -> None:
        self._rule, self._context, self._seconds = rule, "", 0
        self.prefixes: list[list[int]] = []
        self.contexts: list[str] = []

    def live(self, languages: Sequence[str] = (), *, window_s: int = 8, work: Any = None) -> Rigged:
        return self

    def read(self, ids: Sequence[int], probabilities: Sequence[float], *, language: str = "") -> Heard:
        words = [NAMES[i] for i in ids]
        pairs = zip(words, probabilities, strict=True)
        parts = [(word if place == 0 else f" {word}", sure) for place, (word, sure) in enumerate(pairs)]
        return Heard(("en",), " ".join(words), tuple(parts))

    def text_at(self, ids: Sequence[int]) -> int:
        return 0

    def use_context(self, context: str) -> None:
        self._context = context

    def hear(self, samples: Samples, *, exactly: bool = False) -> None:
        self._seconds = len(samples) // SAMPLE_RATE

    def unforced(self, prefix: Sequence[int], first: int) -> int:
        free = self._rule(self._seconds, self._context)
        return next((i for i, (a, b) in enumerate(zip(prefix, [*free, -1], strict=False)) if a != b), len(prefix))

    def answer(self, prefix: Sequence[int], budget: int) -> Answer:
        self.prefixes.append(list(prefix))
        self.contexts.append(self._context)
        free = self._rule(self._seconds, self._context)
        new = free[len(prefix) :][:budget]
        ending = Ending.BUDGET if len(new) == budget else Ending.SAID
        return Answer(tuple(new), tuple([0.9] * len(new)), ending, len(new))


def hearing(rigged: Rigged, *, context: str = "", unfixed: int = 0, rollback: int = 2) -> Qwen3Hearing:
    settings = StreamSettings(unfixed_chunks=unfixed, rollback_tokens=rollback)
    return Qwen3Engine(rigged, settings, context).hearing(("en",))


def noise(seconds: int, level: float = 0.1) -> Samples:
    return (np.random.default_rng(1).standard_normal(seconds * SAMPLE_RATE) * level).astype(np.float32)


def counted(seconds: int, context: str) -> list[int]:
    return list(range(seconds))


def test_an_answer_is_kept_but_for_its_end_and_grows() -> None:
    rigged = Rigged(counted)
    heard = hearing(rigged)
    firm = [heard.step(noise(seconds)).firm for seconds in range(1, 8)]
    assert rigged.prefixes == [[], [], [], [0], [0, 1], [0, 1, 2], [0, 1, 2, 3]]
    assert firm == sorted(firm)
    assert firm[-1] == 5


def test_unfixed_chunks_begin_anew_and_make_nothing_firm() -> None:
    rigged = Rigged(counted)
    heard = hearing(rigged, unfixed=4)
    assert [heard.step(noise(seconds)).firm for seconds in range(1, 5)] == [0, 0, 0, 0]
    assert rigged.prefixes == [[], [], [], []]
    assert heard.step(noise(5)).firm == 3


def test_an_answer_that_repeats_itself_keeps_one_round_and_is_begun_again_behind_what_is_firm() -> None:
    rigged = Rigged(lambda seconds, _context: [0, 1, 2] if seconds < 3 else [0, 1, 2] + [7, 8] * 40)
    heard = hearing(rigged)
    for seconds in (1, 2):
        heard.step(noise(seconds))
    looped = heard.step(noise(3))
    assert [word.text for word in looped.words] == ["zero", "one", "two", "seven", "eight"]
    heard.step(noise(4))
    assert rigged.prefixes[-1] == [0, 1]
    ended = heard.end(noise(5))
    assert [word.text for word in ended.words] == ["zero", "one", "two", "seven", "eight"]
    assert guard.REPEATED in ended.notes


def test_the_context_is_only_given_at_the_end_and_not_when_it_is_recited() -> None:
    said = [11, 12, 13]
    rigged = Rigged(lambda _seconds, context: [14, 15, 10] if context else said)
    heard = hearing(rigged, context="yes no ten")
    heard.step(noise(1))
    assert rigged.contexts == [""]
    ended = heard.end(noise(2))
    assert [word.text for word in ended.words] == ["red", "green", "blue"]
    assert ended.notes == (guard.WITHOUT_CONTEXT,)


def test_text_that_stays_old_while_somebody_speaks_is_begun_again() -> None:
    rigged = Rigged(lambda _seconds, _context: [0, 1, 2, 3, 4])
    heard = hearing(rigged)
    for seconds in range(1, 8):
        heard.step(noise(seconds))
    assert rigged.prefixes[2] == [0, 1, 2, 3][: len(rigged.prefixes[2])]
    assert heard._firm == 4
    assert rigged.prefixes[-1] == [0, 1, 2, 3]


def test_firm_words_the_whole_segment_speaks_against_stay_and_are_doubtful() -> None:
    rigged = Rigged(lambda seconds, _context: [0, 1, 2, 3] if seconds < 5 else [0, 9, 2, 3, 4, 5])
    heard = hearing(rigged)
    for seconds in range(1, 5):
        heard.step(noise(seconds))
    ended = heard.end(noise(6))
    assert [word.text for word in ended.words] == ["zero", "one", "two", "three", "four", "five"]
    assert [word.sure for word in ended.words][:3] == [0.9, DOUBTFUL, 0.9]
    assert ended.notes == (DOUBTFUL_WORDS,)
    assert rigged.prefixes[-2:] == [[0, 1, 2], [0]]  # the firm words are given to the end; then it is asked freely


def test_a_segment_is_given_nothing_of_the_one_before() -> None:
    rigged = Rigged(counted)
    engine = Qwen3Engine(rigged, StreamSettings(unfixed_chunks=0, rollback_tokens=2))
    before = engine.hearing(("en",))
    for seconds in range(1, 6):
        before.step(noise(seconds))
    before.end(noise(6))
    assert engine.hearing(("en",)).step(noise(5)).firm == 0
    assert (rigged.prefixes[-1], rigged.contexts[-1]) == ([], "")


@pytest.mark.parametrize("level", [0.0, 0.0005])
def test_silence_is_never_asked_about(level: float) -> None:
    rigged = Rigged(counted)
    heard = hearing(rigged)
    assert heard.step(noise(3, level)).words == ()
    assert heard.end(noise(4, level)).words == ()
    assert rigged.prefixes == []


def test_doubtful_text_on_near_silence_is_dropped() -> None:
    rigged = Rigged(counted)
    rigged.answer = lambda prefix, budget: Answer((5,), (0.2,), Ending.SAID, 1)  # type: ignore[method-assign]
    ended = hearing(rigged).end(noise(2, 0.0015))
    assert (ended.words, ended.notes) == ((), (guard.NEAR_SILENCE,))
