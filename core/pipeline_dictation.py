"""Dictation from end to end: which engine listens, and what it says, on the recording's clock.

`Dictation` takes sound in pieces from whoever has it, as the engine's child does; `run` does everything in one process,
as the command line does. Knows no window.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from core.engine import EngineInfo
from core.events import DictationJob, EngineChosen, SpeechHeard
from core.listening import Source as Source  # what callers of `run` need
from core.listening import listen
from core.media.waveform import Samples
from core.progress import CancelToken, Notice
from core.recognition import registry as recognizers
from core.recognition.protocol import Options, RecognitionStream, Update
from core.timecode import SAMPLE_RATE, ms_from_samples
from core.timed_stream import timed
from core.transcript import Word


@dataclass(slots=True)
class Dictation:
    """A stream whose firm words are told once, in ms of the recording.

    Attributes:
        info: the engine that listens.
    """

    info: EngineInfo
    _stream: RecognitionStream
    _first_ms: int
    _told: dict[str, Word] = field(default_factory=dict)
    _samples: int = 0

    def feed(self, samples: Samples) -> SpeechHeard:
        """More sound, (n,) float32 at 16 kHz; what is new."""
        self._samples += len(samples)
        return self._news(self._stream.feed(samples))

    def finish(self) -> SpeechHeard:
        """The sound is over; what became firm by that."""
        return self._news(self._stream.finish())

    def _news(self, update: Update) -> SpeechHeard:
        ended = [word for segment in update.ended for word in segment.words]
        firm = {word.id: word for word in (*ended, *update.firm)}
        fresh = [word for word in firm.values() if word.id not in self._told]
        changed = [word for word in firm.values() if self._told.get(word.id, word) != word]
        # Words come again while their segment is the last one.
        self._told = {word.id: word for word in update.firm}
        heard_ms = self._first_ms + ms_from_samples(self._samples)
        return SpeechHeard(
            self._moved(fresh),
            self._moved(update.tentative),
            update.lag_ms,
            heard_ms,
            self._moved([*changed, *update.retimed]),
            bool(update.ended),
        )

    def _moved(self, words: Sequence[Word]) -> tuple[Word, ...]:
        return tuple(
            replace(word, start_ms=word.start_ms + self._first_ms, end_ms=word.end_ms + self._first_ms)
            for word in words
        )


def begin(job: DictationJob) -> Dictation:
    """Make the engine and begin to listen.

    Raises:
        UnknownEngine, EngineMissing, CheckpointUnusable, LanguageUnsupported: it cannot.
    """
    engine_id, reason = recognizers.choose(job.engine, job.languages, model_dir=job.model_dir)
    recognizer = recognizers.create(engine_id, model_dir=job.model_dir)
    info = replace(recognizer.info, reason=" ".join(filter(None, (reason, recognizer.info.reason))))
    stream = recognizer.stream(Options(job.languages, job.context, live=job.live))
    stream = timed(stream, recognizer.info, aligner=job.aligner, aligner_dir=job.aligner_dir)
    return Dictation(info, stream, job.first_ms)


def run(job: DictationJob, source: Source, cancel: CancelToken) -> Iterator[EngineChosen | SpeechHeard | Notice]:
    """A dictation in this process, until the sound ends or `cancel` is set; then everything becomes firm.

    Raises:
        CuesmithError: as `begin`, or as `core.listening.listen`.
    """
    dictation = begin(job)
    yield EngineChosen(dictation.info, None)
    waiting: list[Samples] = []
    for item in listen(source, cancel):
        if isinstance(item, Notice):
            yield item
            continue
        waiting.append(item)
        if sum(map(len, waiting)) >= _STEP_SAMPLES:
            yield dictation.feed(np.concatenate(waiting))
            waiting.clear()
    if waiting:
        yield dictation.feed(np.concatenate(waiting))
    yield dictation.finish()


_STEP_SAMPLES = SAMPLE_RATE // 5
