"""Single words: edges, text, place. `edited` also undoes and redoes each."""

from __future__ import annotations

import pytest

from core.document import edits
from core.transcript import Source
from tests.core.document.builders import cue, document, spans, texts
from tests.core.document.conftest import Edited


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        ({"start_ms": 50}, [(0, 50), (50, 180), (200, 280)]),
        ({"start_ms": -900}, [(0, 20), (20, 180), (200, 280)]),
        ({"end_ms": 250}, [(0, 80), (100, 250), (250, 280)]),
        ({"end_ms": 9000}, [(0, 80), (100, 260), (260, 280)]),
        ({"end_ms": 0}, [(0, 80), (100, 120), (200, 280)]),
        ({"start_ms": 160, "end_ms": 240}, [(0, 80), (160, 240), (240, 280)]),
        ({"start_ms": -500, "end_ms": -420}, [(0, 20), (20, 100), (200, 280)]),
    ],
)
def test_neighbours_give_way_to_an_edge(edited: Edited, edges: dict[str, int], expected: list[tuple[int, int]]) -> None:
    before = document(cue("one two three"))
    after = edited(before, edits.retime_word(before, 0, 1, **edges))
    assert [(w.start_ms, w.end_ms) for w in after.cues[0].words] == expected
    assert after.cues[0].words[1].source is Source.EDITED


def test_the_cue_goes_along_outward_up_to_the_next(edited: Edited) -> None:
    before = document(cue("one", 1000), cue("two", 2000), cue("three", 3000))
    assert spans(edited(before, edits.retime_word(before, 1, 0, end_ms=9000)))[1] == (2000, 3000)
    assert spans(edited(before, edits.retime_word(before, 1, 0, start_ms=0)))[1] == (1080, 2080)


def test_words_go_to_the_next_cue_and_the_times_follow(edited: Edited) -> None:
    before = document(cue("one two three", 0, 600), cue("four", 1000))
    after = edited(before, edits.to_next_cue(before, 0, 1))
    assert texts(after) == ["one", "two three four"]
    assert spans(after) == [(0, 100), (100, 1080)]


def test_words_go_to_the_cue_before_and_the_times_follow(edited: Edited) -> None:
    before = document(cue("one", 0), cue("two three", 1000))
    after = edited(before, edits.to_previous_cue(before, 1, 0))
    assert (texts(after), spans(after)) == (["one two", "three"], [(0, 1080), (1100, 1180)])


def test_a_cue_whose_last_word_went_is_gone(edited: Edited) -> None:
    before = document(cue("one", 0), cue("two", 1000))
    assert texts(edited(before, edits.to_next_cue(before, 0, 0))) == ["one two"]
    assert edits.to_next_cue(before, 1, 0) is None
    assert edits.to_previous_cue(before, 0, 0) is None


def test_a_word_is_cut_and_joined_again(edited: Edited) -> None:
    before = document(cue("cannot go"))
    cut = edited(before, edits.split_word(before, 0, 0, 3))
    assert texts(cut) == ["cannot go"]
    assert [w.text for w in cut.cues[0].words] == ["can", "not", "go"]
    one = edited(cut, edits.join_words(cut, 0, 0))
    assert [(w.text, w.start_ms, w.end_ms) for w in one.cues[0].words] == [("cannot", 0, 80), ("go", 100, 180)]
    assert edits.split_word(before, 0, 0, 0) is None
    assert edits.join_words(before, 0, 1) is None


def test_a_joined_word_is_as_sure_as_its_least_sure_part(edited: Edited) -> None:
    before = document(cue("check in now"))
    word = edited(before, edits.join_words(before, 0, 0, glue="-")).cues[0].words[0]
    assert (word.text, word.source, word.text_confidence) == ("check-in", Source.ALIGNED, 0.9)


def test_one_word_is_corrected_alone(edited: Edited) -> None:
    before = document(cue("one tow three"))
    after = edited(before, edits.set_word_text(before, 0, 1, "twenty two"))
    assert texts(after) == ["one twenty two three"]
    assert (after.cues[0].words[0], after.cues[0].words[3]) == (before.cues[0].words[0], before.cues[0].words[2])
    assert texts(edited(before, edits.set_word_text(before, 0, 1, ""))) == ["one three"]


def test_words_deleted_leave_the_cue_its_times(edited: Edited) -> None:
    before = document(cue("one two three"))
    after = edited(before, edits.delete_words(before, 0, [0, 2]))
    assert (texts(after), spans(after)) == (["two"], [(0, 280)])
