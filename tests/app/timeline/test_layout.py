"""Where the lanes lie."""

from __future__ import annotations

import pytest

from app.timeline.layout import GUTTER_PX, Density, Lane, laid_out, least_height_px


@pytest.mark.parametrize(
    ("density", "heights"),
    [
        (Density.COMPACT, (20, 48, 34, 0, 30, 20)),
        (Density.NORMAL, (24, 64, 56, 0, 44, 28)),
        (Density.TALL, (24, 96, 72, 0, 56, 28)),
    ],
)
def test_lanes_have_the_heights_of_their_density(density: Density, heights: tuple[int, ...]) -> None:
    lanes = laid_out(800, 0, density)
    assert tuple(lanes.band(lane).height for lane in Lane) == heights
    assert least_height_px(density) == sum(heights)


def test_the_sound_takes_the_height_that_is_left() -> None:
    lanes = laid_out(800, 500)
    assert lanes.sound.height == 500 - 24 - 56 - 44 - 28
    assert lanes.overview.bottom == 500


def test_new_times_get_a_lane_under_the_cues_while_there_are_any() -> None:
    lanes = laid_out(800, 500, new_times=True)
    assert (lanes.new_times.top, lanes.new_times.bottom) == (lanes.cues.bottom, lanes.words.top)
    assert lanes.sound.height == 500 - 24 - 56 - 36 - 44 - 28
    assert lanes.lane_at(lanes.cues.bottom) is Lane.NEW_TIMES
    assert laid_out(800, 500).lane_at(lanes.cues.bottom) is not Lane.NEW_TIMES


@pytest.mark.parametrize("new_times", [False, True])
def test_lanes_follow_each_other_without_gaps(new_times: bool) -> None:
    lanes = laid_out(800, 400, new_times=new_times)
    tops = [lanes.band(lane).top for lane in Lane]
    assert tops[1:] == [lanes.band(lane).bottom for lane in list(Lane)[:-1]]


def test_lanes_grow_with_the_font_and_never_shrink() -> None:
    assert laid_out(800, 0, growth=1.5).cues.height == 84
    assert laid_out(800, 0, growth=0.5).cues.height == 56


def test_a_wide_label_widens_the_gutter() -> None:
    assert laid_out(800, 300, gutter_px=20).gutter_px == GUTTER_PX
    assert laid_out(800, 300, gutter_px=140).lanes_width_px == 660


@pytest.mark.parametrize(("y", "lane"), [(-5, Lane.RULER), (23, Lane.RULER), (24, Lane.SOUND), (999, Lane.OVERVIEW)])
def test_every_height_belongs_to_a_lane(y: float, lane: Lane) -> None:
    assert laid_out(800, 300).lane_at(y) is lane
