"""What every aligner is. Knows no engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from core.engine import EngineInfo
from core.media.waveform import Samples
from core.progress import CancelToken
from core.transcript import Word

_OWN_SPLITTER = ("ja", "ko")


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A stretch of sound and the text spoken in it.

    Attributes:
        samples: (n,) float32 in [-1, 1], 16 kHz mono.
        text: what is spoken, as it shall be shown.
        language: code.
        start_ms: where samples[0] stands in the media; the words' times are on the media's clock.
    """

    samples: Samples
    text: str
    language: str
    start_ms: int = 0


def language_of(languages: Sequence[str]) -> str:
    """The language to time a text by that mixes these, the first said first; "" where none is known.

    Chinese is parted between its characters in any text, and most others at white space; what needs a splitter of its
    own decides where it is mixed in, or a Japanese sentence in an English talk would be one word.
    """
    return next((code for code in languages if code in _OWN_SPLITTER), languages[0] if languages else "")


class Aligner(Protocol):
    """Times every word of a piece. `max_piece_ms` is the longest piece it takes."""

    info: EngineInfo
    max_piece_ms: int

    def align(self, pieces: Sequence[Piece], cancel: CancelToken) -> Iterator[tuple[Word, ...]]:
        """Yield the words of each piece, in order; their text and white space join to the piece's text."""
        ...
