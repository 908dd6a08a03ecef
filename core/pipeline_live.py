"""The stages of a dictation: sound in as it comes, firm and tentative words out, their times measured behind them.

    session = open_session(LiveJob(engine="auto"))      # loads the engine
    update = session.feed(samples)                      # as often as sound comes, (n,) float32 at 16 kHz
    update = session.idle()                             # when nothing waits: one segment's words are timed
    update = session.finish()

Knows no microphone, no window and no process. One thread at a time.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from core.alignment import registry as aligners
from core.alignment.protocol import Aligner, Piece
from core.engine import EngineInfo
from core.errors import CuesmithError
from core.media.waveform import Samples
from core.progress import CancelToken
from core.recognition import registry as recognizers
from core.recognition.protocol import Options, RecognitionStream, Update
from core.recognition.streaming.settings import USUAL, StreamSettings
from core.timecode import samples_from_ms
from core.transcript import Segment, Word

_log = logging.getLogger(__name__)

_KEPT_MS = 120_000
"""Sound kept for timing words: four of the longest segments. Words that wait longer keep their estimate."""


@dataclass(frozen=True, slots=True)
class LiveJob:
    """What a dictation asks for.

    Attributes:
        engine, model_dir, aligner, aligner_dir: as in `core.events.Job`.
        languages: codes allowed; () = find out, and keep the first that is sure.
        context: names and terms that help.
        settings: how it listens.
    """

    engine: str = recognizers.AUTO
    model_dir: str = ""
    aligner: str = aligners.AUTO
    aligner_dir: str = ""
    languages: tuple[str, ...] = ()
    context: str = ""
    settings: StreamSettings = USUAL


class Dictation:
    """Follows `RecognitionStream`; `idle` beside it times words of segments that have ended.

    Attributes:
        engine: what recognises, and why.
    """

    def __init__(
        self, stream: RecognitionStream, engine: EngineInfo, aligner_for: Callable[[str], Aligner | None]
    ) -> None:
        self.engine = engine
        self._stream, self._aligner_for = stream, aligner_for
        self._sound = _Tail()
        self._waiting: deque[Segment] = deque()
        self._last = Update((), (), 0)

    def feed(self, samples: Samples) -> Update:
        """Take more sound; what is known now. Times no words, so it answers as soon as the engine does.

        Raises:
            CuesmithError: the engine failed.
        """
        self._sound.append(samples)
        return self._known(self._stream.feed(samples))

    def idle(self) -> Update | None:
        """Time the words of one segment that has ended; None where there is nothing to do.

        The update says again what is firm and tentative, with the words that have times now in `retimed`.
        """
        while self._waiting:
            timed = self._timed(self._waiting.popleft())
            if timed:
                return replace(self._last, ended=(), retimed=timed)
        return None

    def finish(self) -> Update:
        """The sound is over: everything becomes firm, and every word that waits gets its time (in `retimed`)."""
        update = self._known(self._stream.finish())
        timed: list[Word] = []
        while self._waiting:
            timed += self._timed(self._waiting.popleft())
        return replace(update, retimed=tuple(timed))

    def _known(self, update: Update) -> Update:
        self._waiting += update.ended
        self._last = update
        return update

    def _timed(self, segment: Segment) -> tuple[Word, ...]:
        """The segment's words with measured times and the ids they had; () where nobody can time them."""
        language = segment.languages[0] if segment.languages else ""
        samples = self._sound.between(segment.start_ms, segment.end_ms)
        try:
            aligner = self._aligner_for(language)
            if aligner is None or samples is None or not segment.words:
                return ()
            piece = Piece(samples, segment.text, language, segment.start_ms)
            found = next(iter(aligner.align([piece], CancelToken())))
        except CuesmithError as error:
            # Words keep their estimate: a dictation must not end because a time could not be measured.
            _log.info("words of a segment keep their estimated times: %s", error)
            return ()
        return _with_times(segment.words, found)


def open_session(job: LiveJob) -> Dictation:
    """Begin a dictation; loads the recogniser.

    Raises:
        InputError: there is no such engine, or it does not do the language.
        EngineMissing, CheckpointUnusable, EngineMemory: it cannot be loaded.
    """
    aligners.check_folder(job.aligner, job.aligner_dir)
    engine_id, reason = recognizers.choose(job.engine, job.languages, model_dir=job.model_dir)
    recognizer = recognizers.create(engine_id, model_dir=job.model_dir)
    chosen = replace(recognizer.info, reason=" ".join(filter(None, (reason, recognizer.info.reason))))
    stream = recognizer.stream(Options(job.languages, job.context, job.settings))
    return Dictation(stream, chosen, _Aligners(job, recognizer.info))


class _Aligners:
    """The aligner for a language, made once each."""

    def __init__(self, job: LiveJob, recognizer: EngineInfo) -> None:
        self._job, self._recognizer = job, recognizer
        self._made: dict[str, Aligner] = {}

    def __call__(self, language: str) -> Aligner | None:
        job = self._job
        aligner_id, _ = aligners.choose(job.aligner, language, model_dir=job.aligner_dir, recognizer=self._recognizer)
        if aligner_id == aligners.NONE:
            return None
        if aligner_id not in self._made:
            self._made[aligner_id] = aligners.create(aligner_id, model_dir=job.aligner_dir)
        return self._made[aligner_id]


class _Tail:
    """The last two minutes of sound."""

    def __init__(self) -> None:
        self._blocks: deque[Samples] = deque()
        self._first = self._last = 0

    def append(self, samples: Samples) -> None:
        """Take what follows; let go of what is too old."""
        self._blocks.append(np.asarray(samples, np.float32))
        self._last += len(samples)
        while self._last - self._first - len(self._blocks[0]) > samples_from_ms(_KEPT_MS):
            self._first += len(self._blocks.popleft())

    def between(self, start_ms: int, end_ms: int) -> Samples | None:
        """(n,) float32, or None where the beginning is gone."""
        first, last = samples_from_ms(start_ms), min(samples_from_ms(end_ms), self._last)
        if first < self._first or last <= first:
            return None
        return np.concatenate(list(self._blocks))[first - self._first : last - self._first]


def _with_times(words: tuple[Word, ...], found: tuple[Word, ...]) -> tuple[Word, ...]:
    """`words` with the times of the same letters in `found`, whichever way that text was parted."""
    edges = [(word.start_ms, word.end_ms, word) for word in found for _ in "".join(word.text.split())]
    letters = ["".join(word.text.split()) for word in words]
    if sum(map(len, letters)) != len(edges):
        return ()
    timed: list[Word] = []
    place = 0
    for word, text in zip(words, letters, strict=True):
        own = edges[place : place + len(text)]
        place += len(text)
        last = own[-1][2]
        timed.append(
            replace(
                word,
                start_ms=own[0][0],
                end_ms=own[-1][1],
                source=last.source,
                time_confidence=last.time_confidence,
            )
        )
    return tuple(timed)
