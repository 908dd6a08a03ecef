"""What every recognizer is: the shapes and calls the pipeline relies on. Knows no engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from core.engine import EngineInfo
from core.media.waveform import Samples
from core.progress import CancelToken, Progress
from core.speech.chunk import Chunk
from core.transcript import Segment, Word


@dataclass(frozen=True, slots=True)
class Options:
    """What a run asks of a recognizer.

    Attributes:
        languages: codes allowed; () = find out.
        context: names and terms that help; "" = none.
    """

    languages: tuple[str, ...] = ()
    context: str = ""


@dataclass(frozen=True, slots=True)
class Update:
    """One step of streaming. `firm` only ever grows; `tentative` may change at the next step."""

    firm: tuple[Word, ...]
    tentative: tuple[Word, ...]
    lag_ms: int


class RecognitionStream(Protocol):
    """A running dictation."""

    def feed(self, samples: Samples) -> Update:
        """Take more sound; say what is known now."""
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
