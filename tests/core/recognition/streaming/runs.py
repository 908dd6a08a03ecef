"""Dictations for tests: sound in steps, and after every step the promise is checked that a firm word never changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from core.media.waveform import Samples
from core.recognition.protocol import RecognitionStream, Update
from core.timecode import SAMPLE_RATE, ms_from_samples
from core.transcript import Segment


@dataclass
class Watched:
    """A stream that is fed and watched.

    Attributes:
        steps: (ms fed so far, update), all of them.
    """

    stream: RecognitionStream
    steps: list[tuple[int, Update]] = field(default_factory=list)
    _firm: dict[int, list[tuple[str, str, str]]] = field(default_factory=dict)
    _samples: int = 0

    def feed(self, samples: Samples) -> Update:
        self._samples += len(samples)
        return self._seen(self.stream.feed(samples))

    def finish(self) -> Update:
        return self._seen(self.stream.finish())

    def run(self, sound: Samples, step_ms: int) -> list[Segment]:
        """Feed all of `sound` in steps, and end; the segments."""
        for block in in_steps(sound, step_ms):
            self.feed(block)
        self.finish()
        return self.segments

    @property
    def segments(self) -> list[Segment]:
        return [segment for _, update in self.steps for segment in update.ended]

    @property
    def text(self) -> str:
        return " ".join(segment.text for segment in self.segments)

    def _seen(self, update: Update) -> Update:
        self.steps.append((ms_from_samples(self._samples), update))
        firm = [(word.id, word.text, word.after) for word in update.firm]
        known = self._firm.get(update.segment, [])
        for segment in update.ended:
            assert all(word.text and word.start_ms <= word.end_ms for word in segment.words)
            ended = [(word.id, word.text, word.after) for word in segment.words]
            number = self._number_of(segment)
            if number is not None:
                # The last firm word of a segment learns only here what white space ends it.
                before = self._firm.pop(number)
                assert ended[: len(before)] == before
        if update.segment in self._firm:
            assert firm[: len(known)] == known
        if update.firm:
            self._firm[update.segment] = firm
        edges = [edge for word in (*update.firm, *update.tentative) for edge in (word.start_ms, word.end_ms)]
        assert edges == sorted(edges)
        assert update.lag_ms >= 0
        return update

    def _number_of(self, segment: Segment) -> int | None:
        """The segment, found by the ids of words that were firm before it ended."""
        ids = {word.id for word in segment.words}
        return next((number for number, firm in self._firm.items() if firm and firm[0][0] in ids), None)


def delays(run: Watched, ends_ms: Mapping[str, int], chunk_ms: int) -> tuple[list[float], list[float]]:
    """How many chunk lengths of sound behind its end each word (by id) was tentative, and firm."""
    shown: dict[str, int] = {}
    firm: dict[str, int] = {}
    for fed_ms, update in run.steps:
        settled = [*update.firm, *(word for segment in update.ended for word in segment.words)]
        for word in settled:
            firm.setdefault(word.id, fed_ms)
        for word in (*update.tentative, *settled):
            shown.setdefault(word.id, fed_ms)
    return (
        [(shown[key] - end) / chunk_ms for key, end in ends_ms.items()],
        [(firm[key] - end) / chunk_ms for key, end in ends_ms.items()],
    )


def in_steps(sound: Samples, step_ms: int) -> Iterator[Samples]:
    """`sound` as it comes."""
    size = step_ms * SAMPLE_RATE // 1000
    for first in range(0, len(sound), size):
        yield sound[first : first + size]
