"""What every recognizer is: the shapes and calls the pipeline relies on. Knows no engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from core.engine import EngineInfo
from core.media.waveform import Samples
from core.progress import CancelToken, Progress
from core.recognition.streaming.settings import USUAL, StreamSettings
from core.speech.chunk import Chunk
from core.transcript import Segment, Word


@dataclass(frozen=True, slots=True)
class Options:
    """What a run asks of a recognizer.

    Attributes:
        languages: codes allowed; () = find out.
        context: names and terms that help; "" = none.
        live: how a dictation listens; only `Recognizer.stream` reads it.
        rows: most clips at once, where memory is short; 0 = as many as the engine likes. Changes no word.
    """

    languages: tuple[str, ...] = ()
    context: str = ""
    live: StreamSettings = USUAL
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Update:
    """One step of streaming. Times are in ms from the beginning of the stream.

    Attributes:
        firm: all firm words of the segment that is being heard, or that ended with this step. While a segment goes on
            it only grows: a firm word keeps its id, text and white space for ever.
        tentative: what seems to follow; the next step may change all of it.
        lag_ms: sound that was fed and holds speech which no word speaks for yet: how far behind the answer is. What
            waits before `feed` is the caller's to add.
        segment: number of the segment that `firm` and `tentative` are of, from 0 on; where nobody speaks, of the
            next one.
        ended: segments that ended with this step, in order, all their words firm. A word here may be less sure than
            before (`text_confidence`), never another. Segments without words do not come.
        retimed: firm words of earlier steps whose times have been measured since, by id.
    """

    firm: tuple[Word, ...]
    tentative: tuple[Word, ...]
    lag_ms: int
    segment: int = 0
    ended: tuple[Segment, ...] = ()
    retimed: tuple[Word, ...] = ()


class RecognitionStream(Protocol):
    """A running dictation. One thread at a time."""

    def feed(self, samples: Samples) -> Update:
        """Take more sound, (n,) float32 at 16 kHz, any length; say what is known now.

        Sound that comes late all at once is answered in one step, so an engine slower than speech falls behind no
        further than it must, and nothing is dropped.
        """
        ...

    def finish(self) -> Update:
        """The sound is over: everything becomes firm."""
        ...


class Recognizer(Protocol):
    """Turns chunks into segments, in order, one segment a chunk."""

    info: EngineInfo

    def transcribe(
        self, chunks: Iterable[Chunk], options: Options, cancel: CancelToken
    ) -> Iterator[Segment | Progress]:
        """Yield one `Segment` for each chunk, in order, with `Progress` between; a cancel point at each yield."""
        ...

    def stream(self, options: Options) -> RecognitionStream:
        """Begin a dictation."""
        ...
