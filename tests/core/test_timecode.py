"""Timecode: ms, samples, frames and their written forms."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import timecode

RATES = [Fraction(24000, 1001), *map(Fraction, (24, 25)), Fraction(30000, 1001), *map(Fraction, (30, 50, 60))]


@given(st.integers(0, 10**9))
def test_a_whole_millisecond_survives_samples_and_back(ms: int) -> None:
    assert timecode.ms_from_samples(timecode.samples_from_ms(ms)) == ms


@pytest.mark.parametrize("rate", RATES, ids=str)
def test_every_frame_survives_ms_and_back(rate: Fraction) -> None:
    wrong = [n for n in range(300_000) if timecode.frame_at_ms(timecode.ms_of_frame(n, rate), rate) != n]
    assert wrong == []


@pytest.mark.parametrize("rate", RATES, ids=str)
def test_a_time_on_a_frame_stays_there_when_it_snaps(rate: Fraction) -> None:
    assert all(
        timecode.snap_to_frame(ms, rate) == ms for ms in (timecode.ms_of_frame(n, rate) for n in range(0, 5000, 7))
    )


@given(st.integers(0, 10**6), st.sampled_from(RATES))
def test_snapping_moves_at_most_half_a_frame_and_a_millisecond(ms: int, rate: Fraction) -> None:
    assert abs(timecode.snap_to_frame(ms, rate) - ms) <= 500 / rate + 1


@given(st.integers(0, 10**9))
def test_a_written_time_reads_back(ms: int) -> None:
    assert timecode.parse_ms(timecode.format_ms(ms)) == ms
    assert timecode.parse_ms(timecode.format_ms(ms, mark=",")) == ms


@pytest.mark.parametrize(
    ("text", "ms"),
    [("83.5", 83_500), ("1:23.5", 83_500), ("1:02:03", 3_723_000), ("90s", 90_000), ("250ms", 250), ("0", 0)],
)
def test_times_are_read_as_people_write_them(text: str, ms: int) -> None:
    assert timecode.parse_ms(text) == ms


@pytest.mark.parametrize("text", ["", "abc", "1:75", "1:61:00", "-5", "1.2.3", "1:2:3:4", "5.5ms", "٣"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a time"):
        timecode.parse_ms(text)


@pytest.mark.parametrize(
    ("text", "rate"),
    [("25", Fraction(25)), ("29.97", Fraction(30000, 1001)), ("23,976", Fraction(24000, 1001)), ("50/1", Fraction(50))],
)
def test_frame_rates_are_read_as_people_write_them(text: str, rate: Fraction) -> None:
    assert timecode.parse_frame_rate(text) == rate


@pytest.mark.parametrize("text", ["", "x", "0", "1/0", "-25", "5000"])
def test_what_is_no_frame_rate_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"frame rate|Fraction"):
        timecode.parse_frame_rate(text)
