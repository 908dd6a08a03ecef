"""Finding and replacing in cues; a replacement by rule keeps all times. `edited` also undoes and redoes each."""

from __future__ import annotations

import re

import pytest

from core.document import edits
from core.document.search import Match, matches, next_match
from core.errors import BadArgument
from tests.core.document.builders import cue, document, texts
from tests.core.document.conftest import Edited

BEFORE = document(cue("The cat sat", 0), cue("on the\nmat", 1000), cue("猫の地図 the", 2000))


@pytest.mark.parametrize(
    ("wanted", "options", "found"),
    [
        ("the", {}, [(0, 0, 3), (1, 3, 6), (2, 5, 8)]),
        ("the", {"match_case": True}, [(1, 3, 6), (2, 5, 8)]),
        ("at", {"whole_word": True}, []),
        (r"[cm]at\b", {"regex": True}, [(0, 4, 7), (1, 7, 10)]),
        ("地図", {}, [(2, 2, 4)]),
        ("x*", {"regex": True}, []),
        ("^mat$", {"regex": True}, [(1, 7, 10)]),
    ],
)
def test_places_are_found_in_order(wanted: str, options: dict[str, bool], found: list[tuple[int, int, int]]) -> None:
    assert matches(BEFORE, edits.search_pattern(wanted, **options)) == tuple(Match(*one) for one in found)


def test_only_the_rows_asked_for_are_searched() -> None:
    assert matches(BEFORE, edits.search_pattern("the"), [1]) == (Match(1, 3, 6),)


def test_the_search_goes_on_and_round() -> None:
    found = matches(BEFORE, edits.search_pattern("the"))
    assert next_match(found, 0, 1) == found[1]
    assert next_match(found, 2, 6) == found[0]
    assert next_match(found, 1, 3, back=True) == found[0]
    assert next_match(found, 0, 0, back=True) == found[2]
    assert next_match((), 0, 0) is None


def test_one_place_is_replaced_and_all_times_stay(edited: Edited) -> None:
    after = edited(BEFORE, edits.replace_one(BEFORE, 0, 4, edits.search_pattern(r"(c)at", regex=True), r"\1oat"))
    assert texts(after) == ["The coat sat", "on the\nmat", "猫の地図 the"]
    assert [(w.id, w.start_ms, w.end_ms, w.source) for w in after.cues[0].words] == [
        (w.id, w.start_ms, w.end_ms, w.source) for w in BEFORE.cues[0].words
    ]


def test_a_place_that_is_gone_is_not_replaced() -> None:
    assert edits.replace_one(BEFORE, 0, 3, edits.search_pattern("cat"), "dog") is None
    assert edits.replace_one(BEFORE, 0, 4, edits.search_pattern("dog"), "cat") is None


def test_a_look_behind_sees_what_stands_before(edited: Edited) -> None:
    pattern = edits.search_pattern(r"(?<=The )cat", regex=True)
    assert texts(edited(BEFORE, edits.replace_one(BEFORE, 0, 4, pattern, "dog")))[0] == "The dog sat"


def test_a_replacement_is_taken_as_it_is_where_it_is_no_template(edited: Edited) -> None:
    after = edited(BEFORE, edits.replace_one(BEFORE, 0, 4, edits.search_pattern("cat"), lambda _match: r"\1"))
    assert texts(after)[0] == r"The \1 sat"
    with pytest.raises(BadArgument):
        edits.replace_one(BEFORE, 0, 4, re.compile("cat"), r"\1")
