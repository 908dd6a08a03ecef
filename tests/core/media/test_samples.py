"""Sound from arrays, and the mixing of channels."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.errors import BadSamples
from core.media.downmix import Downmixer, weights_for
from core.media.waveform import Waveform


def _tone(rate: int, hertz: float = 440, seconds: float = 1.5) -> Any:
    return 0.5 * np.sin(2 * np.pi * hertz * np.arange(int(rate * seconds)) / rate)


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000, 192_000])
def test_a_tone_keeps_its_pitch_level_and_place_at_any_rate(rate: int) -> None:
    made = Waveform.from_samples(_tone(rate).astype(np.float32), rate).samples
    assert len(made) == pytest.approx(24_000, abs=1)
    # The ends of a resampled tone ring for some samples.
    np.testing.assert_allclose(made[200:23_800], _tone(16_000)[200:23_800], atol=1e-3)


def test_what_lies_over_eight_kilohertz_is_gone() -> None:
    made = Waveform.from_samples(_tone(48_000, 10_000).astype(np.float32), 48_000).samples
    assert np.max(np.abs(made[200:-200])) < 0.5e-3


@pytest.mark.parametrize(
    ("dtype", "scale", "zero"), [("int16", 2**15, 0), ("int32", 2**31, 0), ("uint8", 128, 128), ("float64", 1, 0)]
)
def test_whole_numbers_and_doubles_are_scaled(dtype: str, scale: float, zero: float) -> None:
    tone = _tone(16_000)
    made = Waveform.from_samples((tone * scale + zero).astype(dtype), 16_000).samples
    assert made.dtype == np.float32
    np.testing.assert_allclose(made, tone, atol=1 / 100 if dtype == "uint8" else 1e-4)


def test_both_orders_of_axes_mean_the_same() -> None:
    left, right = _tone(16_000), _tone(16_000, 700)
    rows = Waveform.from_samples(np.stack([left, right]), 16_000).samples
    columns = Waveform.from_samples(np.stack([left, right], axis=1), 16_000, first_sample=5)
    np.testing.assert_array_equal(rows, columns.samples)
    assert (columns.first_sample, columns.last_sample) == (5, 5 + len(rows))
    np.testing.assert_allclose(rows, (left + right) / 2, atol=1e-6)


@pytest.mark.parametrize("turned", [False, True])
def test_a_hot_mix_is_clipped_and_channels_that_cancel_are_heard(turned: bool) -> None:
    tone = 3 * _tone(16_000)
    made = Waveform.from_samples(np.stack([tone, -tone if turned else tone]), 16_000).samples
    np.testing.assert_allclose(made, np.clip(tone, -1, 1), atol=1e-5)


@pytest.mark.parametrize(
    ("array", "rate", "what"),
    [
        (np.zeros(0), 16_000, "empty"),
        (np.zeros((2, 0)), 16_000, "empty"),
        (np.zeros((2, 2, 2)), 16_000, "3 axes"),
        (np.float32(1), 16_000, "not a NumPy array"),
        ([0.0, 0.1], 16_000, "list"),
        (np.zeros(9, complex), 16_000, "complex128"),
        (np.zeros(9, bool), 16_000, "bool"),
        (np.array(["a"]), 16_000, "type"),
        (np.array([0.0, np.nan]), 16_000, "not finite"),
        (np.array([0.0, -np.inf]), 16_000, "not finite"),
        (np.array([0.0, 20_000.0]), 16_000, "20000"),
        (np.zeros((100, 100)), 16_000, "100 channels"),
        (np.zeros(9), 0, "sampling rate"),
        (np.zeros(9), 999, "sampling rate"),
        (np.zeros(9), 44_100.5, "sampling rate"),
        (np.zeros(9), True, "sampling rate"),
    ],
)
def test_what_cannot_be_sound_is_an_error_that_says_why(array: Any, rate: Any, what: str) -> None:
    with pytest.raises(BadSamples, match=what):
        Waveform.from_samples(array, rate)


def test_a_few_samples_are_sound_too() -> None:
    assert len(Waveform.from_samples(np.zeros(1, np.int16), 16_000).samples) == 1
    assert len(Waveform.from_samples(np.zeros(3, np.int16), 48_000).samples) == 1


def test_weights_follow_the_names_of_channels_and_are_equal_without_names() -> None:
    assert weights_for(["FC"]).tolist() == [1]
    assert weights_for(["FL", "FR"]).tolist() == [0.5, 0.5]
    assert weights_for(["A", "B", "C", "D"]).tolist() == [0.25] * 4
    assert weights_for(["FL", "FR", "FC", "LFE", "BL", "BR"])[3] == 0
    assert weights_for(["LFE"]).tolist() == [1]


def test_the_choice_of_a_channel_does_not_depend_on_what_came_before() -> None:
    rng = np.random.default_rng(1)
    turned = rng.normal(0, 0.1, 1000).astype(np.float32)
    plain = rng.normal(0, 0.1, (2, 1000)).astype(np.float32)
    after = Downmixer(("FL", "FR"), 10)
    after.mix(plain)
    alone = Downmixer(("FL", "FR"), 10)
    stretch = np.stack([turned, -turned])
    np.testing.assert_array_equal(after.mix(stretch)[10:], alone.mix(stretch)[10:])
    assert after.cancelled_samples == alone.cancelled_samples == 1000


def test_silence_and_unrelated_channels_do_not_count_as_cancelling() -> None:
    mixer = Downmixer(("FL", "FR"), 10)
    mixer.mix(np.zeros((2, 1000), np.float32))
    mixer.mix(np.random.default_rng(3).normal(0, 0.1, (2, 1000)).astype(np.float32))
    assert mixer.cancelled_samples == 0
