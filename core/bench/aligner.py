"""Measures how fast the Qwen3 forced aligner runs here, on random weights of the real shapes.

Runs on whatever `core.qwen3.placement` chooses, processor or graphics card. Knows no checkpoint and no real tokenizer:
every unit costs four tokens and its two marks.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil

from core.bench.random_qwen3 import (
    LARGE_AUDIO,
    TEXT,
    Took,
    cut,
    feature_extractor,
    forget_peak,
    peak_mb,
    random_model,
    timed,
)
from core.errors import BadArgument
from core.qwen3.checkpoint import Checkpoint, Kind, Layout
from core.qwen3.loading import Loaded
from core.qwen3.placement import Placement, choose, sound_at_once_ms
from core.qwen3.runtime import use_threads
from core.qwen3.timer import Timer

_VOCABULARY, _LABELS, _CLASS_MS = 152_064, 5_000, 80
_UNIT_TOKENS = 4
_UNITS_A_SECOND = 2.5


def measure(*, media: str = "", seconds: int = 60) -> dict[str, Any]:
    """Time the words of one piece of `media` ("" = the sample film, over and over), all cores; then of a batch.

    Returns:
        x_realtime and x_realtime_cpu (processor time) of one piece; x_realtime_batch: of as many as are aligned
        together here, `pieces` of them; peak_mb: as `core.bench.engine`; device, dtype, reason, threads; seconds and
        units of a piece.

    Raises:
        BadArgument: a piece the aligner does not take.
    """
    if not 1 <= seconds <= 180:
        raise BadArgument(what=f"A piece of {seconds} s cannot be measured.", hint="Use 1 to 180 s.")
    placement = choose()
    threads = use_threads(psutil.cpu_count(logical=False) or 1)
    timer = _random_timer(placement)
    (short, piece) = cut(media, (1, seconds))
    units = ["unit"] * round(_UNITS_A_SECOND * seconds)
    timer.edges([(short.samples, units[:2])])  # the first multiplications choose their kernels
    pieces = max(1, sound_at_once_ms(placement) // (1000 * seconds))
    forget_peak(placement)

    def work(count: int) -> Took:
        return timed(lambda: timer.edges([(piece.samples, units)] * count), placement)

    took = work(1)
    batch = took if pieces == 1 else work(pieces)
    return {
        "x_realtime": round(seconds / took.wall_s, 2),
        "x_realtime_cpu": round(seconds / took.cpu_s, 2),
        "x_realtime_batch": round(pieces * seconds / batch.wall_s, 2),
        "pieces": pieces,
        "peak_mb": peak_mb(placement),
        "device": placement.device,
        "dtype": placement.dtype,
        "reason": placement.reason,
        "threads": threads,
        "seconds": seconds,
        "units": len(units),
    }


def _random_timer(placement: Placement) -> Timer:
    text = {**TEXT, "vocab_size": _VOCABULARY, "tie_word_embeddings": False, "max_position_embeddings": 8_192}
    model = random_model("Qwen3ASRForTokenClassification", placement, LARGE_AUDIO, text, num_labels=_LABELS)
    processor = SimpleNamespace(
        tokenizer=_four_tokens, feature_extractor=feature_extractor(), timestamp_segment_time=_CLASS_MS
    )
    nowhere = Checkpoint(Path(), Kind.ALIGNER, Layout.NATIVE, "0.6b", (), "")
    return Timer(Loaded(nowhere, placement, model, processor))


def _four_tokens(text: str, *, add_special_tokens: bool) -> dict[str, list[int]]:
    """Stands for the tokenizer: one token for a mark, four for anything else."""
    del add_special_tokens
    return {"input_ids": [1] if text.startswith("<|") else [1] * _UNIT_TOKENS}
