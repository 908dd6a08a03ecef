"""What the measures of Qwen3-ASR and its aligner share: random models of the real shapes, clips, clocks, memory.

Random weights say nothing about text or times, but they cost what the real ones cost, and need no download.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from core import paths
from core.media.decode import Decoder
from core.media.waveform import Samples
from core.qwen3.placement import Placement
from core.qwen3.runtime import quiet_transformers, torch
from core.timecode import SAMPLE_RATE

SMALL_AUDIO = {"d_model": 896, "encoder_layers": 18, "encoder_attention_heads": 14, "encoder_ffn_dim": 3584}
LARGE_AUDIO = {"d_model": 1024, "encoder_layers": 24, "encoder_attention_heads": 16, "encoder_ffn_dim": 4096}
"""The encoders of Qwen3-ASR-0.6B; and of 1.7B and the aligner."""
TEXT = {
    "vocab_size": 151_936,
    "hidden_size": 1024,
    "intermediate_size": 3072,
    "num_hidden_layers": 28,
    "num_attention_heads": 16,
    "num_key_value_heads": 8,
    "head_dim": 128,
    "tie_word_embeddings": True,
    "rope_parameters": {"rope_type": "default", "rope_theta": 1_000_000.0},
    "max_position_embeddings": 65_536,
}
"""The language model of Qwen3-ASR-0.6B."""

BEFORE, BEHIND = [151644, 8948, 198, 151645, 198, 151644, 872, 198, 151669], [151670, 151645, 198, 151644, 77091, 198]
"""The published prompt around the sound."""
TOKENS_A_SECOND = 3
"""What speech gives."""


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """(n,) float32 of 16 kHz speech."""

    samples: Samples

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.samples) / SAMPLE_RATE


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds by the clock and of the processor."""

    wall_s: float
    cpu_s: float


def random_model(class_name: str, placement: Placement, audio: dict[str, int], text: dict[str, Any], **top: Any) -> Any:
    """A model of transformers' class with these shapes, in evaluation mode, on its device."""
    transformers = quiet_transformers()
    config = transformers.Qwen3ASRConfig(
        audio_config={**audio, "output_dim": text["hidden_size"], "model_type": "qwen3_asr_encoder"},
        text_config={**text, "model_type": "qwen3"},
        **top,
    )
    before = torch.get_default_dtype()
    torch.set_default_dtype(placement.torch_dtype)
    try:
        model = getattr(transformers, class_name)(config)
    finally:
        torch.set_default_dtype(before)
    return model.eval().to(placement.torch_device)


def feature_extractor() -> Any:
    """The feature extractor with its published settings."""
    return quiet_transformers().Qwen3ASRFeatureExtractor()


def cut(media: str, lengths_s: Sequence[int]) -> list[Clip]:
    """Clips one behind the other from `media` ("" = the sample film), from its beginning again where it is over."""
    with Decoder(Path(media) if media else paths.resource("sample", "last_boat.mp4")) as decoder:
        sound = np.concatenate([block.samples for block in decoder])
    firsts = np.cumsum([0, *lengths_s])[:-1] * SAMPLE_RATE
    return [
        Clip(sound.take(np.arange(first, first + length * SAMPLE_RATE), mode="wrap"))
        for first, length in zip(firsts, lengths_s, strict=True)
    ]


def timed(work: Callable[[], object], placement: Placement) -> Took:
    """How long `work` takes, all of the graphics card's part and nothing that it was still doing before."""
    wait_for(placement)
    started, started_cpu = time.perf_counter(), time.process_time()
    work()
    wait_for(placement)
    return Took(time.perf_counter() - started, time.process_time() - started_cpu)


def wait_for(placement: Placement) -> None:
    """Until a graphics card has done what it was given; a processor has done it already."""
    if placement.device.startswith("cuda"):
        torch.cuda.synchronize(placement.torch_device)
    elif placement.device.startswith("mps"):
        torch.mps.synchronize()


def forget_peak(placement: Placement) -> None:
    """On a graphics card, let `peak_mb` begin anew; a process cannot."""
    if placement.device.startswith("cuda"):
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats(placement.torch_device)


def peak_mb(placement: Placement) -> float:
    """The most memory in use: of the graphics card since `forget_peak`, elsewhere of this process since it began."""
    if placement.device.startswith("cuda"):
        return round(torch.cuda.max_memory_allocated(placement.torch_device) / 2**20, 1)
    memory = psutil.Process().memory_info()
    peak: int = getattr(memory, "peak_wset", 0) or memory.rss
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text(encoding="ascii", errors="replace").splitlines()
        peak = next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), peak)
    return round(peak / 2**20, 1)
