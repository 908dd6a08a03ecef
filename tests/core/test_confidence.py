"""Confidence of tokens becomes confidence of words, or none where the texts do not agree."""

from __future__ import annotations

import pytest

from core.confidence import time_score, with_text_confidence
from core.transcript import Source, Word, shared_out, split_text


def words(text: str) -> tuple[Word, ...]:
    return shared_out(split_text(text), 0, 1000, source=Source.ESTIMATED)


@pytest.mark.parametrize(
    ("text", "parts", "wanted"),
    [
        ("Hello, world", [("Hel", 0.9), ("lo", 0.4), (",", 0.1), (" world", 0.8)], [0.4, 0.8]),
        ("don’t — stop", [("don", 0.9), ("’t", 0.7), (" —", 0.2), (" stop", 0.6)], [0.7, None, 0.6]),
        ("3.5 %", [("3", 0.9), (".", 0.2), ("5", 0.8), (" %", 0.1)], [0.8, None]),
        ("a b", [("a b", 0.5)], [0.5, 0.5]),
        ("a b", [("a c", 0.5)], [None, None]),
        ("a b", [], [None, None]),
    ],
)
def test_a_word_is_as_sure_as_the_least_sure_part_of_its_letters(
    text: str, parts: list[tuple[str, float]], wanted: list[float | None]
) -> None:
    assert [word.text_confidence for word in with_text_confidence(words(text), parts)] == wanted


def test_chinese_words_without_spaces_take_their_own_characters() -> None:
    pair = (Word("你好", 0, 1, after=""), Word("世界", 1, 2, after=""))
    made = with_text_confidence(pair, [("你", 0.9), ("好世", 0.5), ("界", 0.7)])
    assert [word.text_confidence for word in made] == [0.5, 0.5]


def test_a_confidence_that_is_there_stays() -> None:
    (word,) = with_text_confidence([Word("a", 0, 1, text_confidence=0.3)], [("a", 0.9)])
    assert word.text_confidence == 0.3


@pytest.mark.parametrize(
    ("confidences", "score"),
    [((0.9, 0.5, 0.1), 0.5), ((0.9, None, 0.4), 0.65), ((0.0,), 0.0), ((None, None), None), ((), None)],
)
def test_a_cue_is_as_sure_of_its_times_as_its_measured_words_are_in_the_mean(
    confidences: tuple[float | None, ...], score: float | None
) -> None:
    assert time_score([Word("a", 0, 1, time_confidence=one) for one in confidences]) == score
