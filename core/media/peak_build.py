"""From a film to its peaks in the cache. Knows no window: it reads `core.media.peak_cache`, which this fills."""

from __future__ import annotations

import os
from collections.abc import Iterator

from core.media.decode import open_track
from core.media.identity import media_id
from core.media.peak_cache import PeaksFile, PeaksWriter, peaks_path
from core.media.peaks import PeaksBuilder
from core.media.probe import probe
from core.progress import CancelToken, Progress, Stage

_BLOCK_MS = 16_384
"""One chunk of peaks: each block decoded is a chunk that can be shown."""


def build_peaks(path: str | os.PathLike[str], track: int = 1, cancel: CancelToken | None = None) -> Iterator[Progress]:
    """Build the peaks of a track (1 = first) into the cache; done at once where they are there already.

    Read them with `PeaksFile.open(peaks_path(media_id, track))`, from the first progress on.

    Raises:
        MediaError: the file or track cannot be decoded.
        DiskFull, CannotWrite: the cache cannot be written.
        Cancelled: the token was set; the next call starts over.
    """
    target = peaks_path(media_id(path), track)
    there = PeaksFile.open(target)
    if there is not None and there.peaks.complete:
        yield Progress(Stage.READ, there.peaks.duration_ms, there.peaks.duration_ms)
        return
    with open_track(path, track=track, block_ms=_BLOCK_MS, cancel=cancel) as decoder:
        duration_ms = probe(path).duration_ms
        builder = PeaksBuilder(duration_ms)
        with PeaksWriter(target, duration_ms) as writer:
            yield Progress(Stage.READ, 0, duration_ms)
            for block in decoder:
                builder.add(block)
                writer.write(builder.peaks)
                yield Progress(Stage.READ, block.end_ms, max(duration_ms, block.end_ms))
            writer.finish(builder.finish())
