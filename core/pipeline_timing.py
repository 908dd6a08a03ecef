"""The stage of a run that times words: segments with text come in, the same go out with timed words, in order.

An aligner that takes several pieces at once is given them together. A segment waits for others only while those are
ready: when the recogniser has to work for the next one, what waits is timed, so cues come as soon as they can. Each
piece is in `Results` before anybody hears of it. A text the aligner finds no way for, as where the recogniser heard
words in noise, does not end the run: its words are estimated, and say so. Knows no engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from core.alignment.interpolate import estimate
from core.alignment.protocol import Aligner, Piece, language_of
from core.confidence import with_text_confidence
from core.engine import EngineInfo
from core.errors import AlignmentFailed
from core.events import EngineChosen, Event
from core.progress import CancelToken, Progress, Stage
from core.results import ChunkKey, Results
from core.speech.chunk import Chunk, ChunkSpan
from core.transcript import Segment, Word

_OWN_SIGNS = 1
"""Signs of progress that come with each segment; one more means that the recogniser works on the next."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A chunk's segment on its way through the stages."""

    index: int
    of: int
    segment: Segment
    from_store: bool


Flow = Iterator[Event | Recognised]


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A segment that is not given out yet.

    Attributes:
        aligner, piece, key: who times what, and what it is kept under; None where it has its words or needs none.
    """

    item: Recognised
    span: ChunkSpan
    aligner: Aligner | None = None
    piece: Piece | None = None
    key: ChunkKey | None = None


class WordTiming:
    """One run's timing of words.

    Args:
        chosen: what the run has said of its engines; said again with an aligner that comes with the language heard.
        aligner_for: language → aligner.
        key_for: what a span's segment is kept under when this aligner has timed it.
    """

    def __init__(
        self,
        chosen: EngineChosen,
        *,
        aligner_for: Callable[[str], Aligner],
        key_for: Callable[[ChunkSpan, EngineInfo, Segment], ChunkKey],
        results: Results,
        cancel: CancelToken,
    ) -> None:
        self._chosen, self._aligner_for, self._key_for = chosen, aligner_for, key_for
        self._results, self._cancel = results, cancel
        self._told = {chosen.aligner.id} if chosen.aligner is not None else set()
        self._waiting: list[_Waiting] = []
        self._done_ms = 0

    def run(self, flow: Flow, plan: Sequence[ChunkSpan], chunks: Iterator[Chunk]) -> Flow:
        """The same flow with words in the segments, from the store or from the aligner.

        Args:
            chunks: those of `plan`, in order, with their samples.

        Raises:
            CuesmithError: as the aligner, but for `AlignmentFailed`; what was given out before is kept.
            Cancelled: the token was set.
        """
        total_ms = sum(span.length_ms for span in plan)
        signs = 0
        for item in flow:
            if isinstance(item, Recognised):
                signs = 0
                self._waiting.append(self._looked_up(item, plan[item.index], chunks))
            else:
                signs += isinstance(item, Progress)
                yield item
            if signs > _OWN_SIGNS or self._is_enough():
                yield from self._work_off(total_ms)
        yield from self._work_off(total_ms)

    def _is_enough(self) -> bool:
        """Whether nothing waits to be timed, or as much as is timed at once."""
        aligner = next((one.aligner for one in self._waiting if one.aligner is not None), None)
        return aligner is None or len(self._waiting) >= aligner.info.rows

    def _looked_up(self, item: Recognised, span: ChunkSpan, chunks: Iterator[Chunk]) -> _Waiting:
        segment = item.segment
        if not segment.text.strip():
            return _Waiting(item, span)
        language = language_of(segment.languages)
        aligner = self._aligner_for(language)
        key = self._key_for(span, aligner.info, segment)
        stored = self._results.get(key)
        if stored is not None:
            return _Waiting(replace(item, segment=stored), span)
        chunk = next(chunk for chunk in chunks if chunk.first_sample == span.first_sample)
        piece = Piece(chunk.samples, segment.text, language, start_ms=chunk.start_ms)
        return _Waiting(replace(item, from_store=False), span, aligner, piece, key)

    def _work_off(self, total_ms: int) -> Flow:
        """Time what waits, and give it out in its order."""
        waiting, self._waiting = self._waiting, []
        aligners = {one.aligner.info.id: one.aligner for one in waiting if one.aligner is not None}
        yield from self._told_of(aligners.values())
        flows = {
            name: self._words(aligner, [one.piece for one in waiting if one.aligner is aligner and one.piece])
            for name, aligner in aligners.items()
        }
        for one in waiting:
            item = one.item
            if one.aligner is not None and one.key is not None:
                item = replace(item, segment=self._kept(one.key, item.segment, next(flows[one.aligner.info.id])))
            self._done_ms += one.span.length_ms
            yield item
            yield Progress(Stage.ALIGN, self._done_ms, total_ms)

    def _words(self, aligner: Aligner, pieces: Sequence[Piece]) -> Iterator[tuple[Word, ...]]:
        """The words of each piece, in order; the first of a batch that failed is asked for alone."""
        left = list(pieces)
        while left:
            try:
                for words in aligner.align(tuple(left), self._cancel):
                    del left[0]
                    yield words
                return
            except AlignmentFailed:
                yield self._words_of_one(aligner, left.pop(0))

    def _words_of_one(self, aligner: Aligner, piece: Piece) -> tuple[Word, ...]:
        try:
            return next(iter(aligner.align((piece,), self._cancel)))
        except AlignmentFailed:
            return estimate(piece)

    def _told_of(self, aligners: Iterable[Aligner]) -> Iterator[EngineChosen]:
        """What will time words, where nobody has heard of it yet."""
        for aligner in aligners:
            if aligner.info.id not in self._told:
                self._told.add(aligner.info.id)
                yield replace(self._chosen, aligner=aligner.info)

    def _kept(self, key: ChunkKey, segment: Segment, words: Sequence[Word]) -> Segment:
        """The segment with its words, in the store."""
        timed = replace(segment, words=with_text_confidence(words, segment.confidences))
        self._results.put(key, timed)
        return timed
