"""Timecode: ms, samples, frames and their written forms."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core import timecode

NTSC = [Fraction(base * 1000, 1001) for base in (24, 30, 60)]
RATES = [*NTSC, *map(Fraction, (24, 25, 30, 50, 60))]


@given(st.integers(0, 10**9))
def test_a_whole_millisecond_survives_samples_and_back(ms: int) -> None:
    assert timecode.ms_from_samples(timecode.samples_from_ms(ms)) == ms


@pytest.mark.parametrize("rate", RATES, ids=str)
def test_every_frame_survives_ms_and_back(rate: Fraction) -> None:
    wrong = [n for n in range(300_000) if timecode.frame_at_ms(timecode.ms_of_frame(n, rate), rate) != n]
    assert wrong == []


@pytest.mark.parametrize("new", RATES, ids=str)
@pytest.mark.parametrize("old", RATES, ids=str)
def test_a_frame_stays_that_frame_at_another_rate(old: Fraction, new: Fraction) -> None:
    for frame in range(0, 300_000, 997):
        ms = timecode.ms_of_frame(frame, old)
        assert timecode.ms_at_rate(ms, old, new) == timecode.ms_of_frame(frame, new)
        assert timecode.ms_at_rate(timecode.ms_at_rate(ms, old, new), new, old) == ms


@given(st.integers(0, 10**7), st.sampled_from(RATES), st.sampled_from(RATES))
@example(51, Fraction(60000, 1001), Fraction(24))  # 2 ms and more behind, as 3,996 of the first million ms
def test_times_between_frames_keep_their_order_at_another_rate(ms: int, old: Fraction, new: Fraction) -> None:
    times = [timecode.ms_at_rate(ms + n, old, new) for n in range(100)]
    assert times == sorted(times)
    # A time on an edge stands for its frame, which begins up to a millisecond of the old film earlier.
    assert -old / new < times[0] - ms * old / new < 1


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


# ── timecode ─────────────────────────────────────────────────────────────────────────────────────

DROP_RATES = [Fraction(30000, 1001), Fraction(60000, 1001)]


def names_of_frames(base: int, hours: int) -> list[str]:
    """Every drop-frame name in order, by leaving out those that the rule leaves out."""
    return [
        f"{hour:02d}:{minute:02d}:{second:02d};{frame:02d}"
        for hour in range(hours)
        for minute in range(60)
        for second in range(60)
        for frame in range(base)
        if minute % 10 == 0 or second or frame >= base // 15
    ]


@pytest.mark.parametrize("rate", DROP_RATES, ids=str)
def test_every_drop_frame_name_of_two_hours_is_the_right_one(rate: Fraction) -> None:
    names = names_of_frames(timecode.timecode_base(rate), 2)
    assert [timecode.format_timecode(n, rate, drop=True) for n in range(len(names))] == names
    assert [timecode.parse_timecode(name, rate) for name in names] == list(range(len(names)))


@pytest.mark.parametrize("rate", DROP_RATES, ids=str)
def test_drop_frame_names_keep_up_with_the_clock(rate: Fraction) -> None:
    day = timecode.parse_timecode("24:00:00;00", rate)
    assert abs(timecode.ms_of_frame(day, rate) - 86_400_000) < 100  # 86.4 ms a day is what SMPTE leaves


@pytest.mark.parametrize("rate", RATES, ids=str)
@given(frame=st.integers(0, 10**7))
def test_a_timecode_without_drop_frame_reads_back(rate: Fraction, frame: int) -> None:
    assert timecode.parse_timecode(timecode.format_timecode(frame, rate), rate) == frame


@pytest.mark.parametrize("rate", RATES, ids=str)
@given(frame=st.integers(0, 10**7))
def test_an_edge_on_a_frame_names_that_frame(rate: Fraction, frame: int) -> None:
    assert timecode.nearest_frame(timecode.ms_of_frame(frame, rate), rate) == frame


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("00:01:00;00", Fraction(30000, 1001)),
        ("00:11:00;03", Fraction(60000, 1001)),
        ("00:00:00;00", Fraction(25)),
        ("00:00:00;00", Fraction(24000, 1001)),
        ("00:00:00:25", Fraction(25)),
        ("00:60:00:00", Fraction(25)),
        ("1:2:3", Fraction(25)),
        ("", Fraction(25)),
    ],
)
def test_a_timecode_that_does_not_exist_is_refused(text: str, rate: Fraction) -> None:
    with pytest.raises(ValueError, match=r"timecode|drop frame"):
        timecode.parse_timecode(text, rate)


@pytest.mark.parametrize("rate", [Fraction(25), Fraction(24000, 1001), Fraction(30)], ids=str)
def test_a_rate_without_drop_frame_has_no_such_names(rate: Fraction) -> None:
    assert not timecode.drops_frames(rate)
    with pytest.raises(ValueError, match="no drop-frame"):
        timecode.format_timecode(0, rate, drop=True)


@pytest.mark.parametrize(
    ("ms", "rate", "drop", "name"),
    [
        (3_600_000, Fraction(25), False, "01:00:00:00"),
        (3_600_000, Fraction(30000, 1001), False, "01:00:00:00"),
        (3_600_000, Fraction(30000, 1001), True, "01:00:00;00"),
        (60_000, Fraction(30000, 1001), True, "00:01:00;02"),
        (36_000_500, Fraction(24000, 1001), False, "10:00:00:12"),
    ],
)
def test_a_start_timecode_is_a_name_and_no_length(ms: int, rate: Fraction, drop: bool, name: str) -> None:
    frame = timecode.timecode_of_ms(ms, rate, drop=drop)
    assert timecode.format_timecode(frame, rate, drop=drop) == name
