"""Times made to rise exactly as transformers does it, ties included."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest
from transformers.models.qwen3_asr.processing_qwen3_asr import _fix_timestamps

from core.alignment.monotone import longest_rise, rising


def sequences(count: int, seed: int) -> list[list[float]]:
    """Random times of every kind: short and long, many ties, mostly rising with strays, falling."""
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        length = chance.randint(1, 24)
        span = chance.choice([2, 4, 8, 30, 200])
        values = [chance.randrange(span) for _ in range(length)]
        if chance.random() < 0.5:
            values.sort()
            for _ in range(chance.randint(0, 1 + length // 3)):
                values[chance.randrange(length)] = chance.randrange(span)
        made.append([80.0 * value for value in values])
    return made


def test_ten_thousand_random_sequences_come_out_as_transformers_has_them() -> None:
    different = [
        values
        for values in sequences(10_000, seed=5)
        if rising(values) != _fix_timestamps(np.array(values, np.float32))
    ]
    assert different == []


@pytest.mark.parametrize("values", [[80.0] * 50, [float(i) for i in range(300)], [float(-i) for i in range(60)]])
def test_flat_rising_and_falling_sequences_too(values: Sequence[float]) -> None:
    assert rising(values) == _fix_timestamps(np.array(values, np.float32))


def test_what_comes_out_never_falls() -> None:
    for values in sequences(500, seed=6):
        made = rising(values)
        assert made == sorted(made)
        assert len(made) == len(values)


def test_nothing_stays_nothing() -> None:
    assert rising([]) == []


def test_a_long_text_takes_no_quadratic_time() -> None:
    chance = random.Random(7)
    values = [float(chance.randrange(5_000)) for _ in range(20_000)]
    rise = longest_rise(values)
    assert rise == sorted(rise, reverse=True)
    assert len(rise) > 200
