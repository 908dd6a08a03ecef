"""Stand-in engines that behave: they see the real chunks of the real pipeline and answer in an instant.

`CountingRecognizer` says one word for each second of a chunk, named by its place in the film, so that a test knows what
must come; it can be told to fail or to dawdle. `EvenAligner` shares a piece's time out evenly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from core.alignment.protocol import Piece
from core.engine import EngineInfo
from core.errors import EngineError
from core.progress import CancelToken, Progress, Stage
from core.recognition.protocol import Options, RecognitionStream
from core.speech.chunk import Chunk
from core.transcript import Segment, Source, Word, shared_out, split_text


class CountingRecognizer:
    """A recognizer that says where it is.

    Attributes:
        heard: first samples of the chunks it was given.
        fail_after: raises `EngineError` instead of the chunk after so many; None = never.
        on_chunk: called before each chunk is answered, e.g. to cancel there.
    """

    def __init__(
        self,
        *,
        gives_words: bool = True,
        languages: Sequence[str] = ("en",),
        fail_after: int | None = None,
        on_chunk: Callable[[int], None] = lambda index: None,
    ) -> None:
        self.info = EngineInfo("counting", "Counting", ("en", "de", "zh"), gives_words)
        self.heard: list[int] = []
        self.fail_after = fail_after
        self.on_chunk = on_chunk
        self._languages = tuple(languages)

    def transcribe(
        self, chunks: Iterable[Chunk], options: Options, cancel: CancelToken
    ) -> Iterator[Segment | Progress]:
        """A word for each second of each chunk."""
        for count, chunk in enumerate(chunks):
            if self.fail_after is not None and count >= self.fail_after:
                raise EngineError(engine="counting", cause="told to fail")
            self.on_chunk(count)
            cancel.check()
            self.heard.append(chunk.first_sample)
            yield Progress(Stage.RECOGNISE, (chunk.end_ms - chunk.start_ms) // 2, 0)
            yield self._segment(chunk, count)

    def stream(self, options: Options) -> RecognitionStream:
        """Not part of this stand-in."""
        raise EngineError(engine="counting", cause="it cannot stream")

    def _segment(self, chunk: Chunk, count: int) -> Segment:
        starts = range(chunk.start_ms, max(chunk.start_ms + 1, chunk.end_ms - 400), 1000)
        words = tuple(
            Word(f"at{ms}", ms, ms + 400, source=Source.RECOGNISED, text_confidence=0.9, time_confidence=0.9)
            for ms in starts
        )
        text = " ".join(word.text for word in words)
        language = self._languages[count % len(self._languages)]
        return Segment(
            chunk.start_ms,
            chunk.end_ms,
            text,
            (language,),
            words if self.info.gives_words else (),
            engine=self.info.id,
        )


class EvenAligner:
    """An aligner that shares the time out evenly and counts its pieces."""

    def __init__(self) -> None:
        self.info = EngineInfo("even", "Even", ("en", "de", "zh"), True)
        self.max_piece_ms = 60_000
        self.pieces: list[Piece] = []

    def align(self, pieces: Sequence[Piece], cancel: CancelToken) -> Iterator[tuple[Word, ...]]:
        """The piece's words, touching each other."""
        for piece in pieces:
            cancel.check()
            self.pieces.append(piece)
            end_ms = piece.start_ms + len(piece.samples) // 16
            yield shared_out(split_text(piece.text), piece.start_ms, end_ms, source=Source.ALIGNED)
