"""A few given words onto a short stretch of sound, one time for each of them. Knows no document and no file.

An aligner parts text in its own ways (Chinese by character, "e-mail" as one); here its times go back to the words that
were given, by their letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.alignment.edges import refined
from core.alignment.protocol import Aligner, Piece
from core.media.waveform import Samples
from core.progress import CancelToken
from core.transcript import Source, Word


@dataclass(frozen=True, slots=True)
class _Letter:
    """One letter's share of an aligned word."""

    start_ms: int
    end_ms: int
    word: Word


def time_few(
    aligner: Aligner,
    words: Sequence[tuple[str, str]],
    samples: Samples,
    start_ms: int,
    language: str,
    cancel: CancelToken,
) -> tuple[Word, ...]:
    """A `Word` for each of `words`, in order, not overlapping; `aligned` where all of it was measured.

    Args:
        words: (text, white space behind it).
        samples: (n,) float32 in [-1, 1], 16 kHz mono; not longer than `aligner.max_piece_ms`.
        start_ms: where samples[0] stands in the media.

    Raises:
        AlignmentFailed, LanguageUnsupported: as the aligner.
        Cancelled: the token was set.
    """
    text = "".join(text + after.replace("\n", " ") for text, after in words).rstrip()
    found = next(iter(aligner.align([Piece(samples, text, language, start_ms=start_ms)], cancel)))
    letters = _letters(refined(found, samples, start_ms))
    made: list[Word] = []
    at = 0
    for text, after in words:
        size = _size(text)
        made.append(_word(text, after, letters[at : at + size], made[-1].end_ms if made else start_ms))
        at += size
    return tuple(made)


def _letters(words: Sequence[Word]) -> list[_Letter]:
    found: list[_Letter] = []
    for word in words:
        size, length_ms = _size(word.text), word.end_ms - word.start_ms
        edges = [word.start_ms + length_ms * n // size for n in range(size + 1)]
        found += [_Letter(start, end, word) for start, end in pairwise(edges)]
    return found


def _word(text: str, after: str, letters: Sequence[_Letter], reached_ms: int) -> Word:
    """The word over its letters' time; a point at `reached_ms` where the aligner left it out."""
    if not letters:
        return Word(text, reached_ms, reached_ms, after=after, source=Source.ESTIMATED)
    measured = all(letter.word.source is not Source.ESTIMATED for letter in letters)
    known = [letter.word.time_confidence for letter in letters if letter.word.time_confidence is not None]
    return Word(
        text,
        letters[0].start_ms,
        letters[-1].end_ms,
        after=after,
        source=Source.ALIGNED if measured else Source.ESTIMATED,
        time_confidence=min(known, default=None),
    )


def _size(text: str) -> int:
    return sum(not character.isspace() for character in text)
