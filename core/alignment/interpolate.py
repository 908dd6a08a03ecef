"""Times words by sharing the sound out by length of text: what is left where no aligner knows the language.

Knows no sounds of letters and no engine. Its words say "estimated", so nobody takes them for measured. Silence at the
ends and inside is left out where it is plainly softer than the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from core.alignment.protocol import Aligner, Piece
from core.engine import EngineEntry, EngineInfo
from core.media.waveform import Samples
from core.progress import CancelToken
from core.spaceless import split_words
from core.timecode import ms_from_samples, samples_from_ms
from core.transcript import Source, Word, shared_out

INFO = EngineInfo(
    id="none",
    name="Estimated",
    languages=(),
    gives_words=True,
    reason="Word times are estimated from the length of the words.",
)

NO_ALIGNER = "No aligner for this language is installed: word times are estimated from the length of the words."

_FRAME_MS = 20
_SOFT_DB = 35.0
"""A frame this far under the piece's loud frames counts as silence."""
_LEAST_PAUSE_MS = 300
"""Shorter silences are part of words: stops last up to 150 ms."""

Span = tuple[int, int]
"""Half-open, in ms."""


class Interpolator:
    """Follows `alignment.protocol.Aligner` for every language and any length."""

    max_piece_ms = 24 * 3_600_000

    def __init__(self) -> None:
        self.info = INFO

    def align(self, pieces: Sequence[Piece], cancel: CancelToken) -> Iterator[tuple[Word, ...]]:
        """The words of each piece with estimated times; a cancel point at each."""
        for piece in pieces:
            cancel.check()
            yield estimate(piece)


def estimate(piece: Piece) -> tuple[Word, ...]:
    """The words of `piece`, each as long as its share of the text, over what is not silent."""
    return spread(list(split_words(piece.text)), audible_spans(piece.samples), piece.start_ms)


def spread(pairs: Sequence[tuple[str, str]], spans: Sequence[Span], start_ms: int = 0) -> tuple[Word, ...]:
    """Words for (text, after) pairs, shared out over `spans` (ms, in order, apart) one behind the other.

    A word that would reach over a pause keeps the side with more of it. Times are moved by `start_ms`.
    """
    if not pairs:
        return ()
    length_ms = sum(end - start for start, end in spans)
    dense = shared_out(pairs, 0, length_ms, source=Source.ESTIMATED)
    words = []
    for word in dense:
        first, last = _placed(word.start_ms, word.end_ms, spans)
        words.append(replace(word, start_ms=start_ms + first, end_ms=start_ms + last))
    return tuple(words)


def _placed(start_ms: int, end_ms: int, spans: Sequence[Span]) -> Span:
    """Where start..end, counted without the pauses, lies with them."""
    before, best, found = 0, -1, (0, 0)
    for first, last in spans:
        inside = min(end_ms, before + last - first) - max(start_ms, before)
        if inside > best:
            shift = first - before
            best = inside
            found = (max(start_ms + shift, first), min(end_ms + shift, last))
        before += last - first
    return found


def audible_spans(samples: Samples) -> tuple[Span, ...]:
    """The parts of `samples` between silences of 0.3 s and more, in ms; all of it where nothing stands out."""
    total_ms = ms_from_samples(len(samples))
    step = samples_from_ms(_FRAME_MS)
    count = len(samples) // step
    if count < 2:
        return ((0, total_ms),)
    power = np.mean(np.square(samples[: count * step].reshape(count, step), dtype=np.float64), axis=1)
    levels_db = 10 * np.log10(power + 1e-12)
    loud = np.flatnonzero(levels_db > np.percentile(levels_db, 95) - _SOFT_DB)
    breaks = np.flatnonzero(np.diff(loud) * _FRAME_MS > _LEAST_PAUSE_MS)
    starts = loud[[0, *(breaks + 1)]]
    ends = loud[[*breaks, len(loud) - 1]] + 1
    return tuple((int(a) * _FRAME_MS, int(b) * _FRAME_MS) for a, b in zip(starts, ends, strict=True))


def _create(_model_dir: str) -> Aligner:
    return Interpolator()


ENTRY: EngineEntry[Aligner] = EngineEntry(
    languages=(), installed=lambda _model_dir: True, create=_create, reason=NO_ALIGNER
)
