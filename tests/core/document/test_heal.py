"""Corrected words get times from the sound; nobody else's change. The aligner's answer is given by hand here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from core.document import edits
from core.document.document import Document
from core.document.heal import LONGEST_MS, Window, healed, spoiled, window
from core.document.history import History
from core.transcript import Source, Word
from tests.core.document.builders import check_whole, cue, document, words

TEXT = "one two three four five six"


def _corrected(before: Document, row: int, text: str) -> tuple[History, Window | None]:
    """The text typed into a cue, and what to ask."""
    history = History(before)
    edit = edits.set_text(before, row, text)
    assert edit is not None
    history.apply(edit)
    names = spoiled(edit).get(before.cues[row].id, frozenset())
    return history, window(history.document, before.cues[row].id, names)


def _answer(asked: Window, shift_ms: int = 0, **run: tuple[int, int]) -> list[Word]:
    """An aligner's answer: sentinels where they are, but for a shift; the words of `run` there."""
    sentinels = [
        replace(word, start_ms=word.start_ms + shift_ms, end_ms=word.end_ms + shift_ms) for word in asked.words
    ]
    return [
        replace(word, start_ms=run[word.text][0], end_ms=run[word.text][1], source=Source.ALIGNED)
        if word.text in run
        else word
        for word in sentinels
    ]


def test_a_corrected_word_gets_its_time_and_all_others_keep_theirs() -> None:
    before = document(cue(TEXT, 1000))
    history, asked = _corrected(before, 0, "one two zebra four five six")
    assert asked is not None
    assert [word.text for word in asked.run] == ["zebra"]
    assert (asked.low_ms, asked.high_ms) == (1180, 1300)
    assert [word.text for word in asked.words] == ["one", "two", "zebra", "four", "five", "six"]
    new = healed(asked, _answer(asked, zebra=(1195, 1290)))
    assert new is not None
    cause = history.step_id
    assert history.apply_late(edits.late(history.document, asked.seen, new), cause)
    after = history.document.cues[0].words
    assert (after[2].text, after[2].start_ms, after[2].end_ms, after[2].source) == ("zebra", 1195, 1290, Source.ALIGNED)
    assert [*after[:2], *after[3:]] == [*before.cues[0].words[:2], *before.cues[0].words[3:]]
    check_whole(history.document)
    assert history.labels() == ("Edit text",), "the healing is part of the step that caused it"
    history.undo()
    assert history.document == before
    history.redo()
    assert history.document.cues[0].words == after


def test_spelling_and_case_ask_for_nothing() -> None:
    before = document(cue("recieve teh Colour, now", 0))
    for text in ("receive teh colour, now", "Receive teh colour now!"):
        _, asked = _corrected(before, 0, text)
        assert asked is None


def test_replacing_by_rule_asks_for_nothing() -> None:
    before = document(cue(TEXT, 0))
    edit = edits.replace_all(before, edits.search_pattern("three"), "zebra")
    assert edit is not None
    assert spoiled(edit) == {}
    assert [(w.start_ms, w.end_ms) for w in before.apply(edit).cues[0].words] == [
        (w.start_ms, w.end_ms) for w in before.cues[0].words
    ]


def test_words_that_were_estimates_before_are_left_alone() -> None:
    guessed = tuple(replace(word, source=Source.ESTIMATED) for word in words(TEXT))
    before = document(replace(cue(TEXT), words=guessed))
    history, asked = _corrected(before, 0, "one two three four five zebra")
    assert asked is not None
    assert [word.text for word in asked.run] == ["zebra"]
    shifted = edits.shift(history.document, [0], 500)
    assert shifted is not None
    assert spoiled(shifted) == {}


def test_chinese_is_asked_for_by_character() -> None:
    before = document(cue("我今天很好吗", 0, language="zh"))
    _, asked = _corrected(before, 0, "我明天很好吗")
    assert asked is not None
    assert [word.text for word in asked.run] == ["明"]
    assert "".join(word.text + word.after for word in asked.words).strip() == "我明天很好"


