"""Sound → log-mel → the encoder's tokens, one clip after another. Knows no text.

Each clip gets its own features: computed in a padded batch, a shorter clip's last frame would differ (reflected sound
against zeros), and with it the text. The encoder works in windows of 8 s of one clip, so nothing is lost by it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from core.errors import BadSamples
from core.media.waveform import Samples
from core.qwen3.linear import pack_linears
from core.qwen3.runtime import functional, torch
from core.timecode import SAMPLE_RATE

LONGEST_S = 1_200
"""What the recogniser was trained for (Qwen3-ASR technical report, table 1)."""
_CONVOLVED_FRAMES = 100
"""The encoder's convolutions take so many frames at once (2 · n_window)."""


class SoundEncoder:
    """The model's ear. Packs the matrices of the model it is given, which is of no other use then."""

    def __init__(self, model: Any, feature_extractor: Any) -> None:
        self._model = model
        self._extractor = feature_extractor
        parameter = next(model.parameters())
        self._device, self._dtype = parameter.device, parameter.dtype
        pack_linears(model.audio_tower)
        pack_linears(model.multi_modal_projector)

    @torch.inference_mode()
    def encode(self, samples: Samples) -> torch.Tensor:
        """(n,) float32 at 16 kHz → (tokens, hidden): 13 tokens a second.

        Raises:
            BadSamples: not that kind of array, empty, longer than `LONGEST_S`, or not finite.
        """
        features, mask = self.features_of(self._extractor, samples)
        audio = self._model.get_audio_features(features.to(self._device, self._dtype), mask.to(self._device))
        encoded: torch.Tensor = audio.pooler_output
        return encoded

    def mel_of(self, samples: Samples) -> torch.Tensor:
        """(n,) float32 at 16 kHz → (128, frames) float32, nothing padded.

        Raises:
            BadSamples: as `encode`.
        """
        features, mask = self.features_of(self._extractor, samples)
        return features[0, :, : int(mask.sum())]

    @torch.inference_mode()
    def encode_mel(self, mel: torch.Tensor) -> torch.Tensor:
        """(128, frames) of one window or whole windows → (tokens, hidden)."""
        frames = mel.shape[1]
        padding = -frames % _CONVOLVED_FRAMES
        features = functional.pad(mel, (0, padding))[None].to(self._device, self._dtype)
        mask = (torch.arange(frames + padding, device=self._device) < frames).to(torch.int32)[None]
        encoded: torch.Tensor = self._model.get_audio_features(features, mask).pooler_output
        return encoded

    @staticmethod
    def features_of(extractor: Any, samples: Samples) -> tuple[torch.Tensor, torch.Tensor]:
        """Log-mel of one clip, (1, 128, frames) float32, and which frames count, (1, frames).

        Raises:
            BadSamples: as `encode`.
        """
        made = extractor(
            [checked(samples)], sampling_rate=SAMPLE_RATE, padding=True, truncation=False, return_attention_mask=True
        )
        return made["input_features"], made["attention_mask"]


def checked(samples: Samples) -> Samples:
    """`samples`, if the model can take them.

    The feature extractor takes integers without scaling them and passes NaN on; the answer would be nonsense.

    Raises:
        BadSamples: says what is wrong.
    """
    if not isinstance(samples, np.ndarray) or samples.ndim != 1 or samples.dtype != np.float32:
        kind = f"{samples.dtype} of {samples.ndim} dimensions" if isinstance(samples, np.ndarray) else "no array"
        raise BadSamples(what=f"the engine needs one channel of float32, this is {kind}")
    if not len(samples):
        raise BadSamples(what="it is empty")
    if len(samples) > LONGEST_S * SAMPLE_RATE:
        raise BadSamples(what=f"it is longer than {LONGEST_S} s")
    if not np.isfinite(samples).all():
        raise BadSamples(what="it holds values that are no numbers")
    return samples
