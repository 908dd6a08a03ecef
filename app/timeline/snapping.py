"""What a dragged edge is pulled to. Pure arithmetic: knows no Qt, no document and no painter.

Pulls within 8 px and lets go at 12, so that an edge neither jitters nor sticks. Among several within reach the kind
decides first (playhead, shot change, neighbour, speech edge, quiet place, frame), then the distance.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from core.timecode import snap_to_frame

PULL_PX = 8.0
RELEASE_PX = 12.0


class Kind(enum.IntEnum):
    """What an edge may be pulled to; a smaller number goes first."""

    PLAYHEAD = 0
    SHOT_CHANGE = 1
    NEIGHBOUR = 2
    SPEECH_START = 3
    SPEECH_END = 4
    ENERGY_DIP = 5
    FRAME = 6


@dataclass(frozen=True, slots=True)
class Target:
    """A time an edge may be pulled to."""

    ms: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Snap:
    """Where an edge lies now.

    Attributes:
        ms: its time.
        target: what holds it, or None where it lies free.
    """

    ms: int
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Pull:
    """What holds a dragged edge just now, and how far the edge was moved from where it lay before the drag."""

    target: Target
    change_ms: int


def snapped(
    ms: int,
    targets: Iterable[Target],
    ms_per_px: float,
    *,
    held: Target | None = None,
    frame_rate: Fraction | None = None,
) -> Snap:
    """`ms` pulled to a target within reach.

    Args:
        held: what held the edge at the step before; it keeps it until 12 px away.
        frame_rate: snaps to its frames where nothing else pulls.
    """
    if held is not None and held.kind is not Kind.FRAME and abs(held.ms - ms) <= RELEASE_PX * ms_per_px:
        return Snap(held.ms, held)
    reach_ms = PULL_PX * ms_per_px
    near = [target for target in targets if abs(target.ms - ms) <= reach_ms]
    if near:
        best = min(near, key=lambda target: (_rank(target.kind), abs(target.ms - ms)))
        return Snap(best.ms, best)
    if frame_rate is not None:
        frame_ms = snap_to_frame(ms, frame_rate)
        if frame_ms >= 0 and abs(frame_ms - ms) <= reach_ms:
            return Snap(frame_ms, Target(frame_ms, Kind.FRAME))
    return Snap(ms)


def _rank(kind: Kind) -> int:
    """Both edges of speech rank alike."""
    return Kind.SPEECH_START if kind is Kind.SPEECH_END else kind
