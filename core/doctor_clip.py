"""A known clip through one engine, in a process of its own that `doctor_models` starts. Knows no check but its own."""

from __future__ import annotations

import time
from multiprocessing.connection import Connection
from typing import Any

import numpy as np

from core import paths
from core.errors import wrap_unexpected
from core.health import Health
from core.media.decode import Decoder
from core.progress import CancelToken
from core.recognition.protocol import Options
from core.recognition.registry import create
from core.speech.chunk import Chunk
from core.transcript import Segment

_CLIP_MS = 4_000


def hear(engine_id: str, answer: Connection[Any, Any]) -> None:
    """Recognise, and say how it went: (health, found, next step)."""
    try:
        found = _recognised(engine_id)
        answer.send((Health.GOOD.value, found, ""))
    except Exception as error:  # noqa: BLE001 - the border of a process: the doctor must hear of it
        known = wrap_unexpected(error)
        answer.send((Health.BAD.value, known.what_happened(), known.what_to_do()))


def _recognised(engine_id: str) -> str:
    with Decoder(paths.resource("sample", "last_boat.mp4"), to_ms=_CLIP_MS) as decoder:
        samples = np.concatenate([block.samples for block in decoder])
    recognizer, began_s = create(engine_id), time.perf_counter()
    chunk = Chunk(samples, 0, 0, ((0, len(samples)),))
    heard = recognizer.transcribe([chunk], Options(), CancelToken())
    texts = [item.text for item in heard if isinstance(item, Segment)]
    took_s = time.perf_counter() - began_s
    info = recognizer.info
    place = " ".join(part for part in (info.device, info.dtype) if part)
    reason = f" {info.reason}" if info.reason else ""
    return f"“{' '.join(texts)}” in {took_s:.1f} s with loading, on {place}.{reason}"
