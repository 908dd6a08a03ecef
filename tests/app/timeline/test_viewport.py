"""Ms to pixels and back, within the limits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.timeline.viewport import LEAST_PX_PER_S, MOST_PX_PER_S, Viewport

HOURS_3_MS = 3 * 3_600_000
VIEW = Viewport(start_ms=60_000, ms_per_px=10, width_px=1000, duration_ms=HOURS_3_MS)

views = st.builds(
    lambda start, scale, width, duration: Viewport(start, scale, width, duration).clamped(),
    st.floats(0, HOURS_3_MS),
    st.floats(0.5, 6666),
    st.integers(1, 4000),
    st.integers(0, HOURS_3_MS),
)


def test_pixels_and_times_are_each_other_s_inverse() -> None:
    assert VIEW.x_of(60_000) == 0
    assert VIEW.x_of(61_000) == 100
    assert VIEW.ms_at(VIEW.x_of(64_321)) == pytest.approx(64_321)
    assert VIEW.end_ms == 70_000


def test_zooming_keeps_the_time_under_the_pointer() -> None:
    zoomed = VIEW.zoomed_about(300, 2)
    assert zoomed.ms_per_px == 5
    assert zoomed.ms_at(300) == pytest.approx(VIEW.ms_at(300))


def test_zooming_out_and_in_again_comes_back() -> None:
    back = VIEW.zoomed_about(300, 1.25).zoomed_about(300, 1 / 1.25)
    assert (back.start_ms, back.ms_per_px) == (pytest.approx(VIEW.start_ms), pytest.approx(VIEW.ms_per_px))


@pytest.mark.parametrize(("factor", "px_per_s"), [(1e9, MOST_PX_PER_S), (1e-9, LEAST_PX_PER_S)])
def test_the_scale_stops_at_its_limits(factor: float, px_per_s: float) -> None:
    assert VIEW.zoomed_about(0, factor).px_per_s == pytest.approx(px_per_s)


@pytest.mark.parametrize(("px", "start_ms"), [(50, 60_500), (-1e9, 0), (1e9, HOURS_3_MS - 10_000)])
def test_scrolling_stops_at_both_ends(px: float, start_ms: float) -> None:
    assert VIEW.scrolled(px).start_ms == start_ms


@given(views, st.floats(-5000, 5000), st.floats(0.01, 100))
def test_nothing_outside_the_media_is_ever_shown(view: Viewport, px: float, factor: float) -> None:
    for moved in (view.scrolled(px), view.zoomed_about(px, factor), view.centred_on(px * 1000), view.resized(77)):
        assert moved.start_ms >= 0
        assert moved.end_ms <= max(moved.duration_ms, moved.span_ms) + 1e-3


@pytest.mark.parametrize(
    ("playhead_ms", "start_ms"),
    [(60_000, 60_000), (69_000, 60_000), (69_001, 68_001), (59_999, 58_999), (200_000, 199_000)],
)
def test_following_turns_the_page_at_nine_tenths_and_never_glides(playhead_ms: int, start_ms: float) -> None:
    assert VIEW.following(playhead_ms).start_ms == start_ms


def test_near_the_end_following_stays_on_the_last_page() -> None:
    last = VIEW.starting_at(HOURS_3_MS)
    assert last.following(HOURS_3_MS - 1) == last


def test_revealing_moves_no_further_than_needed() -> None:
    assert VIEW.revealing(61_000, 62_000) == VIEW
    assert VIEW.revealing(50_000, 51_000).start_ms == 49_600
    assert VIEW.revealing(71_000, 72_000).end_ms == 72_400
    assert VIEW.revealing(80_000, 95_000).start_ms == 79_600


def test_fitting_shows_exactly_the_stretch() -> None:
    fitted = VIEW.fitted(100_000, 104_000)
    assert (fitted.start_ms, fitted.end_ms) == (pytest.approx(100_000), pytest.approx(104_000))


def test_a_pointer_left_of_the_media_is_at_its_beginning() -> None:
    assert VIEW.starting_at(0).media_ms_at(-40) == 0
    assert VIEW.lasting(65_000).media_ms_at(4000) == 65_000
