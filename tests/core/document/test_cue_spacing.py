"""Times of many cues by a rule. `edited` also undoes and redoes each."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from core.document import edits
from core.document.document import MediaRef
from core.timecode import ms_of_frame
from core.transcript import Source
from tests.core.document.builders import cue, document, spans, texts
from tests.core.document.conftest import Edited

NTSC = Fraction(24000, 1001)


def test_cues_are_stretched_between_two_points(edited: Edited) -> None:
    before = document(cue("one two", 1000, 1180), cue("three", 2000, 2080), cue("four", 3000))
    after = edited(before, edits.stretch(before, [0, 1], start_ms=500, end_ms=500 + 2 * 1080))
    assert spans(after) == [(500, 860), (2500, 2660), (3000, 3080)]
    assert [(w.start_ms, w.end_ms) for w in after.cues[0].words] == [(500, 660), (700, 860)]
    assert after.cues[0].words[0].source is Source.ALIGNED


def test_cues_without_length_are_not_stretched() -> None:
    before = document(cue("", 1000, 1000), cue("one", 2000))
    assert edits.stretch(before, [0], start_ms=0, end_ms=1000) is None
    assert edits.stretch(before, [1], start_ms=1000, end_ms=1000) is None
    assert edits.stretch(before, [], start_ms=0, end_ms=1000) is None


def test_another_frame_rate_keeps_frames(edited: Edited) -> None:
    start_ms, end_ms = ms_of_frame(100, NTSC), ms_of_frame(150, NTSC)
    before = document(replace(cue("one two"), words=(), start_ms=start_ms, end_ms=end_ms))
    after = edited(before, edits.convert_frame_rate(before, [0], NTSC, Fraction(25)))
    assert spans(after) == [(4000, 6000)]
    assert after.frame_rate == Fraction(25)
    back = edited(after, edits.convert_frame_rate(after, [0], Fraction(25), NTSC))
    assert spans(back) == [(start_ms, end_ms)]


def test_the_rate_of_an_open_film_stays(edited: Edited) -> None:
    before = replace(document(cue("one", 1000)), media=MediaRef("film.mp4", 1, "x"), frame_rate=NTSC)
    after = edited(before, edits.convert_frame_rate(before, [0], Fraction(25), NTSC))
    assert (after.frame_rate, spans(after)) == (NTSC, [(1043, 1127)])
    assert edits.convert_frame_rate(before, [0], NTSC, NTSC) is None


@pytest.mark.parametrize(
    ("by_ms", "expected"), [(100, (900, 1280)), (5000, (210, 1280)), (-100, (1100, 1280)), (-5000, (1100, 1280))]
)
def test_a_cue_leads_in_as_far_as_there_is_room(edited: Edited, by_ms: int, expected: tuple[int, int]) -> None:
    spoken = replace(cue("one two", 1100), start_ms=1000)
    before = document(cue("zero", 0, 200), spoken)
    assert spans(edited(before, edits.lead_in(before, [1], by_ms, gap_ms=10)))[1] == expected


@pytest.mark.parametrize(("by_ms", "end_ms"), [(100, 1300), (5000, 1990), (-100, 1180), (-20, 1180)])
def test_a_cue_leads_out_as_far_as_there_is_room(edited: Edited, by_ms: int, end_ms: int) -> None:
    before = document(cue("one two", 1000, 1200), cue("three", 2000))
    after = edited(before, edits.lead_out(before, [0], by_ms, gap_ms=10))
    assert spans(after)[0] == (1000, end_ms)
    assert [w.source for w in after.cues[0].words] == [Source.ALIGNED] * 2


def test_cues_that_overlap_lead_nowhere() -> None:
    before = document(cue("one two", 1000, 2500), cue("three", 2000))
    assert edits.lead_out(before, [0], 100) is None
    assert edits.lead_in(before, [1], 100) is None


def test_cues_extend_to_their_neighbours(edited: Edited) -> None:
    before = document(cue("one", 1000), cue("two", 2000), cue("three", 3000))
    after = edited(before, edits.extend_to_next(before, [0, 1, 2], until=lambda ms: ms - 80))
    assert spans(after) == [(1000, 1920), (2000, 2920), (3000, 3080)]
    after = edited(before, edits.extend_to_previous(before, [0, 1, 2], gap_ms=80))
    assert spans(after) == [(1000, 1080), (1160, 2080), (2160, 3080)]
    assert texts(after) == ["one", "two", "three"]
    assert edits.extend_to_next(before, [2]) is None
    assert edits.extend_to_previous(before, [0]) is None


def test_the_first_cue_leads_in_to_the_films_start(edited: Edited) -> None:
    before = document(cue("one", 100))
    assert spans(edited(before, edits.lead_in(before, [0], 500, gap_ms=80))) == [(0, 180)]
