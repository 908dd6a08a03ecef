"""Cues that count from 01:00:00:00 beside a film that counts from 0 are found, and moved as one step."""

from __future__ import annotations

from fractions import Fraction

import pytest

from core.cue import Cue
from core.document.document import Document
from core.document.history import History
from core.document.start_code import counted_from_zero, hours_late
from core.timecode import hour_of_timecode_ms
from tests.core.document.builders import cue, document

HOUR = Fraction(3_600_000)
MINUTE = 60_000


def cues(*starts_min: float) -> list[Cue]:
    return [cue("x", int(start_min * MINUTE)) for start_min in starts_min]


@pytest.mark.parametrize(
    ("starts_min", "film_min", "hours"),
    [
        ((60.1, 83), 24, 1),
        ((600.1, 623), 24, 10),
        ((60.1, 145), 90, 1),
        ((65, 150), 12, 1),
        ((60, 61), 2, 1),
    ],
)
def test_cues_behind_the_film_are_late_by_whole_hours(starts_min: tuple[float, ...], film_min: int, hours: int) -> None:
    assert hours_late(cues(*starts_min), film_min * MINUTE, HOUR) == hours


@pytest.mark.parametrize(
    ("starts_min", "film_min"),
    [((0.1, 83), 24), ((61, 100), 120), ((59.9, 70), 24), ((60.1, 83), 0), ((), 24)],
    ids=["one in the first hour", "they lie in the film", "just before the hour", "no length known", "no cues"],
)
def test_cues_that_may_belong_where_they_are_are_left_alone(starts_min: tuple[float, ...], film_min: int) -> None:
    assert hours_late(cues(*starts_min), film_min * MINUTE, HOUR) == 0


@pytest.mark.parametrize(("drop", "hour_ms"), [(False, Fraction(3_603_600)), (True, Fraction(35_999_964, 10))])
def test_an_hour_by_timecode_is_none_by_the_clock_at_29_97(drop: bool, hour_ms: Fraction) -> None:
    assert hour_of_timecode_ms(Fraction(30_000, 1001), drop=drop) == hour_ms
    begins_ms = round(10 * hour_ms)
    before = document(cue("first", begins_ms + 1235), cue("last", begins_ms + 9000))
    assert hours_late(before.cues, 10_000, hour_ms) == 10
    edit = counted_from_zero(before, 10, hour_ms)
    assert edit is not None
    assert [one.start_ms for one in before.apply(edit).cues] == [1235, 9000]


def test_the_document_remembers_the_start_code_and_one_undo_takes_both_back() -> None:
    before = document(cue("first", 3_601_000), cue("last", 3_605_000))
    history = History(before)
    history.apply(counted_from_zero(before, 1, HOUR))
    after = history.document
    assert ([one.start_ms for one in after.cues], after.start_timecode) == ([1000, 5000], 3_600_000)
    history.undo()
    assert history.document == before
    history.redo()
    assert history.document == after


def test_without_cues_there_is_nothing_to_move() -> None:
    assert counted_from_zero(Document(), 1, HOUR) is None
