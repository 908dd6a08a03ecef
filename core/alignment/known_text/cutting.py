"""Cuts overlapping stretches out of a stream of sound. Knows no text; holds no more sound than the longest stretch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from core.media.waveform import Samples, Waveform


def cut_stretches(blocks: Iterable[Waveform], spans: Sequence[tuple[int, int]]) -> Iterator[Samples]:
    """The samples of each span, (first_sample, last_sample) half-open, on the media's clock, ordered by first sample.

    Where the sound begins later or ends earlier, the rest of the span is silence; a hole between blocks too.
    """
    stream = iter(blocks)
    kept: list[Waveform] = []
    for first, last in spans:
        while kept and kept[0].last_sample <= first:
            kept.pop(0)
        while not kept or kept[-1].last_sample < last:
            block = next(stream, None)
            if block is None:
                break
            if block.last_sample > first:
                kept.append(block)
        yield _joined(kept, first, last)


def _joined(blocks: Sequence[Waveform], first: int, last: int) -> Samples:
    samples = np.zeros(max(0, last - first), np.float32)
    for block in blocks:
        begin, end = max(first, block.first_sample), min(last, block.last_sample)
        if begin < end:
            samples[begin - first : end - first] = block.samples[begin - block.first_sample : end - block.first_sample]
    return samples
