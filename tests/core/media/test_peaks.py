"""The pyramid of peaks against plain arithmetic, at every zoom and while it grows."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import numpy.typing as npt
import pytest

from core.media.peaks import CHUNK_SAMPLES, FACTOR, HOP_SAMPLES, LEVELS, Peaks, PeaksBuilder
from core.media.waveform import Samples, Waveform


def _sound(seconds: float, seed: int = 5) -> Samples:
    rng = np.random.default_rng(seed)
    count = int(seconds * 16_000)
    swell = np.abs(np.sin(np.arange(count) / 30_000)) * 0.2
    return np.clip(rng.normal(0, 1, count) * swell, -1, 1).astype(np.float32)


def _built(sound: Samples, block: int = 160_000, first: int = 0) -> Peaks:
    builder = PeaksBuilder()
    for start in range(0, len(sound), block):
        builder.add(Waveform(sound[start : start + block], first + start))
    return builder.finish()


def _by_hand(sound: Samples, start_ms: float, ms_per_column: float, count: int) -> npt.NDArray[np.float64]:
    """(count, 3): smallest, largest, rms of exactly what each column spans; zeros outside."""
    made = np.zeros((count, 3))
    for column in range(count):
        first = int((start_ms + column * ms_per_column) * 16)
        part = sound[max(0, first) : max(0, int((start_ms + (column + 1) * ms_per_column) * 16))]
        if len(part):
            made[column] = part.min(), part.max(), np.sqrt(np.mean(np.square(part, dtype=np.float64)))
    return made


@pytest.mark.parametrize("level", range(LEVELS))
def test_columns_that_lie_on_the_grid_are_exact(level: int) -> None:
    sound = _sound(80)
    width_ms = 2 * HOP_SAMPLES * FACTOR**level / 16
    count = int(len(sound) / 16 // width_ms)
    drawn = _built(sound).columns(0, width_ms, count)
    expected = _by_hand(sound, 0, width_ms, count) * 127
    np.testing.assert_array_equal(drawn[:, :2], np.rint(expected[:, :2]))
    # Each level rounds its rms to 1/127 again; errors of half a step do not add up to more than two.
    np.testing.assert_allclose(drawn[:, 2], expected[:, 2], atol=2)


@pytest.mark.parametrize("ms_per_column", [8.3, 21.7, 100, 777.7, 5_000])
@pytest.mark.parametrize("start_ms", [-3_333.3, 0, 12_345.6, 70_000])
def test_columns_anywhere_span_what_they_show_within_a_stretch(start_ms: float, ms_per_column: float) -> None:
    sound = _sound(80)
    drawn = _built(sound).columns(start_ms, ms_per_column, 50).astype(float)
    # Stretches at the edge of a column belong to one of two neighbours: wider by one stretch holds all of it.
    slack = ms_per_column / 2 + 4
    for column in range(50):
        at = start_ms + column * ms_per_column
        inner = _by_hand(sound, at + slack, max(0.1, ms_per_column - 2 * slack), 1)[0] * 127
        outer = _by_hand(sound, at - slack, ms_per_column + 2 * slack, 1)[0] * 127
        assert np.rint(outer[0]) <= drawn[column, 0]
        assert drawn[column, 1] <= np.rint(outer[1])
        assert ms_per_column <= 2 * slack or (drawn[column, 0] <= np.rint(inner[0]) + 1)


def test_nothing_is_drawn_before_the_start_behind_the_end_or_where_it_is_not_built() -> None:
    builder = PeaksBuilder(duration_ms=60_000)
    builder.add(Waveform(np.full(160_000, 0.5, np.float32), 0))
    drawn = builder.peaks.columns(-1_000, 100, 300)
    np.testing.assert_array_equal(np.flatnonzero(drawn[:, 1]), np.arange(10, 110))
    assert (builder.peaks.built_ms, builder.peaks.duration_ms, builder.peaks.complete) == (10_000, 60_000, False)
    assert builder.finish().duration_ms == 10_000
    assert not builder.peaks.columns(-90_000, 1, 10).any()
    assert not builder.peaks.columns(90_000, 7_000, 10).any()


@pytest.mark.parametrize("block", [1, 63, 64, 1000, 160_000, CHUNK_SAMPLES + 1])
def test_the_length_of_blocks_makes_no_difference(block: int) -> None:
    sound = _sound(2 if block < 1000 else 40)
    pieces, whole = _built(sound, block), _built(sound, len(sound))
    for width_ms in (4, 16, 64, 1024):
        np.testing.assert_array_equal(pieces.columns(0, width_ms, 500), whole.columns(0, width_ms, 500))
    assert pieces.built_samples == len(sound)


@pytest.mark.parametrize("first", [1, 24_000, 3 * CHUNK_SAMPLES + 77])
def test_sound_that_starts_late_stands_at_its_place(first: int) -> None:
    sound = _sound(20)
    late = _built(sound, first=first)
    padded = _built(np.concatenate([np.zeros(first, np.float32), sound]))
    for width_ms in (4, 64, 3_000):
        np.testing.assert_array_equal(late.columns(0, width_ms, 900), padded.columns(0, width_ms, 900))


def test_a_gap_between_blocks_is_silence_and_an_overlap_is_cut() -> None:
    builder = PeaksBuilder()
    ones = np.ones(1_000, np.float32)
    for first in (0, 500, 90_000):
        builder.add(Waveform(ones, first))
    sound = np.zeros(91_000, np.float32)
    sound[:1_500], sound[90_000:] = 1, 1
    np.testing.assert_array_equal(builder.finish().columns(0, 4, 1_500), _built(sound).columns(0, 4, 1_500))


def test_zoomed_in_below_the_finest_stretch_columns_repeat_it() -> None:
    peaks = _built(_sound(5))
    drawn, base = peaks.columns(400, 0.25, 320), peaks.columns(400, 4, 20)
    np.testing.assert_array_equal(drawn, np.repeat(base, 16, axis=0))


def test_drawing_needs_no_decoder() -> None:
    code = "import sys, core.media.peaks, core.media.peak_cache, core.media.containers; print('av' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=600)
    assert run.stdout.strip() == "False"
