"""Ticks and labels of the ruler."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.timeline.ruler import LABEL_GAP_PX, label_of, step_for, ticks
from app.timeline.viewport import Viewport

DURATION_MS = 3 * 3_600_000


def view_at(px_per_s: float, start_ms: float = 0) -> Viewport:
    return Viewport(start_ms, 1000 / px_per_s, 1500, DURATION_MS).clamped()


@pytest.mark.parametrize(
    ("px_per_s", "step_ms"),
    [(0.15, 600_000), (1, 120_000), (3, 30_000), (6, 15_000), (9, 10_000), (50, 2000), (150, 1000), (1000, 100)],
)
def test_the_step_is_the_smallest_whose_labels_stand_apart(px_per_s: float, step_ms: int) -> None:
    assert step_for(1000 / px_per_s) == step_ms


@given(st.floats(0.15, 2000), st.floats(0, DURATION_MS), st.sampled_from([None, Fraction(24000, 1001), Fraction(25)]))
def test_labels_stand_eighty_pixels_apart_and_in_order(
    px_per_s: float, start_ms: float, frame_rate: Fraction | None
) -> None:
    view = view_at(px_per_s, start_ms)
    labelled = [view.x_of(tick.ms) for tick in ticks(view, frame_rate) if tick.label]
    for left, right in itertools.pairwise(labelled):
        assert right - left >= LABEL_GAP_PX - 2 / view.ms_per_px


@pytest.mark.parametrize("px_per_s", [0.15, 0.4, 1, 3, 6, 20, 90, 150, 300, 700, 2000])
def test_small_ticks_divide_the_step_evenly(px_per_s: float) -> None:
    found = ticks(view_at(px_per_s))
    gaps = {second.ms - first.ms for first, second in itertools.pairwise(found)}
    assert len(gaps) == 1
    assert gaps.pop() * view_at(px_per_s).px_per_s / 1000 >= 4


@pytest.mark.parametrize(
    ("ms", "step_ms", "label"),
    [(63_000, 1000, "01:03"), (3_723_000, 1000, "1:02:03"), (63_200, 200, "01:03.2"), (63_020, 20, "01:03.02")],
)
def test_a_label_has_the_decimals_its_step_needs(ms: int, step_ms: int, label: str) -> None:
    assert label_of(ms, step_ms) == label


def test_past_four_hundred_pixels_a_second_ticks_are_frames() -> None:
    found = ticks(view_at(500, 10_000), Fraction(25))
    shown = [tick for tick in found if 10_000 <= tick.ms <= 10_400]
    assert [tick.ms for tick in shown] == list(range(10_000, 10_401, 40))
    assert [tick.label for tick in shown if tick.label] == ["00:10:00", "00:10:05", "00:10:10"]


def test_frames_are_counted_anew_in_each_second() -> None:
    labels = [tick.label for tick in ticks(view_at(450, 9000), Fraction(24000, 1001)) if tick.label]
    assert "00:10:00" in labels
    assert all(int(label[-2:]) < 24 for label in labels)


def test_no_tick_stands_past_the_end() -> None:
    assert ticks(view_at(1).starting_at(DURATION_MS))[-1].ms <= DURATION_MS
