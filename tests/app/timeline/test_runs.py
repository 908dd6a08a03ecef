"""Spans of time as runs of pixels and shares of columns."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.timeline.runs import covered_shares, pixel_runs
from app.timeline.viewport import Viewport

VIEW = Viewport(0, 10, 100, 1000)

spans = st.lists(st.tuples(st.integers(0, 900), st.integers(0, 100)), min_size=1, max_size=30)


def arrays(pairs: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    ordered = sorted(pairs)
    return np.array([s for s, _ in ordered], np.int64), np.array([s + n for s, n in ordered], np.int64)


@given(spans)
def test_runs_cover_the_pixels_of_all_spans_and_no_other(pairs: list[tuple[int, int]]) -> None:
    starts, ends = arrays(pairs)
    wanted = {
        px
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
        for px in range(start // 10, max(-(-end // 10), start // 10 + 1))
    }
    runs = pixel_runs(starts, ends, VIEW)
    assert {px for left, right in runs for px in range(left, right)} == wanted
    assert all(first[1] < second[0] for first, second in itertools.pairwise(runs))


def test_no_spans_give_no_runs() -> None:
    none = np.zeros(0, np.int64)
    assert pixel_runs(none, none, VIEW) == []
    assert covered_shares(none, none, 1000, 10).tolist() == [0.0] * 10


@pytest.mark.parametrize(
    ("pairs", "shares"),
    [([(0, 50)], [0.5, 0]), ([(0, 50), (25, 50)], [0.75, 0]), ([(50, 100)], [0.5, 0.5]), ([(0, 200)], [1, 1])],
)
def test_shares_count_overlapping_time_once(pairs: list[tuple[int, int]], shares: list[float]) -> None:
    starts, ends = arrays(pairs)
    assert covered_shares(starts, ends, 200, 2).tolist() == pytest.approx(shares)


@given(spans)
def test_shares_add_up_to_the_covered_time(pairs: list[tuple[int, int]]) -> None:
    starts, ends = arrays(pairs)
    covered = len({ms for start, end in zip(starts, ends, strict=True) for ms in range(start, end)})
    assert covered_shares(starts, ends, 1000, 20).sum() * 50 == pytest.approx(covered, abs=1e-6)
