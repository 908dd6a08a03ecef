"""Dictation from end to end but for the microphone: which engine listens, and what it says, on the recording's clock.

Knows no window, no process and no file: sound comes in pieces from whoever has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.engine import EngineInfo
from core.events import DictationJob, SpeechHeard
from core.media.waveform import Samples
from core.recognition import registry as recognizers
from core.recognition.protocol import Options, RecognitionStream, Update
from core.timecode import ms_from_samples
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
    _told: int = 0
    _samples: int = 0

    def feed(self, samples: Samples) -> SpeechHeard:
        """More sound, (n,) float32 at 16 kHz; what is new."""
        self._samples += len(samples)
        return self._news(self._stream.feed(samples))

    def finish(self) -> SpeechHeard:
        """The sound is over; what became firm by that."""
        return self._news(self._stream.finish())

    def _news(self, update: Update) -> SpeechHeard:
        fresh = update.firm[self._told :]
        self._told = len(update.firm)
        heard_ms = self._first_ms + ms_from_samples(self._samples)
        return SpeechHeard(self._moved(fresh), self._moved(update.tentative), update.lag_ms, heard_ms)

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
    return Dictation(info, recognizer.stream(Options(job.languages, job.context)), job.first_ms)
