"""A few words timed in a short stretch of a film, for a person who waits: one look into the file, one alignment.

The aligner stays loaded for the next correction. Knows no document: what the words are for, the asker knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from core.alignment import registry as aligners
from core.alignment.few_words import time_few
from core.alignment.known_text.cutting import cut_stretches
from core.alignment.protocol import Aligner
from core.errors import BadArgument
from core.events import WordsJob, WordsTimed
from core.media.decode import Decoder
from core.progress import CancelToken
from core.results import Results
from core.timecode import samples_from_ms


def _nothing() -> None:
    """Where nobody waits for a turn."""


def run(
    job: WordsJob,
    *,
    results: Results | None = None,
    cancel: CancelToken,
    yield_point: Callable[[], None] = _nothing,
) -> Iterator[WordsTimed]:
    """Do `job`: one `WordsTimed`. Keeps nothing in `results` and needs no `yield_point`: it is over at once.

    Raises:
        CuesmithError: with what happened and the next step.
        Cancelled: `cancel` was set.
    """
    del results, yield_point
    aligner_id, _reason = aligners.choose(job.aligner, job.language, model_dir=job.aligner_dir)
    aligner = _kept(aligner_id, job.aligner_dir)
    if not 0 < job.end_ms - job.start_ms <= aligner.max_piece_ms:
        raise BadArgument(what="The stretch to align is empty or too long.", hint="Choose less text at once.")
    span = samples_from_ms(job.start_ms), samples_from_ms(job.end_ms)
    with Decoder(job.media, track=job.track, from_ms=job.start_ms, to_ms=job.end_ms, cancel=cancel) as blocks:
        samples = next(cut_stretches(blocks, [span]))
    words = time_few(aligner, job.words, samples, job.start_ms, job.language, cancel)
    yield WordsTimed(words, aligner_id)


def forget() -> None:
    """Let go of the aligner that is kept and its memory."""
    _kept.cache_clear()


@lru_cache(maxsize=1)
def _kept(aligner_id: str, model_dir: str) -> Aligner:
    """The aligner used last: the built-in one takes 0.2 s to load, a large one many times that."""
    return aligners.create(aligner_id, model_dir=model_dir)
