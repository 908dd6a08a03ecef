"""Quiet places in the sound, where one word ends and the next begins. Pure: knows the peaks, no document and no Qt.

A dip is the quietest place of a valley at least half as loud (6 dB) as the sound on both its sides within 90 ms; the
middle of it where it is flat. Half a syllable is about that long; the figures are ours.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from app.timeline.model import Peaks

STEP_MS = 4
"""Length of a column; the peaks hold nothing finer."""

MOST_REACH_MS = 400
"""Further zoomed out a dip is less than a pixel wide and would only hold the edge up."""

_SMOOTHED = 5
_SIDE = 22
_LEAST_LEVEL = 3
"""RMS of 127 that a side must have: below is no speech."""

Levels = npt.NDArray[np.float32]
"""(n,) RMS of stretches of `STEP_MS`, 0…127."""


def dips_near(peaks: Peaks, ms: float, reach_ms: float) -> list[int]:
    """Times of dips within `reach_ms` of `ms`, in order; none where the reach is too wide to tell them apart."""
    if reach_ms > MOST_REACH_MS:
        return []
    margin = _SIDE + _SMOOTHED
    first = int((ms - reach_ms) // STEP_MS) - margin
    count = int(2 * reach_ms // STEP_MS) + 2 * margin + 1
    levels = peaks.columns(first * STEP_MS, STEP_MS, count)[:, 2].astype(np.float32)
    found = (round((first + place + 0.5) * STEP_MS) for place in dips_in(levels))
    return [at for at in found if abs(at - ms) <= reach_ms and at >= 0]


def dips_in(levels: Levels) -> list[float]:
    """Places of the dips among `levels`, in columns."""
    smooth = np.convolve(levels, np.full(_SMOOTHED, 1 / _SMOOTHED, np.float32), "same")
    found = []
    for first, last in _valleys(smooth):
        before = smooth[max(0, first - _SIDE) : first].max(initial=0)
        behind = smooth[last : last + _SIDE].max(initial=0)
        side = min(float(before), float(behind))
        if side >= _LEAST_LEVEL and smooth[first] <= side / 2:
            found.append((first + last - 1) / 2)
    return found


def _valleys(levels: Levels) -> list[tuple[int, int]]:
    """(first, one past the last) column of each stretch of equal level that is lower than what is beside it."""
    edges = np.flatnonzero(np.diff(levels)) + 1
    starts = np.concatenate(([0], edges))
    ends = np.concatenate((edges, [len(levels)]))
    values = levels[starts]
    inner = np.arange(1, len(values) - 1)
    low = inner[(values[inner] < values[inner - 1]) & (values[inner] < values[inner + 1])]
    return [(int(starts[place]), int(ends[place])) for place in low]
