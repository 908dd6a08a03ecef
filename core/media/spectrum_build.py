"""From a film to its spectrum in the cache. Knows no window: it reads `core.media.spectrum_cache`, which this fills."""

from __future__ import annotations

import os
from collections.abc import Iterator

from core.media.decode import open_track
from core.media.identity import media_id
from core.media.probe import probe
from core.media.spectrum import SpectrumBuilder
from core.media.spectrum_cache import SpectrumFile, SpectrumWriter, spectrum_path
from core.progress import CancelToken, Progress, Stage

_BLOCK_MS = 16_384


def build_spectrum(
    path: str | os.PathLike[str], track: int = 1, cancel: CancelToken | None = None
) -> Iterator[Progress]:
    """Build the spectrum of a track (1 = first) into the cache; done at once where it is there already.

    Read it with `SpectrumFile.open(spectrum_path(media_id, track))`, from the first progress on.

    Raises:
        MediaError: the file or track cannot be decoded.
        CannotWrite: the cache cannot be written.
        Cancelled: the token was set; the next call starts over.
    """
    target = spectrum_path(media_id(path), track)
    there = SpectrumFile.open(target)
    if there is not None and there.complete:
        yield Progress(Stage.READ, there.built_ms, there.built_ms)
        return
    with open_track(path, track=track, block_ms=_BLOCK_MS, cancel=cancel) as decoder:
        duration_ms = probe(path).duration_ms
        builder = SpectrumBuilder()
        with SpectrumWriter(target, duration_ms) as writer:
            yield Progress(Stage.READ, 0, duration_ms)
            for block in decoder:
                writer.write(builder.add(block), builder.built_samples)
                yield Progress(Stage.READ, block.end_ms, max(duration_ms, block.end_ms))
            writer.write(builder.finish(), builder.built_samples, complete=True)
