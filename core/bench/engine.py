"""Measures how fast Qwen3-ASR 0.6B runs here, beside transformers' own way, on random weights of the real shapes.

Random weights say nothing about text, so every clip is made to give as many tokens as speech of its length does. Runs
on whatever `core.qwen3.placement` chooses, processor or graphics card. Knows no checkpoint and no tokenizer.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from typing import Any

import psutil

from core.bench.random_qwen3 import (
    BEFORE,
    BEHIND,
    SMALL_AUDIO,
    TEXT,
    TOKENS_A_SECOND,
    Clip,
    Took,
    cut,
    feature_extractor,
    forget_peak,
    peak_mb,
    random_model,
    timed,
)
from core.errors import BadArgument
from core.qwen3.decoder import Decoder
from core.qwen3.features import SoundEncoder
from core.qwen3.greedy import Prompt, decode
from core.qwen3.placement import Placement, choose, rows_at_once
from core.qwen3.runtime import torch, use_threads

_SOUND_ID, _END_ID = 151_676, 151_645
_LENGTHS_S = (30, 4, 13, 22, 7, 28, 3, 17, 9, 25, 5, 12, 19, 2, 27, 8, 15, 6, 11, 23)
_BUSY_CLIPS = 8


def measure(*, media: str = "", clips: int = len(_LENGTHS_S), threads: int = 0) -> dict[str, Any]:
    """Recognise ragged clips of `media` ("" = the sample film, over and over).

    Args:
        threads: 0 = all cores; on a machine that others use, 1 gives the steadier ratio.

    Returns:
        x_realtime and ratio_to_transformers: {"bf16": …, "int8": None}, by the clock, where bf16 stands for the
        format of `dtype`; ratio_cpu: the ratio in processor time, which other jobs on the machine do not stretch;
        busy_slowdown: how many times longer one batch takes beside one busy process; peak_mb: resident memory, the
        other way's included (on a graphics card: of the card, ours alone); device, dtype, reason, threads, seconds,
        clips; rows: clips decoded together.

    Raises:
        BadArgument: no clips wanted.
    """
    if not 1 <= clips <= len(_LENGTHS_S):
        raise BadArgument(what=f"{clips} clips cannot be measured.", hint=f"Use 1 to {len(_LENGTHS_S)}.")
    placement = choose()
    threads = use_threads(threads or psutil.cpu_count(logical=False) or 1)
    chosen = cut(media, _LENGTHS_S[:clips])
    theirs, engine = _theirs_then_ours(placement, chosen)
    engine.run(_shortest(chosen))
    forget_peak(placement)
    ours = timed(lambda: engine.run(chosen), placement)
    seconds = sum(clip.seconds for clip in chosen)
    return {
        "x_realtime": {"bf16": round(seconds / ours.wall_s, 2), "int8": None},
        "ratio_to_transformers": {"bf16": round(theirs.wall_s / ours.wall_s, 2), "int8": None},
        "ratio_cpu": round(theirs.cpu_s / ours.cpu_s, 2),
        "busy_slowdown": _busy_slowdown(engine, chosen, placement),
        "peak_mb": peak_mb(placement),
        "device": placement.device,
        "dtype": placement.dtype,
        "reason": placement.reason,
        "threads": threads,
        "seconds": round(seconds, 1),
        "clips": len(chosen),
        "rows": engine.rows,
    }


def _theirs_then_ours(placement: Placement, clips: Sequence[Clip]) -> tuple[Took, _Engine]:
    """What transformers took, and our engine made of the same weights; its copy of them is let go of."""
    model = random_model("Qwen3ASRForConditionalGeneration", placement, SMALL_AUDIO, TEXT)
    extractor = feature_extractor()
    _by_transformers(model, extractor, _shortest(clips))
    return timed(lambda: _by_transformers(model, extractor, clips), placement), _Engine(
        model, extractor, rows_at_once(placement)
    )


def _shortest(clips: Sequence[Clip]) -> list[Clip]:
    """What each way begins with, uncounted: the first multiplications choose their kernels, on a card for seconds.

    Two, so that a ragged batch is among them.
    """
    return sorted(clips, key=lambda clip: len(clip.samples))[:2]


class _Engine:
    """Our way: length-sorted batches, as `core.recognition.batches` makes them."""

    def __init__(self, model: Any, extractor: Any, rows: int) -> None:
        self.rows = rows
        self._encoder = SoundEncoder(model.model, extractor)
        self._decoder = Decoder(model.model.language_model, model.lm_head)

    def run(self, clips: Sequence[Clip]) -> None:
        """Recognise all clips."""
        ordered = sorted(clips, key=lambda clip: len(clip.samples))
        for first in range(0, len(ordered), self.rows):
            batch = [self._prompt(clip) for clip in ordered[first : first + self.rows]]
            for _left in decode(self._decoder, batch, (), stop_loops=False):
                pass

    def _prompt(self, clip: Clip) -> Prompt:
        sound = self._encoder.encode(clip.samples)
        parts = (self._decoder.embed(BEFORE), sound, self._decoder.embed(BEHIND))
        return Prompt(torch.cat(parts), _tokens(clip))


def _by_transformers(model: Any, extractor: Any, clips: Sequence[Clip]) -> None:
    """Their way: `generate`, one clip after another."""
    for clip in clips:
        features, mask = SoundEncoder.features_of(extractor, clip.samples)
        count = model.model.audio_tower._post_cnn_length(mask.view(-1, 100).sum(-1)).sum().item()
        ids = torch.tensor([[*BEFORE, *[_SOUND_ID] * int(count), *BEHIND]], device=model.device)
        with torch.inference_mode():
            model.generate(
                input_ids=ids,
                attention_mask=torch.ones_like(ids),
                input_features=features.to(model.device, model.dtype),
                input_features_mask=mask.to(model.device),
                max_new_tokens=_tokens(clip),
                min_new_tokens=_tokens(clip),
                do_sample=False,
                eos_token_id=[],
                pad_token_id=_END_ID,
            )


def _tokens(clip: Clip) -> int:
    """What speech of its length gives."""
    return max(1, round(TOKENS_A_SECOND * clip.seconds))


def _busy_slowdown(engine: _Engine, clips: Sequence[Clip], placement: Placement) -> float:
    """One batch with another process busy on one core, against the same batch before."""
    batch = sorted(clips, key=lambda clip: len(clip.samples))[:_BUSY_CLIPS]
    quiet = timed(lambda: engine.run(batch), placement)
    neighbour = multiprocessing.get_context("spawn").Process(target=_spin, daemon=True)
    neighbour.start()
    try:
        busy = timed(lambda: engine.run(batch), placement)
    finally:
        neighbour.kill()
        neighbour.join()
    return round(busy.wall_s / quiet.wall_s, 2)


def _spin() -> None:
    while True:
        pass
