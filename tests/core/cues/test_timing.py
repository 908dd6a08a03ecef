"""When cues appear and go."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.cues.styles import STYLES, style
from core.cues.timing import in_ms, out_ms
from core.timecode import frame_at_ms, ms_of_frame

NETFLIX = style("netflix-en")
RATES = [None, Fraction(24000, 1001), Fraction(25), Fraction(30000, 1001), Fraction(60)]


def out(last_word_ms: int, *, reading: int = 0, following: int | None = None, start: int = 0) -> int:
    return out_ms(start, last_word_ms, reading, following, NETFLIX, None)


def test_a_cue_that_can_be_read_goes_with_its_last_word() -> None:
    assert out(2000, reading=1500) == 2000


def test_a_fast_cue_stands_longer_to_be_read_but_half_a_second_at_most() -> None:
    assert out(2000, reading=2300) == 2300
    assert out(2000, reading=9000) == 2500


def test_the_shortest_duration_is_kept_even_past_half_a_second() -> None:
    assert out(200) == 833


def test_no_cue_is_held_past_the_longest_duration() -> None:
    assert out(6900, reading=9000) == 7000
    assert out(8000, reading=9000) == 8000, "a word that is longer than the limit keeps its time"


def test_a_cue_never_stands_into_the_gap_before_the_next() -> None:
    assert out(200, following=600) == 600 - 83
    assert out(2000, reading=2400, following=2300) == 2300 - 83


def test_a_gap_up_to_half_a_second_is_closed_and_a_longer_one_stays() -> None:
    assert out(2000, following=2500) == 2500 - 83
    assert out(2000, following=2501) == 2000


def test_a_gap_is_not_closed_at_the_price_of_the_longest_duration() -> None:
    assert out(6800, following=7300) == 6800


def test_words_that_touch_make_cues_that_touch() -> None:
    assert out(2000, following=2000) == 2000
    assert out(2000, following=2040) == 2000


def test_bbc_leaves_no_gap_or_one_of_a_second() -> None:
    bbc = style("bbc")
    assert out_ms(0, 2000, 0, 2900, bbc, None) == 2900
    assert out_ms(0, 2000, 0, 3001, bbc, None) == 2000


def test_a_cue_appears_on_the_frame_its_first_word_begins_in() -> None:
    rate = Fraction(25)
    assert in_ms(1013, 0, NETFLIX, rate) == 1000
    assert in_ms(1013, 1005, NETFLIX, rate) == 1013, "the word before ends within that frame"
    assert in_ms(1013, 0, NETFLIX, None) == 1013
    assert in_ms(1013, 0, style("plain"), rate) == 1013, "the web knows no frames"


def test_the_gap_is_two_frames_of_the_film() -> None:
    rate = Fraction(25)
    end_ms = out_ms(0, 500, 0, in_ms(1013, 500, NETFLIX, rate), NETFLIX, rate)
    assert frame_at_ms(1013, rate) - frame_at_ms(end_ms, rate) == 2
    assert end_ms == ms_of_frame(23, rate)


@pytest.mark.parametrize("rate", RATES)
@given(
    spoken_ms=st.integers(1, 9000),
    pause_ms=st.integers(0, 4000),
    reading_ms=st.integers(0, 9000),
    start_ms=st.integers(0, 3_600_000),
    style_id=st.sampled_from(["netflix-en", "bbc", "short", "plain"]),
)
def test_a_cue_ends_between_its_last_word_and_the_next_cue(
    rate: Fraction | None, spoken_ms: int, pause_ms: int, reading_ms: int, start_ms: int, style_id: str
) -> None:
    chosen = STYLES[style_id]
    last_ms = start_ms + spoken_ms
    first_ms = in_ms(start_ms, 0, chosen, rate)
    next_ms = in_ms(last_ms + pause_ms, last_ms, chosen, rate)
    end_ms = out_ms(first_ms, last_ms, reading_ms, next_ms, chosen, rate)
    assert first_ms <= start_ms
    assert last_ms <= end_ms <= next_ms


@pytest.mark.parametrize("rate", RATES[1:])
def test_a_cue_held_to_its_longest_ends_on_the_frame_before(rate: Fraction) -> None:
    end_ms = out_ms(0, 6600, 20_000, None, NETFLIX, rate)
    assert 6950 <= end_ms <= 7000
    assert end_ms == ms_of_frame(frame_at_ms(end_ms, rate), rate)


def test_a_style_without_chaining_leaves_gaps_as_they_are() -> None:
    assert out_ms(0, 2000, 0, 2300, replace(NETFLIX, chain_ms=0), None) == 2000
