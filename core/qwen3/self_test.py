"""A first answer to a known clip, before anybody relies on a model: numbers that are numbers, and an end.

Some machines give nonsense without an error (github.com/QwenLM/Qwen3-ASR/issues/139). Knows no user and no chunks.
"""

from __future__ import annotations

import logging
import math

import numpy as np

from core import paths
from core.errors import CheckpointUnusable
from core.media.decode import Decoder
from core.media.waveform import Samples
from core.qwen3.answers import Ending, Request
from core.qwen3.timer import Timer
from core.qwen3.transcriber import Transcriber

_CLIP_MS = 3_000

_log = logging.getLogger(__name__)


def check(transcriber: Transcriber, folder_name: str) -> str:
    """Let it answer the beginning of the sample film; the text that came.

    An unexpected text is no refusal (small and foreign models are welcome): it stands in the log.

    Raises:
        CheckpointUnusable: the answer holds numbers that are none, or has no end.
    """
    steps = transcriber.answer([Request(known_clip())])
    try:
        while True:
            next(steps)
    except StopIteration as end:
        (outcome,) = end.value
    unsound = any(not math.isfinite(sure) for _, sure in outcome.heard.confidences)
    if unsound or outcome.ending is Ending.LOST:
        raise CheckpointUnusable(folder=folder_name, cause="its first answer to a test sound holds no numbers")
    if outcome.ending is Ending.BUDGET:
        raise CheckpointUnusable(folder=folder_name, cause="its first answer to a test sound has no end")
    _log.info("self-test of %s: %r in %s", folder_name, outcome.heard.text, outcome.heard.languages)
    said: str = outcome.heard.text
    return said


def check_timer(timer: Timer, folder_name: str) -> None:
    """Let an aligner time two words in the beginning of the sample film; anywhere will do.

    Raises:
        CheckpointUnusable: what it says holds no numbers.
    """
    (edges,) = timer.edges([(known_clip(), ["one", "two"])])
    if not edges.are_numbers:
        raise CheckpointUnusable(folder=folder_name, cause="its first answer to a test sound holds no numbers")


def known_clip() -> Samples:
    """(n,) float32: the first words of the sample film."""
    with Decoder(paths.resource("sample", "last_boat.mp4"), to_ms=_CLIP_MS) as decoder:
        return np.concatenate([block.samples for block in decoder])
