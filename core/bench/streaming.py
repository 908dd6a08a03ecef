"""Measures what a step of dictation costs with Qwen3-ASR 0.6B: random weights of the real shapes, speech without pause.

Random weights say nothing about text, so each step decides as many tokens as speech of its length gives, and goes back
as far as dictation does. Beside it stands what others do: hearing the last minute again at every step. Runs on whatever
`core.qwen3.placement` chooses, processor or graphics card.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from functools import partial
from typing import Any

import numpy as np
import psutil

from core.bench.random_qwen3 import (
    BEFORE,
    BEHIND,
    SMALL_AUDIO,
    TEXT,
    TOKENS_A_SECOND,
    Took,
    cut,
    feature_extractor,
    peak_mb,
    random_model,
    timed,
)
from core.errors import BadArgument
from core.media.waveform import Samples
from core.qwen3.decoder import Decoder
from core.qwen3.features import SoundEncoder
from core.qwen3.live import LiveSegment
from core.qwen3.live_sound import Work
from core.qwen3.placement import Placement, choose
from core.qwen3.runtime import use_threads
from core.recognition.streaming.settings import StreamSettings
from core.timecode import SAMPLE_RATE

_AGAIN_S = 60


def measure(*, media: str = "", seconds: int = 60, threads: int = 0) -> dict[str, Any]:
    """Dictate `seconds` of `media` ("" = the sample film, over and over) without a pause, in steps of 2 s.

    Args:
        threads: 0 = all cores.

    Returns:
        step_ms: {"median", "p95"} by the clock for a step of 2 s of sound, the ends of segments counted to their last
        step; step_cpu_ms: the same in processor time; ratio_to_again, ratio_to_again_cpu: one answer over the last 60 s
        heard anew, against the mean step; per_second: encoded frames, prefilled and decoded tokens for a second of
        sound; peak_mb, device, dtype, threads, seconds.

    Raises:
        BadArgument: less than one segment.
    """
    settings = StreamSettings(chunk_ms=2_000)
    if seconds < settings.segment_s:
        raise BadArgument(what=f"{seconds} s of dictation cannot be measured.", hint=f"Use {settings.segment_s} s.")
    placement = choose()
    threads = use_threads(threads or psutil.cpu_count(logical=False) or 1)
    parts = _Parts(placement)
    (clip,) = cut(media, (max(seconds, _AGAIN_S),))
    parts.segment(clip.samples[: 3 * SAMPLE_RATE], settings)  # the first multiplications choose their kernels
    parts.work = Work()
    steps = parts.dictate(clip.samples[: seconds * SAMPLE_RATE], settings)
    work = astuple(parts.work)
    again = parts.again(clip.samples[: _AGAIN_S * SAMPLE_RATE], settings)
    return {
        "step_ms": _spread([1000 * took.wall_s for took in steps]),
        "step_cpu_ms": _spread([1000 * took.cpu_s for took in steps]),
        "ratio_to_again": round(again.wall_s / statistics.mean(took.wall_s for took in steps), 2),
        "ratio_to_again_cpu": round(again.cpu_s / statistics.mean(took.cpu_s for took in steps), 2),
        "per_second": dict(zip(("frames", "prefilled", "decoded"), (round(n / seconds, 1) for n in work), strict=True)),
        "peak_mb": peak_mb(placement),
        "device": placement.device,
        "dtype": placement.dtype,
        "threads": threads,
        "seconds": seconds,
    }


class _Parts:
    """A random model taken apart as dictation uses it."""

    def __init__(self, placement: Placement) -> None:
        model = random_model("Qwen3ASRForConditionalGeneration", placement, SMALL_AUDIO, TEXT)
        self._encoder = SoundEncoder(model.model, feature_extractor())
        self._decoder = Decoder(model.model.language_model, model.lm_head)
        self._placement = placement
        self.work = Work()

    def dictate(self, samples: Samples, settings: StreamSettings) -> list[Took]:
        """Segment after segment; how long each step took."""
        size = settings.segment_s * SAMPLE_RATE
        return [
            took
            for first in range(0, len(samples), size)
            for took in self.segment(samples[first : first + size], settings)
        ]

    def segment(self, samples: Samples, settings: StreamSettings) -> list[Took]:
        """The steps of one segment, its end in the last."""
        live = self._live(settings)
        ids: list[int] = []
        chunk = settings.chunk_ms * SAMPLE_RATE // 1000
        steps: list[Took] = []
        for last in range(chunk, len(samples) + 1, chunk):
            ends = last + chunk > len(samples)
            work = partial(self._step, live, samples[:last], ids, settings, ends=ends)
            steps.append(timed(work, self._placement))
        return steps

    def again(self, samples: Samples, settings: StreamSettings) -> Took:
        """One answer over all of `samples`, heard anew, with the answer so far given."""
        ids = list(range(100, 100 + TOKENS_A_SECOND * len(samples) // SAMPLE_RATE))
        return timed(lambda: self._step(self._live(settings), samples, ids, settings, ends=False), self._placement)

    def _step(
        self, live: LiveSegment, samples: Samples, ids: list[int], settings: StreamSettings, *, ends: bool
    ) -> None:
        back = min(len(ids), settings.rollback_tokens)
        prefix = ids[: len(ids) - back]
        live.hear(samples)
        found = live.answer(prefix, back + TOKENS_A_SECOND * settings.chunk_ms // 1000)
        ids[:] = [*prefix, *found.ids]
        if ends:
            live.hear(samples, exactly=True)
            live.unforced(ids[:-back], 0)
            live.answer(ids[:-back], back)

    def _live(self, settings: StreamSettings) -> LiveSegment:
        return LiveSegment(self._encoder, self._decoder, _NoPrompts(), (), window_s=settings.window_s, work=self.work)


class _NoPrompts:
    """The ids around the sound, without a tokenizer."""

    def around_sound(self, context: str = "", language: str = "") -> tuple[list[int], list[int]]:
        """The published prompt."""
        return BEFORE, BEHIND

    def language_openings(self, codes: Iterable[str]) -> list[list[int]]:
        """Any."""
        return []


def _spread(values: Sequence[float]) -> dict[str, float]:
    return {"median": round(statistics.median(values), 1), "p95": round(float(np.percentile(values, 95)), 1)}
