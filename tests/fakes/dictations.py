"""A dictation without an engine: every second of sound is a word, firm a second later. For the engine's child."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.engine import EngineInfo
from core.events import DictationJob, SpeechHeard
from core.media.waveform import Samples
from core.transcript import Word

SECOND = 16_000
INFO = EngineInfo("counting", "Counting", ("en",), True)


@dataclass(slots=True)
class Counting:
    """Follows `core.pipeline_dictation.Dictation`."""

    info: EngineInfo
    first_ms: int
    samples: int = 0
    words: list[Word] = field(default_factory=list)
    told: int = 0

    def feed(self, samples: Samples) -> SpeechHeard:
        """What is known now."""
        self.samples += len(samples)
        while (len(self.words) + 1) * SECOND <= self.samples:
            start = self.first_ms + len(self.words) * 1000
            self.words.append(Word(f"word{start // 1000}", start, start + 900))
        return self._news(max(0, len(self.words) - 1), ended=False)

    def finish(self) -> SpeechHeard:
        """Everything is firm."""
        return self._news(len(self.words), ended=True)

    def _news(self, firm: int, *, ended: bool) -> SpeechHeard:
        fresh, self.told = tuple(self.words[self.told : firm]), max(self.told, firm)
        heard_ms = self.first_ms + self.samples * 1000 // SECOND
        return SpeechHeard(fresh, tuple(self.words[self.told :]), 0, heard_ms, (), ended)


def begin(job: DictationJob) -> Counting:
    """A dictation."""
    return Counting(INFO, job.first_ms)
