"""Only sound the model can take reaches it; clips are heard alone, however they are batched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.errors import BadSamples
from core.media.waveform import Samples
from core.qwen3.features import SoundEncoder, checked
from core.qwen3.loading import load_recognizer
from core.qwen3.placement import Placement
from core.qwen3.runtime import torch

SECOND = np.zeros(16_000, np.float32)


@pytest.mark.parametrize(
    ("samples", "said"),
    [
        (SECOND.astype(np.int16), "int16"),
        (SECOND.astype(np.float64), "float64"),
        (np.zeros((2, 16_000), np.float32), "2 dimensions"),
        (SECOND[:0], "empty"),
        (np.where(np.arange(16_000) == 7, np.nan, SECOND).astype(np.float32), "no numbers"),
        (np.where(np.arange(16_000) == 7, np.inf, SECOND).astype(np.float32), "no numbers"),
        (np.zeros(1_201 * 16_000, np.float32), "longer than 1200 s"),
        ([0.0] * 16_000, "no array"),
    ],
    ids=["int16", "float64", "stereo", "empty", "nan", "infinite", "too long", "a list"],
)
def test_sound_of_another_kind_is_refused_and_the_kind_named(samples: Any, said: str) -> None:
    with pytest.raises(BadSamples, match=said) as caught:
        checked(samples)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("seconds", [0.1, 0.5, 1.0, 7.99, 8.0, 8.01, 16.4])
def test_a_clip_gives_as_many_tokens_as_its_prompt_would_hold(
    seconds: float, toy: Path, placement: Placement, film_sound: Samples
) -> None:
    loaded, _prompts = load_recognizer(toy, placement)
    samples = film_sound[32_000 : 32_000 + round(16_000 * seconds)]
    inputs = loaded.processor.apply_transcription_request(audio=samples)
    wanted = int((inputs["input_ids"] == loaded.model.config.audio_token_id).sum())
    with torch.inference_mode():
        theirs = loaded.model.get_audio_features(inputs["input_features"], inputs["input_features_mask"]).pooler_output
    encoded = SoundEncoder(loaded.model.model, loaded.processor.feature_extractor).encode(samples)
    assert len(encoded) == wanted
    assert torch.equal(encoded, theirs)
