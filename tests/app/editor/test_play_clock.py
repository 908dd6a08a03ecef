"""The clock between two reports of the player."""

from __future__ import annotations

import pytest

from app.editor.play_clock import PlayClock


@pytest.mark.parametrize("rate", [0.5, 1.0, 2.0])
def test_time_runs_on_at_the_playing_rate_between_reports(rate: float) -> None:
    clock = PlayClock()
    clock.start(1000, rate, now_s=5.0)
    assert clock.ms(5.1) == 1000 + round(100 * rate)


def test_a_report_that_lags_a_little_never_takes_the_playhead_back() -> None:
    clock = PlayClock()
    clock.start(0, 1.0, now_s=0.0)
    shown = clock.ms(0.1)
    clock.report(60, now_s=0.1)
    assert [clock.ms(0.1), clock.ms(0.12)] == [shown, shown]
    assert clock.ms(0.2) == 160


def test_a_report_from_elsewhere_is_followed_at_once() -> None:
    clock = PlayClock()
    clock.start(10_000, 1.0, now_s=0.0)
    clock.report(2_000, now_s=0.1)
    assert clock.ms(0.1) == 2_000


@pytest.mark.parametrize("rate", [0.5, 1.0, 2.0])
def test_a_player_that_stalled_goes_on_without_taking_the_playhead_back(rate: float) -> None:
    """As on a busy machine: the clock has run on as far as it does, and then reports come of where it had stood."""
    clock = PlayClock()
    clock.start(1_000, rate, now_s=0.0)
    shown = clock.ms(0.8)
    after = []
    for number in range(1, 12):
        clock.report(1_000 + 50 * rate * number, now_s=0.8 + 0.05 * number)
        after.append(clock.ms(0.8 + 0.05 * number))
    assert [shown, *after] == sorted([shown, *after])
    assert after[-1] > shown


def test_a_player_that_stalls_takes_the_playhead_with_it() -> None:
    clock = PlayClock()
    clock.start(1000, 1.0, now_s=0.0)
    assert clock.ms(60.0) == 1250
