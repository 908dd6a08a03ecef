"""What an engine does for one segment of a dictation: the door between the stream and the engines. Knows no engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from core.media.waveform import Samples
from core.recognition.streaming.agreement import Said

DOUBTFUL_WORDS = "doubtful words"
"""Note of a segment: hearing all of it speaks against words that were firm by then."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a segment sounds like so far.

    Attributes:
        words: all of them.
        firm: so many at the beginning will never change.
    """

    words: Sequence[Said] = ()
    firm: int = 0


@dataclass(frozen=True, slots=True)
class Ended:
    """A segment whose end was heard.

    Attributes:
        words: the firm ones first, as they were but for `sure`.
        languages: codes.
        confident: whether the language is sure enough for the segments that follow.
        notes: as of `Segment.notes`.
    """

    words: Sequence[Said] = ()
    languages: tuple[str, ...] = ()
    confident: bool = False
    notes: tuple[str, ...] = ()


class SegmentHearing(Protocol):
    """One segment being heard."""

    def step(self, samples: Samples) -> Heard:
        """Hear the segment so far, (n,) float32 from its beginning, longer each time."""
        ...

    def end(self, samples: Samples) -> Ended:
        """Hear the whole segment once more, in full."""
        ...


class Engine(Protocol):
    """Makes hearings. `languages` are the codes allowed; one = forced."""

    def hearing(self, languages: tuple[str, ...]) -> SegmentHearing:
        """For a segment that begins."""
        ...
