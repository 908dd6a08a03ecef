"""The benches of engine and aligner, here on small shapes."""

from __future__ import annotations

import json

import pytest

from core.bench import aligner, engine, streaming
from core.bench.random_qwen3 import TEXT
from core.errors import BadArgument


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shapes that take no time, on one thread."""
    audio = {"d_model": 64, "encoder_layers": 1, "encoder_attention_heads": 4, "encoder_ffn_dim": 64}
    audio["downsample_hidden_size"] = 8
    text = {"hidden_size": 32, "intermediate_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2}
    text |= {"num_key_value_heads": 1, "head_dim": 16}
    for measure in (engine, aligner, streaming):
        monkeypatch.setattr(measure, "TEXT", TEXT | text)
        monkeypatch.setattr(measure.psutil, "cpu_count", lambda logical: 1)
    monkeypatch.setattr(engine, "_LENGTHS_S", (3, 1))
    monkeypatch.setattr(engine, "SMALL_AUDIO", audio)
    monkeypatch.setattr(aligner, "LARGE_AUDIO", audio)
    monkeypatch.setattr(streaming, "SMALL_AUDIO", audio)


@pytest.mark.usefixtures("small")
def test_both_ways_are_measured_on_the_same_clips() -> None:
    found = json.loads(json.dumps(engine.measure(clips=2)))
    assert found["clips"] == 2
    assert found["seconds"] == 4
    assert found["x_realtime"]["bf16"] > 0
    assert found["ratio_to_transformers"]["bf16"] > 0
    assert found["x_realtime"]["int8"] is None
    assert found["reason"]
    assert found["peak_mb"] > 0


@pytest.mark.parametrize("clips", [0, 21])
def test_a_number_of_clips_that_makes_no_sense_is_refused(clips: int) -> None:
    with pytest.raises(BadArgument):
        engine.measure(clips=clips)


@pytest.mark.usefixtures("small")
def test_the_aligner_is_measured_on_a_piece_of_the_length_asked_for() -> None:
    found = aligner.measure(seconds=4)
    assert (found["seconds"], found["units"]) == (4, 10)
    assert found["x_realtime"] > 0
    assert (found["pieces"], found["x_realtime_batch"] > 0) == (30 // 4, True)


@pytest.mark.parametrize("seconds", [0, 181])
def test_a_piece_the_aligner_does_not_take_is_refused(seconds: int) -> None:
    with pytest.raises(BadArgument):
        aligner.measure(seconds=seconds)


@pytest.mark.usefixtures("small")
def test_a_step_of_dictation_is_measured_beside_hearing_the_last_minute_again() -> None:
    found = json.loads(json.dumps(streaming.measure(seconds=30)))
    assert 0 < found["step_ms"]["median"] <= found["step_ms"]["p95"]
    assert found["ratio_to_again"] > 0
    assert found["per_second"]["decoded"] == pytest.approx((15 * 11 - 5 + 5) / 30, abs=0.5)
    assert found["per_second"]["frames"] < 400


def test_less_than_a_segment_of_dictation_is_refused() -> None:
    with pytest.raises(BadArgument):
        streaming.measure(seconds=29)
