"""Measures how fast Qwen3-ASR 0.6B runs here, beside transformers' own way, on random weights of the real shapes.

Random weights say nothing about text, so every clip is made to give as many tokens as speech of its length does. Runs
on whatever `core.qwen3.placement` chooses, processor or graphics card. Knows no checkpoint and no tokenizer.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from core import paths
from core.errors import BadArgument
from core.media.decode import Decoder as MediaDecoder
from core.media.waveform import Samples
from core.qwen3.decoder import Decoder
from core.qwen3.features import SoundEncoder
from core.qwen3.greedy import Prompt, decode
from core.qwen3.placement import Placement, choose
from core.qwen3.runtime import quiet_transformers, torch, use_threads
from core.timecode import SAMPLE_RATE

_AUDIO = {"d_model": 896, "encoder_layers": 18, "encoder_attention_heads": 14, "encoder_ffn_dim": 3584}
_TEXT = {
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
_BEFORE, _BEHIND = [151644, 8948, 198, 151645, 198, 151644, 872, 198, 151669], [151670, 151645, 198, 151644, 77091, 198]
_SOUND_ID, _END_ID = 151_676, 151_645
_LENGTHS_S = (30, 4, 13, 22, 7, 28, 3, 17, 9, 25, 5, 12, 19, 2, 27, 8, 15, 6, 11, 23)
_TOKENS_A_SECOND = 3
_ROWS = 8


@dataclass(frozen=True, slots=True, eq=False)
class _Clip:
    samples: Samples

    @property
    def seconds(self) -> float:
        return len(self.samples) / SAMPLE_RATE

    @property
    def tokens(self) -> int:
        return max(1, round(_TOKENS_A_SECOND * self.seconds))


@dataclass(frozen=True, slots=True)
class _Took:
    """Seconds by the clock and of the processor."""

    wall_s: float
    cpu_s: float


def measure(*, media: str = "", clips: int = len(_LENGTHS_S)) -> dict[str, Any]:
    """Recognise ragged clips of `media` ("" = the sample film, over and over), all cores.

    Returns:
        x_realtime and ratio_to_transformers: {"bf16": …, "int8": None}, by the clock, where bf16 stands for the
        format of `dtype`; ratio_cpu: the ratio in processor time, which other jobs on the machine do not stretch;
        busy_slowdown: how many times longer one batch takes beside one busy process; peak_mb: resident memory (on a
        graphics card: of the card); device, dtype, threads, seconds, clips.

    Raises:
        BadArgument: no clips wanted.
    """
    if not 1 <= clips <= len(_LENGTHS_S):
        raise BadArgument(what=f"{clips} clips cannot be measured.", hint=f"Use 1 to {len(_LENGTHS_S)}.")
    placement = choose()
    threads = use_threads(psutil.cpu_count(logical=False) or 1)
    cut = _cut(Path(media) if media else paths.resource("sample", "last_boat.mp4"), _LENGTHS_S[:clips])
    theirs, engine = _theirs_then_ours(placement, cut)
    engine.run(cut[:1])  # the first multiplications choose their kernels
    ours = _timed(lambda: engine.run(cut), placement)
    seconds = sum(clip.seconds for clip in cut)
    return {
        "x_realtime": {"bf16": round(seconds / ours.wall_s, 2), "int8": None},
        "ratio_to_transformers": {"bf16": round(theirs.wall_s / ours.wall_s, 2), "int8": None},
        "ratio_cpu": round(theirs.cpu_s / ours.cpu_s, 2),
        "busy_slowdown": _busy_slowdown(engine, cut, placement),
        "peak_mb": _peak_mb(placement),
        "device": placement.device,
        "dtype": placement.dtype,
        "threads": threads,
        "seconds": round(seconds, 1),
        "clips": len(cut),
    }


def _theirs_then_ours(placement: Placement, clips: Sequence[_Clip]) -> tuple[_Took, _Engine]:
    """What transformers took, and our engine made of the same weights; its copy of them is let go of."""
    model, extractor = _random_model(placement)
    return _timed(lambda: _by_transformers(model, extractor, clips), placement), _Engine(model, extractor)


class _Engine:
    """Our way: length-sorted batches, as `core.recognition.batches` makes them."""

    def __init__(self, model: Any, extractor: Any) -> None:
        self._encoder = SoundEncoder(model.model, extractor)
        self._decoder = Decoder(model.model.language_model, model.lm_head)

    def run(self, clips: Sequence[_Clip]) -> None:
        """Recognise all clips."""
        ordered = sorted(clips, key=lambda clip: len(clip.samples))
        for first in range(0, len(ordered), _ROWS):
            batch = [self._prompt(clip) for clip in ordered[first : first + _ROWS]]
            for _left in decode(self._decoder, batch, (), stop_loops=False):
                pass

    def _prompt(self, clip: _Clip) -> Prompt:
        sound = self._encoder.encode(clip.samples)
        parts = (self._decoder.embed(_BEFORE), sound, self._decoder.embed(_BEHIND))
        return Prompt(torch.cat(parts), clip.tokens)


def _by_transformers(model: Any, extractor: Any, clips: Sequence[_Clip]) -> None:
    """Their way: `generate`, one clip after another."""
    for clip in clips:
        features, mask = SoundEncoder.features_of(extractor, clip.samples)
        count = model.model.audio_tower._post_cnn_length(mask.view(-1, 100).sum(-1)).sum().item()
        ids = torch.tensor([[*_BEFORE, *[_SOUND_ID] * int(count), *_BEHIND]], device=model.device)
        with torch.inference_mode():
            model.generate(
                input_ids=ids,
                attention_mask=torch.ones_like(ids),
                input_features=features.to(model.device, model.dtype),
                input_features_mask=mask.to(model.device),
                max_new_tokens=clip.tokens,
                min_new_tokens=clip.tokens,
                do_sample=False,
                eos_token_id=[],
                pad_token_id=_END_ID,
            )


def _random_model(placement: Placement) -> tuple[Any, Any]:
    transformers = quiet_transformers()
    audio = {**_AUDIO, "output_dim": _TEXT["hidden_size"], "model_type": "qwen3_asr_encoder"}
    config = transformers.Qwen3ASRConfig(audio_config=audio, text_config={**_TEXT, "model_type": "qwen3"})
    model = transformers.AutoModelForMultimodalLM.from_config(config, dtype=placement.torch_dtype)
    return model.eval().to(placement.torch_device), transformers.Qwen3ASRFeatureExtractor()


def _cut(media: Path, lengths_s: Sequence[int]) -> list[_Clip]:
    with MediaDecoder(media) as decoder:
        sound = np.concatenate([block.samples for block in decoder])
    firsts = np.cumsum([0, *lengths_s])[:-1] * SAMPLE_RATE
    return [
        _Clip(sound.take(np.arange(first, first + length * SAMPLE_RATE), mode="wrap"))
        for first, length in zip(firsts, lengths_s, strict=True)
    ]


def _timed(work: Callable[[], None], placement: Placement) -> _Took:
    started, started_cpu = time.perf_counter(), time.process_time()
    work()
    if placement.device.startswith("cuda"):
        torch.cuda.synchronize()
    return _Took(time.perf_counter() - started, time.process_time() - started_cpu)


def _busy_slowdown(engine: _Engine, clips: Sequence[_Clip], placement: Placement) -> float:
    """One batch with another process busy on one core, against the same batch before."""
    batch = sorted(clips, key=lambda clip: len(clip.samples))[:_ROWS]
    quiet = _timed(lambda: engine.run(batch), placement)
    neighbour = multiprocessing.get_context("spawn").Process(target=_spin, daemon=True)
    neighbour.start()
    try:
        busy = _timed(lambda: engine.run(batch), placement)
    finally:
        neighbour.kill()
        neighbour.join()
    return round(busy.wall_s / quiet.wall_s, 2)


def _spin() -> None:
    while True:
        pass


def _peak_mb(placement: Placement) -> float:
    if placement.device.startswith("cuda"):
        return round(torch.cuda.max_memory_allocated() / 2**20, 1)
    memory = psutil.Process().memory_info()
    peak: int = getattr(memory, "peak_wset", 0) or memory.rss
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text(encoding="ascii", errors="replace").splitlines()
        peak = next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), peak)
    return round(peak / 2**20, 1)
