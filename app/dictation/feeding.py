"""The engine as a dictation sees it: sound in, words out, and no sound lost when the engine's child dies.

What stands in no firm word yet is kept here; a fresh child hears it again. Knows no microphone and no widget.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal

from app.engine_bridge import EngineBridge
from core.events import DictationJob, EngineChosen, SpeechHeard
from core.timecode import SAMPLE_RATE, ms_from_samples, samples_from_ms
from core.worker.messages import EventHappened, JobCancelled, JobFailed, JobFinished, JobRestarted, Reply
from core.worker.sound_messages import EndDictation, FeedSound, SoundHeard

_MOST_KEPT = 1200 * SAMPLE_RATE
"""Sound kept for a fresh child, 38 MB: an engine slower than speech may be many minutes behind when it dies."""
_MOST_DEATHS = 3
"""In a row, without a word between them."""
_ON_THE_WAY_MS = 300
"""Sound of before a pause still comes from the microphone's child for so long: it is recorded, so it is heard, too."""


@dataclass(frozen=True, slots=True)
class _Piece:
    first_sample: int
    pcm: bytes

    @property
    def last_sample(self) -> int:
        return self.first_sample + len(self.pcm) // 2


class Feeding(QObject):
    """One stretch of speech after another, from `begin` to `end`.

    Signals:
        chosen(EngineInfo): what listens.
        heard(SpeechHeard): firm and tentative words. heardLate(SpeechHeard): of the stretch before this one.
        failed(CuesmithError): no words come any more; the sound is recorded all the same.
        ended(): all that was fed is firm.
    """

    chosen = Signal(object)
    heard = Signal(object)
    heardLate = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, engines: EngineBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engines = engines
        self._wanted = DictationJob()
        self._job = ""
        self._kept: deque[_Piece] = deque()
        self._deaths = 0
        self._over = True
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_ON_THE_WAY_MS)
        self._soon.timeout.connect(self.end)

    @property
    def under_way(self) -> bool:
        """Whether the engine listens, or finishes what it heard."""
        return bool(self._job)

    def begin(self, job: DictationJob) -> None:
        """Listen, from `job.first_ms` of the recording on. The engine loads at once, not with the first sound."""
        self._wanted, self._over, self._deaths = job, False, 0
        self._kept.clear()
        self._start()

    def feed(self, sound: SoundHeard) -> None:
        """More sound of the recording; none counts outside a stretch of speech."""
        if self._over:
            return
        piece = _Piece(sound.first_sample, sound.pcm)
        self._kept.append(piece)
        while self._kept and self._kept[-1].last_sample - self._kept[0].first_sample > _MOST_KEPT:
            self._kept.popleft()
        if not self._job and self._deaths < _MOST_DEATHS:
            self._start()
        elif self._job:
            self._engines.engine.tell(FeedSound(self._job, piece.pcm))

    def end_soon(self) -> None:
        """End the stretch once the sound that is on its way is here."""
        self._soon.start()

    def end(self) -> None:
        """No more sound: `ended` comes when all is firm. Nothing, where the stretch has ended."""
        self._soon.stop()
        if self._over:
            return
        self._over = True
        if self._job:
            self._engines.engine.tell(EndDictation(self._job))
        else:
            self.ended.emit()

    def stop(self) -> None:
        """Hear no more, at once."""
        self._soon.stop()
        self._over = True
        if self._job:
            self._engines.forget(self._job)
            self._job = ""

    def _start(self) -> None:
        """A job that hears everything that is kept."""
        first_ms = ms_from_samples(self._kept[0].first_sample) if self._kept else self._wanted.first_ms
        self._job = self._engines.dictate(replace(self._wanted, first_ms=first_ms), self._hear)
        self._say_again()

    def _say_again(self) -> None:
        for piece in self._kept:
            self._engines.engine.tell(FeedSound(self._job, piece.pcm))
        if self._over:
            self._engines.engine.tell(EndDictation(self._job))

    def _hear(self, reply: Reply) -> None:
        if getattr(reply, "job_id", "") != self._job:
            self._hear_earlier(reply)
            return
        match reply:
            case EventHappened(event=EngineChosen(recognizer=info)):
                self.chosen.emit(info)
            case EventHappened(event=SpeechHeard() as heard):
                self._firm(heard)
                self.heard.emit(heard)
            case JobRestarted():
                self._begin_again()
            case JobFailed(failure=failure):
                self._job = ""
                self._deaths += 1
                if failure.code.startswith("worker") and self._deaths < _MOST_DEATHS:
                    self._start()
                else:
                    self._deaths = _MOST_DEATHS
                    self.failed.emit(failure.error())
            case JobFinished() | JobCancelled():
                self._job = ""
                self.ended.emit()

    def _hear_earlier(self, reply: Reply) -> None:
        """Of the stretch before a pause: its last words still come, its end is no news, its failure is."""
        match reply:
            case EventHappened(event=SpeechHeard() as heard):
                self.heardLate.emit(heard)
            case JobFailed(failure=failure):
                self.failed.emit(failure.error())

    def _begin_again(self) -> None:
        """The child was ended for another job's sake: its successor has this job, and none of its sound."""
        self._engines.forget(self._job)
        self._start()

    def _firm(self, heard: SpeechHeard) -> None:
        """Forget the sound of firm words."""
        if not heard.firm and not heard.ended:
            return
        self._deaths = 0
        until_ms = heard.firm[-1].end_ms if heard.firm else 0
        if heard.ended and not heard.tentative:
            until_ms = max(until_ms, heard.heard_ms - 1_000)
        until = samples_from_ms(until_ms)
        while self._kept and self._kept[0].last_sample <= until:
            self._kept.popleft()
