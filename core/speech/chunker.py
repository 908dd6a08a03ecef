"""Speech → chunks in two passes over the same sound, each with bounded memory. Knows no text and no engine.

Pass 1 (`planning`, `plan_chunks`) hears everything and says where chunks lie; pass 2 (`cut_chunks`) brings their
samples, one chunk at a time. Two passes, because the best cut is only known when what follows was heard, because
results that are stored need no samples, and because reading sound twice costs less than keeping hours of it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

import numpy as np

from core.media.waveform import Samples, Waveform
from core.progress import CancelToken, Progress, Stage
from core.speech.chunk import Chunk, ChunkSpan
from core.speech.cuts import ChunkOptions, chunks_of
from core.speech.detector import SpeechDetector, SpeechSpan

__all__ = ["ChunkOptions", "ChunkSpan", "cut_chunks", "plan_chunks", "planning"]


def plan_chunks(
    blocks: Iterable[Waveform], options: ChunkOptions | None = None, cancel: CancelToken | None = None
) -> tuple[ChunkSpan, ...]:
    """Hear all of `blocks` and plan the chunks; memory grows by 250 bytes a second of sound, whatever the length."""
    return tuple(item for item in planning(blocks, options, cancel=cancel) if isinstance(item, ChunkSpan))


def planning(
    blocks: Iterable[Waveform],
    options: ChunkOptions | None = None,
    *,
    total_ms: int = 0,
    cancel: CancelToken | None = None,
) -> Iterator[Progress | ChunkSpan]:
    """`plan_chunks` step by step: `Progress` after each block (of `total_ms`, 0 = not known), the spans at the end."""
    options = options or ChunkOptions()
    detector = SpeechDetector(options.vad)
    spans: list[SpeechSpan] = []
    for block in blocks:
        if cancel is not None:
            cancel.check()
        spans += detector.feed(block)
        yield Progress(Stage.SPEECH, block.end_ms, total_ms)
    spans += detector.finish()
    yield from chunks_of(spans, detector.track(), options)


def cut_chunks(
    blocks: Iterable[Waveform], spans: Sequence[ChunkSpan], *, skip: Container[int] = frozenset()
) -> Iterator[Chunk]:
    """The chunks of `spans` (in order, not overlapping), each as soon as its last sample came.

    `blocks` must come in order; a hole between them is silence. Where they end early, the last chunk is as long as the
    sound is, and chunks wholly past the end do not come. Reading stops after the last chunk that is wanted.

    Args:
        blocks: the same sound the plan was made of.
        spans: from `plan_chunks`.
        skip: indexes of chunks that are not wanted, e.g. because their result is stored. Looked at when a chunk's turn
            comes, so it may still grow.
    """
    wanted = (span for span in spans if span.index not in skip)
    span = next(wanted, None)
    if span is None:
        return
    samples, filled = _room(span), 0
    for block in blocks:
        while span is not None and block.last_sample > span.first_sample:
            filled = max(filled, _copy(block, span, samples))
            if block.last_sample < span.last_sample:
                break
            yield Chunk(samples, span.first_sample, span.index, span.speech)
            span = next(wanted, None)
            if span is None:
                return
            samples, filled = _room(span), 0
    if filled:
        yield Chunk(samples[:filled], span.first_sample, span.index, span.speech)


def _room(span: ChunkSpan) -> Samples:
    return np.zeros(span.last_sample - span.first_sample, np.float32)


def _copy(block: Waveform, span: ChunkSpan, samples: Samples) -> int:
    """Copy what `block` holds of `span` into `samples`; how far `samples` is filled with it."""
    first = max(block.first_sample, span.first_sample)
    last = min(block.last_sample, span.last_sample)
    if last <= first:
        return 0
    into = slice(first - span.first_sample, last - span.first_sample)
    samples[into] = block.samples[first - block.first_sample : last - block.first_sample]
    return last - span.first_sample
