"""Which model for which machine: by memory and by speed; and which installed one “auto” takes."""

from __future__ import annotations

import pytest

from core.qwen3.speed import probe
from core.recognition import registry
from core.weights.catalogue import LARGE, SMALL
from core.weights.progress import Rate
from core.weights.suggest import Speed, fits, offers

GB = 10**9


def speeds(small: float, large: float, dtype: str = "bfloat16") -> tuple[Speed, ...]:
    return Speed(SMALL.id, small, "cpu", dtype), Speed(LARGE.id, large, "cpu", dtype)


def suggested(*given: Speed, memory: int = 32 * GB) -> str:
    (one,) = [offer.recognizer.id for offer in offers(given, memory) if offer.suggested]
    return one


def test_the_small_one_is_suggested_until_it_is_known_that_the_large_one_is_quick() -> None:
    assert suggested() == SMALL.id
    assert suggested(*speeds(5.0, 1.7)) == SMALL.id
    assert suggested(*speeds(60.0, 40.0)) == LARGE.id


def test_a_model_that_does_not_fit_is_not_suggested() -> None:
    assert suggested(*speeds(60.0, 40.0), memory=8 * GB) == SMALL.id
    assert [offer.fits for offer in offers((), 8 * GB)] == [True, False]
    assert not fits(LARGE, 12 * GB, "float32")


def test_each_offer_brings_the_aligner() -> None:
    assert all([model.aligner for model in offer.models] == [False, True] for offer in offers())


@pytest.mark.parametrize(("times", "minutes"), [(5.5, 11), (1.76, 35), (0.5, 120), (200.0, 1)])
def test_speed_is_said_for_an_hour_of_film(times: float, minutes: int) -> None:
    assert Speed(SMALL.id, times, "cpu", "").minutes_an_hour == minutes


def test_auto_takes_a_model_that_fits_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    able = {LARGE.id: "Large.", SMALL.id: "Small.", "builtin": "Rough."}

    class Memory:
        total = 64 * GB

    monkeypatch.setattr("core.recognition.registry.psutil.virtual_memory", lambda: Memory)
    assert registry._fitting(able) == (LARGE.id, "Large.")
    Memory.total = 8 * GB
    engine, reason = registry._fitting(able)
    assert engine == SMALL.id
    assert "needs more memory than this machine has" in reason
    assert registry._fitting({LARGE.id: "Large.", "builtin": "Rough."})[0] == LARGE.id


def test_the_probe_finds_speeds_of_both_and_the_small_one_is_quicker() -> None:
    small, large = probe()
    assert (small.model_id, large.model_id) == (SMALL.id, LARGE.id)
    assert small.x_realtime > large.x_realtime > 0
    assert small.device


def test_speed_and_time_left_come_from_the_last_seconds() -> None:
    rate = Rate()
    assert (rate.bytes_per_s(), rate.left_s(100)) == (0, -1)
    for second in range(30):
        rate.note(float(second), second * 1000 if second < 15 else 15_000 + (second - 15) * 100)
    assert rate.bytes_per_s() == pytest.approx(100, abs=1)
    assert rate.left_s(1000) == pytest.approx(10, abs=1)
    rate.note(30.0, 0)
    assert rate.bytes_per_s() == 0
