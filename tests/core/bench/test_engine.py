"""The engine's bench measures both ways on the same clips; here on small shapes."""

from __future__ import annotations

import json

import pytest

from core.bench import engine
from core.errors import BadArgument


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shapes that take no time, on one thread."""
    monkeypatch.setattr(
        engine,
        "_AUDIO",
        engine._AUDIO
        | {
            "d_model": 64,
            "encoder_layers": 1,
            "encoder_attention_heads": 4,
            "encoder_ffn_dim": 64,
            "downsample_hidden_size": 8,
        },
    )
    monkeypatch.setattr(
        engine,
        "_TEXT",
        engine._TEXT
        | {
            "hidden_size": 32,
            "intermediate_size": 32,
            "num_hidden_layers": 1,
            "num_attention_heads": 2,
            "num_key_value_heads": 1,
            "head_dim": 16,
        },
    )
    monkeypatch.setattr(engine.psutil, "cpu_count", lambda logical: 1)


@pytest.mark.usefixtures("small")
def test_both_ways_are_measured_on_the_same_clips() -> None:
    found = json.loads(json.dumps(engine.measure(clips=2)))
    assert found["clips"] == 2
    assert found["seconds"] == 34
    assert found["x_realtime"]["bf16"] > 0
    assert found["ratio_to_transformers"]["bf16"] > 0
    assert found["x_realtime"]["int8"] is None
    assert found["peak_mb"] > 0


@pytest.mark.parametrize("clips", [0, 21])
def test_a_number_of_clips_that_makes_no_sense_is_refused(clips: int) -> None:
    with pytest.raises(BadArgument):
        engine.measure(clips=clips)
