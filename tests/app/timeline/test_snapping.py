"""What a dragged edge is pulled to."""

from __future__ import annotations

from fractions import Fraction

import pytest

from app.timeline.snapping import Kind, Snap, Target, snapped

NEIGHBOUR = Target(1000, Kind.NEIGHBOUR)


@pytest.mark.parametrize(("ms", "at"), [(1080, 1000), (1081, 1081), (920, 1000), (919, 919)])
def test_a_target_pulls_within_eight_pixels(ms: int, at: int) -> None:
    assert snapped(ms, [NEIGHBOUR], 10).ms == at


@pytest.mark.parametrize(("ms", "at"), [(1120, 1000), (1121, 1121)])
def test_what_holds_lets_go_at_twelve(ms: int, at: int) -> None:
    assert snapped(ms, [NEIGHBOUR], 10, held=NEIGHBOUR).ms == at


def test_kinds_go_before_distance() -> None:
    playhead = Target(1070, Kind.PLAYHEAD)
    assert snapped(1005, [NEIGHBOUR, playhead], 10) == Snap(1070, playhead)


def test_of_both_edges_of_speech_the_nearer_pulls() -> None:
    end = Target(1040, Kind.SPEECH_END)
    assert snapped(1030, [Target(1000, Kind.SPEECH_START), end], 10) == Snap(1040, end)


def test_frames_pull_where_nothing_else_does() -> None:
    assert snapped(1013, [], 1, frame_rate=Fraction(25)) == Snap(1013)
    assert snapped(1006, [], 1, frame_rate=Fraction(25)) == Snap(1000, Target(1000, Kind.FRAME))
    assert snapped(1006, [Target(1008, Kind.SPEECH_END)], 1, frame_rate=Fraction(25)).ms == 1008


def test_a_frame_never_holds_on_to_an_edge() -> None:
    held = Target(1000, Kind.FRAME)
    assert snapped(1030, [], 10, held=held, frame_rate=Fraction(25)).ms == 1040