def test_words_of_the_cues_beside_are_sentinels_too() -> None:
    before = document(cue("one two", 0), cue("three", 200), cue("four five", 300))
    _, asked = _corrected(before, 1, "zebra")
    assert asked is not None
    assert "".join(word.text + word.after for word in asked.words).strip() == "one two zebra four five"
    assert (asked.low_ms, asked.high_ms) == (200, 280)


def test_a_pause_ends_the_sentinels() -> None:
    before = document(cue("one two", 0), cue("three four", 5000), cue("five", 12_000))
    _, asked = _corrected(before, 1, "three zebra")
    assert asked is not None
    assert [word.text for word in asked.words] == ["three", "zebra"]
    assert asked.start_ms == 5000 - 150


def test_a_window_is_no_longer_than_ten_seconds() -> None:
    slow = words(TEXT, length_ms=2900, step_ms=3000)
    before = document(replace(cue(TEXT), words=slow, end_ms=18_000))
    _, asked = _corrected(before, 0, "one two three zebra five six")
    assert asked is not None
    assert asked.end_ms - asked.start_ms <= LONGEST_MS
    assert asked.start_ms <= asked.low_ms < asked.high_ms <= asked.end_ms


@pytest.mark.parametrize(
    ("zebra", "shift_ms"),
    [((1195, 1290), 400), ((1400, 1500), 0), ((1100, 1200), 0)],
    ids=["the sentinels are found elsewhere", "it is found behind its neighbour", "only a trace lies between them"],
)
def test_an_answer_that_cannot_be_is_not_taken(zebra: tuple[int, int], shift_ms: int) -> None:
    _, asked = _corrected(document(cue(TEXT, 1000)), 0, "one two zebra four five six")
    assert asked is not None
    assert healed(asked, _answer(asked, shift_ms, zebra=zebra)) is None


def test_an_estimate_is_no_answer() -> None:
    _, asked = _corrected(document(cue(TEXT, 1000)), 0, "one two zebra four five six")
    assert asked is not None
    assert healed(asked, asked.words) is None
    assert healed(asked, ()) is None


def test_a_word_that_its_neighbours_cut_short_is_doubtful() -> None:
    _, asked = _corrected(document(cue(TEXT, 1000)), 0, "one two zebra four five six")
    assert asked is not None
    new = healed(asked, _answer(asked, zebra=(1000, 1500)))
    assert new is not None
    assert (new[2].start_ms, new[2].end_ms, new[2].time_confidence) == (1180, 1300, 0.4)


def test_a_word_without_room_is_not_asked_for() -> None:
    tight = words("one two", length_ms=100)
    before = document(replace(cue("one two"), words=tight, end_ms=200))
    history, asked = _corrected(before, 0, "one zebra two")
    assert asked is None
    assert history.document.cues[0].words[1].source is Source.ESTIMATED


def test_an_answer_for_words_that_changed_meanwhile_is_left() -> None:
    history, asked = _corrected(document(cue(TEXT, 1000)), 0, "one two zebra four five six")
    assert asked is not None
    new: Sequence[Word] | None = healed(asked, _answer(asked, zebra=(1195, 1290)))
    assert new is not None
    history.apply(edits.set_text(history.document, 0, "one two giraffe four five six"))
    assert edits.late(history.document, asked.seen, new) is None


def test_late_times_behind_other_steps_are_a_step_of_their_own_that_goes_with_the_one_before() -> None:
    before = document(cue(TEXT, 1000), cue("far away", 9000))
    history, asked = _corrected(before, 0, "one two zebra four five six")
    cause = history.step_id
    assert asked is not None
    history.apply(edits.set_voice(history.document, [1], "Ann"))
    new = healed(asked, _answer(asked, zebra=(1195, 1290)))
    assert new is not None
    history.apply_late(edits.late(history.document, asked.seen, new), cause)
    assert history.labels() == ("Edit text", "Set speaker", "Heal times")
    history.undo()
    assert history.labels() == ("Edit text",)
    history.undo()
    assert history.document == before
