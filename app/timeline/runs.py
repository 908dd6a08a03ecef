"""Many spans of time as few runs of pixels, for when blocks are narrower than can be drawn. Pure; knows no Qt."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.timeline.viewport import Viewport

Times = npt.NDArray[np.int64]
"""(n,) ms"""


def pixel_runs(starts_ms: Times, ends_ms: Times, view: Viewport, *, gap_px: int = 0) -> list[tuple[int, int]]:
    """Runs of pixels (first, one past the last) that the spans cover, merged where ≤ `gap_px` part them.

    Every span covers at least one pixel. Spans are in order of start; they may overlap.
    """
    if len(starts_ms) == 0:
        return []
    lefts = np.floor((starts_ms - view.start_ms) / view.ms_per_px).astype(np.int64)
    rights = np.maximum(np.ceil((ends_ms - view.start_ms) / view.ms_per_px).astype(np.int64), lefts + 1)
    reached = np.maximum.accumulate(rights)
    opens = np.flatnonzero(np.concatenate(([True], lefts[1:] > reached[:-1] + gap_px)))
    closes = np.append(opens[1:] - 1, len(lefts) - 1)
    return list(zip(lefts[opens].tolist(), reached[closes].tolist(), strict=True))


def covered_shares(starts_ms: Times, ends_ms: Times, duration_ms: int, columns: int) -> npt.NDArray[np.float64]:
    """(columns,) 0..1: how much of each column of the whole media the spans cover. Spans are in order of start."""
    if len(starts_ms) == 0 or duration_ms <= 0:
        return np.zeros(columns)
    reached = np.maximum.accumulate(ends_ms)
    free_from = np.maximum(starts_ms, np.concatenate(([0], reached[:-1])))
    lengths = np.maximum(reached - free_from, 0)
    done = np.cumsum(lengths)
    times = np.column_stack((free_from, np.maximum(reached, free_from))).ravel()
    sums = np.column_stack((done - lengths, done)).ravel()
    edges = np.linspace(0, duration_ms, columns + 1)
    shares: npt.NDArray[np.float64] = np.diff(np.interp(edges, times, sums)) / (duration_ms / columns)
    return np.clip(shares, 0.0, 1.0)
