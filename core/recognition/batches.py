"""Chunks through a transcriber: batched by length, cut and tried again where an answer is none, given out in order.

Knows no model and no folder: a transcriber is whatever answers requests. Looks a bounded number of chunks ahead, so
memory stays bounded however long the film is.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from core.errors import EngineMemory
from core.language import joins_without_spaces
from core.media.waveform import Samples
from core.progress import CancelToken, Progress, Stage
from core.qwen3.answers import Ending, Heard, Outcome, Request
from core.recognition import guard
from core.recognition.protocol import Options
from core.speech.chunk import Chunk
from core.timecode import ms_from_samples
from core.transcript import Segment

_WINDOW_BATCHES = 2
"""Chunks looked at together are this many batches: enough to find some of like length, few enough to lose little."""
_FIRST_ROWS = 8
"""The first batch of a run is small, so that the first words come soon."""
_MOST_CUTS = 2
"""How often a chunk is halved: four parts at most."""
_STEPS_A_SIGN = 8
"""Decode steps between two signs of life, which are also the places where urgent work may come in between."""
_TOKENS_A_SECOND = 4
"""Of usual speech, to estimate how far an answer is."""


class Answers(Protocol):
    """What turns requests into outcomes: `core.qwen3.transcriber.Transcriber`."""

    def answer(self, requests: Sequence[Request]) -> Generator[int, None, list[Outcome]]:
        """Answer in one batch, yielding the number of tokens so far."""
        ...


@dataclass(slots=True, eq=False)
class _Part:
    """A stretch of a chunk that is recognised by itself.

    Attributes:
        first: where it begins in the chunk.
        cuts: how often it was halved.
        context: whether the context goes with it.
        echo: what it said when it said the context back.
        heard: the accepted answer.
    """

    samples: Samples
    first: int = 0
    cuts: int = 0
    context: bool = True
    echo: Heard | None = None
    heard: Heard | None = None


@dataclass(slots=True, eq=False)
class _Work:
    """A chunk on its way."""

    chunk: Chunk
    parts: list[_Part]
    notes: list[str] = field(default_factory=list)

    @property
    def done(self) -> bool:
        """Whether every part has its answer."""
        return all(part.heard is not None for part in self.parts)

    def note(self, text: str) -> None:
        """Keep a note, once."""
        if text not in self.notes:
            self.notes.append(text)


class Batches:
    """One run over chunks.

    Args:
        rows: most clips decoded at once; halved for the rest of the run where memory does not suffice.
        out_of_memory: whether an error says that memory is full.
    """

    def __init__(
        self,
        answers: Answers,
        options: Options,
        cancel: CancelToken,
        *,
        engine: str,
        device: str,
        rows: int,
        out_of_memory: Callable[[BaseException], bool],
    ) -> None:
        self._answers, self._options, self._cancel = answers, options, cancel
        self._engine, self._device, self._rows = engine, device, rows
        self._out_of_memory = out_of_memory

    def run(self, chunks: Iterable[Chunk]) -> Iterator[Segment | Progress]:
        """A segment for each chunk, in order; `Progress` in ms behind the last segment given out.

        Raises:
            EngineMemory: one clip alone does not fit.
            Cancelled: the token was set; noticed between decode steps.
        """
        source = iter(chunks)
        size = min(self._rows, _FIRST_ROWS)
        while window := list(itertools.islice(source, size)):
            yield from self._window([_Work(chunk, [_Part(chunk.samples)]) for chunk in window])
            size = self._rows * _WINDOW_BATCHES

    def _window(self, works: list[_Work]) -> Iterator[Segment | Progress]:
        self._answer_silence(works)
        given = 0
        while given < len(works):
            if works[given].done:
                yield self._segment(works[given])
                given += 1
                continue
            before_ms = sum(ms_from_samples(len(p.samples)) for w in works[given:] for p in w.parts if p.heard)
            yield from self._batch(self._next_batch(works[given:]), before_ms)

    def _answer_silence(self, works: list[_Work]) -> None:
        """What holds no sound is not asked: the model would make something up."""
        for part in (part for work in works for part in work.parts):
            if part.heard is None and guard.is_silent(part.samples):
                part.heard = Heard((), "", ())

    def _next_batch(self, works: list[_Work]) -> list[tuple[_Work, _Part]]:
        """The parts of like length that are decoded together, among them the first that is wanted."""
        waiting = [(work, part) for work in works for part in work.parts if part.heard is None]
        first = waiting[0][1]
        waiting.sort(key=lambda pair: len(pair[1].samples))
        place = next(index for index, (_, part) in enumerate(waiting) if part is first)
        start = place - place % self._rows
        return waiting[start : start + self._rows]

    def _batch(self, batch: list[tuple[_Work, _Part]], before_ms: int) -> Iterator[Progress]:
        requests = [self._request(part) for _, part in batch]
        total_ms = sum(ms_from_samples(len(part.samples)) for _, part in batch)
        usual = max(1, _TOKENS_A_SECOND * max(ms_from_samples(len(part.samples)) for _, part in batch) // 1000)
        try:
            steps = self._answers.answer(requests)
            while True:
                try:
                    tokens = next(steps)
                except StopIteration as end:
                    outcomes: list[Outcome] = end.value
                    break
                self._cancel.check()
                if tokens % _STEPS_A_SIGN == 0:
                    share = min(0.95, tokens / usual)
                    yield Progress(Stage.RECOGNISE, before_ms + int(share * total_ms), before_ms + total_ms)
        except (RuntimeError, MemoryError) as error:
            self._smaller_batches(error, len(batch))
            return  # the parts still wait, and come again in a smaller batch
        for (work, part), outcome in zip(batch, outcomes, strict=True):
            self._judge(work, part, outcome)

    def _smaller_batches(self, error: Exception, rows: int) -> None:
        if not self._out_of_memory(error):
            raise error
        if rows == 1:
            raise EngineMemory(engine=self._engine, device=self._device) from error
        self._rows = max(1, rows // 2)

    def _request(self, part: _Part) -> Request:
        return Request(part.samples, self._options.context if part.context else "", self._options.languages)

    def _judge(self, work: _Work, part: _Part, outcome: Outcome) -> None:
        """Accept the answer of a part, or have it tried again another way."""
        heard = outcome.heard
        if outcome.ending is not Ending.SAID:
            if self._cut(work, part):
                return
            work.note(guard.REPEATED if outcome.ending is Ending.LOOP else guard.CUT_SHORT)
        if heard.text and guard.is_text_on_silence(part.samples, [sure for _, sure in heard.confidences]):
            work.note(guard.NEAR_SILENCE)
            heard = Heard((), "", ())
        if part.echo is not None:
            # Said again without the context, it was really said, and the context knows how it is written.
            if guard.says_the_same(heard.text, part.echo.text):
                heard = part.echo
            else:
                work.note(guard.WITHOUT_CONTEXT)
        elif part.context and guard.echoes_context(heard.text, self._options.context):
            part.context, part.echo = False, heard
            return
        part.heard = heard

    def _cut(self, work: _Work, part: _Part) -> bool:
        """Replace the part by its two halves; False where it is too short or was cut often enough."""
        if part.cuts >= _MOST_CUTS or len(part.samples) < 2 * guard.SHORTEST_PART_SAMPLES:
            return False
        origin = work.chunk.first_sample + part.first
        speech = [(first - origin, last - origin) for first, last in work.chunk.speech]
        middle = guard.quietest_cut(part.samples, speech)
        halves = [
            _Part(part.samples[:middle], part.first, part.cuts + 1, part.context),
            _Part(part.samples[middle:], part.first + middle, part.cuts + 1, part.context),
        ]
        place = work.parts.index(part)
        work.parts[place : place + 1] = halves
        work.note(guard.RETRIED)
        self._answer_silence([work])
        return True

    def _segment(self, work: _Work) -> Segment:
        chunk = work.chunk
        said = [part.heard for part in work.parts if part.heard is not None and part.heard.text]
        languages = tuple(dict.fromkeys(code for heard in said for code in heard.languages))
        confidences: list[tuple[str, float]] = []
        for heard in said:
            parts = list(heard.confidences)
            if confidences and parts and not _touches(heard):
                parts[0] = (" " + parts[0][0], parts[0][1])
            confidences += parts
        text = "".join(part for part, _ in confidences)
        return Segment(
            chunk.start_ms,
            chunk.end_ms,
            text,
            languages,
            engine=self._engine,
            notes=tuple(work.notes),
            confidences=tuple(confidences),
        )


def _touches(heard: Heard) -> bool:
    """Whether a text follows the one before it without a space."""
    return bool(heard.languages) and joins_without_spaces(heard.languages[0])
