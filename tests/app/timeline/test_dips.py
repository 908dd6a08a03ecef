"""Quiet places between loud ones pull edges; silence and even sound do not."""

from __future__ import annotations

import numpy as np
import pytest

from app.timeline.snapping import Kind
from app.timeline.tools import Facts
from app.timeline.tools.dips import MOST_REACH_MS, dips_in, dips_near
from app.timeline.tools.targets import targets_near
from core.media.peaks import HOP_SAMPLES, Peaks
from tests.app.timeline.films import document


def levels(*stretches: tuple[int, float]) -> np.ndarray:
    """Stretches of (columns, RMS)."""
    return np.concatenate([np.full(count, level, np.float32) for count, level in stretches])


def sound(values: np.ndarray) -> Peaks:
    columns = np.stack([-values, values, values], axis=1).astype(np.int8)
    peaks = Peaks(len(values) * 4)
    peaks.put_base(0, columns, len(values) * HOP_SAMPLES)
    return peaks


def test_a_short_quiet_place_between_words_is_found() -> None:
    assert dips_in(levels((40, 60), (11, 5), (40, 60))) == [45]


@pytest.mark.parametrize(
    "flat",
    [
        levels((100, 60)),
        levels((100, 0)),
        levels((40, 60), (11, 40), (40, 60)),
        levels((40, 2), (11, 0), (40, 2)),
        levels((40, 60), (60, 0)),
    ],
    ids=["even", "silence", "hardly quieter", "quiet throughout", "the end"],
)
def test_what_is_no_valley_is_no_dip(flat: np.ndarray) -> None:
    assert dips_in(flat) == []


def test_dips_are_given_in_ms_of_the_film() -> None:
    peaks = sound(levels((500, 60), (11, 5), (500, 60)))
    assert dips_near(peaks, 2000, 120) == [2022]
    assert dips_near(peaks, 1800, 120) == []
    assert dips_near(peaks, 2000, MOST_REACH_MS + 1) == []


def test_a_dip_pulls_an_edge() -> None:
    peaks = sound(levels((500, 60), (11, 5), (500, 60)))
    facts = Facts(document(), peaks=peaks, duration_ms=60_000)
    near = targets_near(facts, 2030, 10, row=0)
    assert [(target.ms, target.kind) for target in near] == [(2022, Kind.ENERGY_DIP)]


def test_the_gap_kept_between_cues_pulls_too() -> None:
    near = targets_near(Facts(document(), min_gap_ms=80), 3930, 1, row=0)
    assert [target.ms for target in near] == [3920]
