"""Dictations for tests: sound in steps, and after every step the promise is checked that a firm word never changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from core.media.waveform import Samples
from core.qwen3.live_sound import Work
from core.qwen3.transcriber import Transcriber
from core.recognition.protocol import Options, RecognitionStream, Update
from core.recognition.streaming.cutting import Network
from core.recognition.streaming.live import LiveStream
from core.recognition.streaming.qwen3 import Qwen3Engine
from core.recognition.streaming.settings import StreamSettings
from core.speech.silero import Probabilities, Windows
from core.timecode import SAMPLE_RATE, ms_from_samples
from core.transcript import Segment, Word

ENGLISH = ("en",)
UP_TO_8_S = StreamSettings(segment_s=8)
"""What the small model was made for."""


@dataclass
class Watched:
    """A stream that is fed and watched.

    Attributes:
        steps: (ms fed so far, update), all of them.
    """

    stream: RecognitionStream
    steps: list[tuple[int, Update]] = field(default_factory=list)
    _firm: dict[int, list[Known]] = field(default_factory=dict)
    """Firm words of segments that have not ended, by number."""
    _ended_ms: int = 0
    _samples: int = 0

    def feed(self, samples: Samples) -> Update:
        self._samples += len(samples)
        return self._seen(self.stream.feed(samples))

    def finish(self) -> Update:
        update = self._seen(self.stream.finish())
        assert not any(self._firm.values()), "firm words of a segment that never ended"
        return update

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
        for segment in update.ended:
            self._check_ended(segment)
        over = {word.id for segment in update.ended for word in segment.words}
        firm = known_of(update.firm)
        if over.isdisjoint(word[0] for word in firm):
            before = self._firm.get(update.segment, [])
            assert firm[: len(before)] == before
            self._firm[update.segment] = firm
        assert not any(words for number, words in self._firm.items() if number < update.segment), "firm words are gone"
        edges = [edge for word in (*update.firm, *update.tentative) for edge in (word.start_ms, word.end_ms)]
        assert edges == sorted(edges)
        assert update.lag_ms >= 0
        return update

    def _check_ended(self, segment: Segment) -> None:
        """It shares no sound with the one before, and begins with the words that were firm in it."""
        assert segment.start_ms >= self._ended_ms
        self._ended_ms = segment.end_ms
        assert all(word.text and word.start_ms <= word.end_ms for word in segment.words)
        ended = known_of(segment.words)
        ids = {word[0] for word in ended}
        for number in [number for number, firm in self._firm.items() if firm and firm[0][0] in ids]:
            before = self._firm.pop(number)
            assert ended[: len(before)] == before


class AlwaysSpeech:
    """Hears speech all the time."""

    def probabilities(self, windows: Windows) -> Probabilities:
        return np.ones(len(windows), np.float32)


def watched(
    model: Transcriber,
    settings: StreamSettings = UP_TO_8_S,
    *,
    languages: tuple[str, ...] = (),
    work: Work | None = None,
    network: Network | None = None,
) -> Watched:
    """A dictation with the small model."""
    options = Options(languages, live=settings)
    return Watched(LiveStream(Qwen3Engine(model, settings, work=work), options, engine_id="toy", network=network))


Known = tuple[str, str, str]
"""What of a firm word never changes: id, text and the white space behind it."""


def known_of(words: Iterable[Word]) -> list[Known]:
    return [(word.id, word.text, word.after) for word in words]


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
