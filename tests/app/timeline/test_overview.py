"""The overview as a scroll bar."""

from __future__ import annotations

import pytest

from app.timeline.overview import LEAST_FRAME_PX, Grip, OverviewDrag, frame_of, grip_at
from app.timeline.viewport import Viewport

VIEW = Viewport(start_ms=250_000, ms_per_px=250, width_px=1000, duration_ms=1_000_000)


def test_the_frame_lies_where_the_view_does() -> None:
    assert frame_of(VIEW) == (250, 500)


@pytest.mark.parametrize("start_ms", [0, 500_000, 999_000])
def test_the_frame_keeps_its_least_width_inside_the_overview(start_ms: float) -> None:
    left, right = frame_of(Viewport(start_ms, 1, 1000, 1_000_000))
    assert right - left == pytest.approx(LEAST_FRAME_PX)
    assert left >= 0
    assert right <= 1000


@pytest.mark.parametrize(
    ("px", "grip"), [(240, None), (246, Grip.LEFT), (300, Grip.FRAME), (504, Grip.RIGHT), (510, None)]
)
def test_the_frame_has_grips_at_its_ends(px: float, grip: Grip | None) -> None:
    assert grip_at(VIEW, px) is grip


def test_dragging_the_frame_scrolls_by_as_much() -> None:
    drag = OverviewDrag.begun(VIEW, 300)
    assert drag.at(300).start_ms == pytest.approx(VIEW.start_ms)
    assert drag.at(350).start_ms == pytest.approx(300_000)


def test_a_press_outside_brings_the_frame_there() -> None:
    drag = OverviewDrag.begun(VIEW, 800)
    shown = drag.at(800)
    assert (shown.start_ms + shown.end_ms) / 2 == pytest.approx(800_000)


def test_dragging_a_grip_zooms_and_keeps_the_other_end() -> None:
    left = OverviewDrag.begun(VIEW, 250).at(375)
    assert (left.start_ms, left.end_ms) == (pytest.approx(375_000), pytest.approx(500_000))
    right = OverviewDrag.begun(VIEW, 500).at(750)
    assert (right.start_ms, right.end_ms) == (pytest.approx(250_000), pytest.approx(750_000))
