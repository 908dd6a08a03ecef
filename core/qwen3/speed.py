"""How quick Qwen3-ASR would be on this machine, found out in about two seconds and without any checkpoint.

Multiplies matrices of the models' shapes as the decode loop does (few rows, many weights) and as the encoder does (many
rows), and counts how many such products a second of sound needs. Knows no sound and no tokenizer; says "about".
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from core.qwen3.linear import Linear
from core.qwen3.placement import Placement, choose
from core.qwen3.runtime import torch, use_threads
from core.weights.suggest import Speed

_PROBE_S = 0.9
"""For each of the two ways of multiplying."""
_WIDTH, _INNER = 1024, 3072
_MATRICES = 24
"""Together 150 MB in bfloat16: more than caches hold, as the model's own."""
_ROWS_DECODING, _ROWS_READING = 16, 416
_TOKENS_A_SECOND = 3.0
"""Of speech, as `core.bench.engine` counts."""
_SOUND_TOKENS_A_SECOND = 13.0
_WORD_TOKENS_A_SECOND = 8.0
"""What the aligner reads beside the sound: words and their marks."""
_STEM_PRODUCTS = 2.1e9
"""The encoder's convolutions, for a second of sound: 480 channels, 64 × 50 to 16 × 13 places."""
_BESIDES = 1.5
"""Attention, norms, and what Python does between: `cuesmith bench engine` against this probe."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """Parameters of the parts of a model: what each token passes, what each step ends with, what each frame passes."""

    layers: float
    head: float
    audio: float


_SHAPES = {
    "qwen3-asr-0.6b": _Shape(layers=440.4e6, head=155.6e6, audio=184.7e6),
    "qwen3-asr-1.7b": _Shape(layers=1409.4e6, head=311.2e6, audio=314.3e6),
}
_ALIGNER = _Shape(layers=440.4e6, head=5.1e6, audio=314.3e6)


def probe(placement: Placement | None = None) -> tuple[Speed, ...]:
    """Speeds with word timing, of each recogniser that is offered; `placement` None = where they would run.

    Raises:
        BadArgument: the device or format that is asked for by the environment is not there.
    """
    placement = placement or choose()
    use_threads()
    matrices = _matrices(placement)
    decoding = _products_a_second(matrices, placement, _ROWS_DECODING)
    reading = _products_a_second(matrices, placement, _ROWS_READING)
    return tuple(
        Speed(model_id, round(1 / _seconds(shape, decoding, reading), 2), placement.device, placement.dtype)
        for model_id, shape in _SHAPES.items()
    )


def _seconds(shape: _Shape, decoding: float, reading: float) -> float:
    """Seconds of work for a second of sound: recognise it, then time its words."""
    decoded = _TOKENS_A_SECOND * (shape.layers + shape.head) / decoding
    read = _SOUND_TOKENS_A_SECOND * (shape.layers + shape.audio) + _STEM_PRODUCTS
    aligned = (_SOUND_TOKENS_A_SECOND + _WORD_TOKENS_A_SECOND) * _ALIGNER.layers
    aligned += _SOUND_TOKENS_A_SECOND * _ALIGNER.audio + _STEM_PRODUCTS
    return _BESIDES * (decoded + (read + aligned) / reading)


def _matrices(placement: Placement) -> list[Linear]:
    device, dtype = placement.torch_device, placement.torch_dtype
    one = torch.randn(_INNER, _WIDTH, dtype=torch.float32).to(dtype)
    return [Linear([one.to(device, copy=True)]) for _ in range(_MATRICES)]


def _products_a_second(matrices: list[Linear], placement: Placement, rows: int) -> float:
    """Multiplications of one row by one weight, in a second."""
    x = torch.randn(rows, _WIDTH, dtype=torch.float32).to(placement.torch_device, placement.torch_dtype)
    with torch.inference_mode():
        _once(matrices, x, placement)  # the first chooses its kernels
        rounds, took_s, began_s = 0, 0.0, time.perf_counter()
        while took_s < _PROBE_S:  # once at least, however long this process had to wait for its turn
            _once(matrices, x, placement)
            rounds, took_s = rounds + 1, time.perf_counter() - began_s
    return rounds * _MATRICES * _INNER * _WIDTH * rows / took_s


def _once(matrices: list[Linear], x: torch.Tensor, placement: Placement) -> None:
    for matrix in matrices:
        matrix(x)
    if placement.device.startswith("cuda"):
        torch.cuda.synchronize(placement.torch_device)
