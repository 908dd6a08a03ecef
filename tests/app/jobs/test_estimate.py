"""Time left is said when it is known, and rounded."""

from __future__ import annotations

import pytest

from app.jobs.estimate import FINDING_OUT_S, Estimate, rounded_s


def steady(until_s: int, speed: float = 2.0, total_ms: int = 600_000) -> Estimate:
    estimate = Estimate()
    for second in range(until_s + 1):
        estimate.note(float(second), int(second * speed * 1000), total_ms)
    return estimate


def test_nothing_is_said_while_it_is_being_found_out() -> None:
    assert steady(int(FINDING_OUT_S) - 1).left_s(FINDING_OUT_S - 1) is None


def test_a_steady_job_says_what_is_left_at_its_speed() -> None:
    estimate = steady(60)
    assert estimate.speed() == pytest.approx(2.0)
    assert estimate.left_s(60.0) == pytest.approx(240.0)


def test_a_job_that_slows_down_takes_its_new_speed() -> None:
    estimate = steady(60)
    for second in range(61, 200):
        estimate.note(float(second), 120_000 + (second - 60) * 500, 600_000)
    assert estimate.speed() == pytest.approx(0.5)


def test_what_came_from_an_earlier_run_says_nothing_about_speed() -> None:
    estimate = Estimate()
    estimate.note(0.0, 0, 600_000)
    estimate.skip(0.1, 300_000)
    for second in range(1, 21):
        estimate.note(float(second), 300_000 + second * 1000, 600_000)
    assert estimate.speed() == pytest.approx(1.0, rel=0.02)


def test_a_job_that_stands_still_has_no_speed() -> None:
    estimate = Estimate()
    for second in range(30):
        estimate.note(float(second), 1000, 60_000)
    assert estimate.speed() is None
    assert estimate.left_s(30.0) is None


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, 5), (2, 5), (33, 35), (58, 60), (130, 120), (3500, 3480), (4000, 3900)]
)
def test_time_left_is_rounded_and_never_nothing(seconds: float, shown: int) -> None:
    assert rounded_s(seconds) == shown
