"""What lies near enough to pull a dragged edge. Knows the document; the pull itself is `timeline.snapping`'s."""

from __future__ import annotations

import bisect
from collections.abc import Iterator

from app.timeline.snapping import RELEASE_PX, Kind, Target
from app.timeline.tools.base import Facts
from app.timeline.tools.dips import dips_near

_NEIGHBOURS = 3
"""Rows looked at to either side: cues further off in the order are further off in time, but for overlaps."""


def targets_near(
    facts: Facts, ms: int, ms_per_px: float, *, row: int, others: tuple[int, ...] = ()
) -> tuple[Target, ...]:
    """Targets within reach of `ms` for an edge of the cue in `row`; frames are left to `snapped`.

    Args:
        others: rows that are dragged along and pull nothing.
    """
    reach_ms = RELEASE_PX * ms_per_px
    found = (*_from_playhead(facts), *_from_shots(facts, ms, reach_ms), *_from_neighbours(facts, row, others),
             *_from_speech(facts, ms, reach_ms), *_from_sound(facts, ms, reach_ms))  # fmt: skip
    return tuple(target for target in found if abs(target.ms - ms) <= reach_ms)


def _from_playhead(facts: Facts) -> Iterator[Target]:
    yield Target(facts.playhead_ms, Kind.PLAYHEAD)


def _from_shots(facts: Facts, ms: int, reach_ms: float) -> Iterator[Target]:
    shots = facts.notes.shot_changes_ms
    for shot_ms in shots[bisect.bisect_left(shots, ms - reach_ms) : bisect.bisect_right(shots, ms + reach_ms)]:
        yield Target(shot_ms, Kind.SHOT_CHANGE)


def _from_neighbours(facts: Facts, row: int, others: tuple[int, ...]) -> Iterator[Target]:
    """Edges of other cues, with the gap that is kept free before and behind them."""
    cues, gap_ms = facts.document.cues, facts.min_gap_ms
    for other in range(max(0, row - _NEIGHBOURS), min(len(cues), row + _NEIGHBOURS + 1)):
        if other != row and other not in others:
            yield Target(max(0, cues[other].start_ms - gap_ms), Kind.NEIGHBOUR)
            yield Target(cues[other].end_ms + gap_ms, Kind.NEIGHBOUR)


def _from_speech(facts: Facts, ms: int, reach_ms: float) -> Iterator[Target]:
    first = bisect.bisect_left(facts.speech, ms - reach_ms, key=lambda span: span[1])
    for start_ms, end_ms in facts.speech[first : first + 2 * _NEIGHBOURS]:
        yield Target(start_ms, Kind.SPEECH_START)
        yield Target(end_ms, Kind.SPEECH_END)


def _from_sound(facts: Facts, ms: int, reach_ms: float) -> Iterator[Target]:
    for dip_ms in dips_near(facts.peaks, ms, reach_ms) if facts.peaks is not None else ():
        yield Target(dip_ms, Kind.ENERGY_DIP)
