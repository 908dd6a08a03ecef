"""The engine as a dictation sees it: sound in, words out, and no sound lost when the engine's child dies.

What stands in no firm word yet is kept here; a fresh child hears it again. A stretch of speech is heard when the one
before it is firm, so that its words stand behind those, however slow the engine is. Knows no microphone and no widget.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from app.engine_bridge import EngineBridge
from core.errors import Failure
from core.events import DictationJob, EngineChosen, SpeechHeard
from core.timecode import SAMPLE_RATE, ms_from_samples, samples_from_ms
from core.worker.messages import EventHappened, JobCancelled, JobFailed, JobFinished, JobRestarted, Reply
from core.worker.sound_messages import EndDictation, FeedSound, SoundHeard

_MOST_KEPT = 1200 * SAMPLE_RATE
"""Sound kept for a fresh child, 38 MB: an engine slower than speech may be many minutes behind when it dies."""
_MOST_DEATHS = 3
"""In a row, without a word between them."""
_TURN_MS, _MOST_TURNS = 250, 40
"""A microphone's child that hangs for ten seconds is not waited for. They are counted in turns of this window: one that
had none itself has not waited."""


@dataclass(frozen=True, slots=True)
class _Piece:
    first_sample: int
    pcm: bytes

    @property
    def last_sample(self) -> int:
        return self.first_sample + len(self.pcm) // 2

    def behind(self, sample: int) -> _Piece:
        """What of it comes at `sample` and later: a piece may be seconds long, after a machine stood still."""
        gone = max(0, sample - self.first_sample)
        return _Piece(self.first_sample + gone, self.pcm[2 * gone :])


@dataclass(slots=True, eq=False)
class _Stretch:
    """From `begin` to `end`.

    Attributes:
        wanted: what was asked for. job: in the engine's child, "" = none runs.
        kept: sound that stands in no firm word yet.
        deaths: of children, since the last firm word. over: no more sound comes.
    """

    wanted: DictationJob
    job: str = ""
    kept: deque[_Piece] = field(default_factory=deque)
    deaths: int = 0
    over: bool = False

    def take(self, piece: _Piece) -> None:
        """Keep more sound."""
        self.kept.append(piece)
        while self.kept and self.kept[-1].last_sample - self.kept[0].first_sample > _MOST_KEPT:
            self.kept.popleft()

    def forget(self, heard: SpeechHeard) -> None:
        """Keep the sound of firm words no longer."""
        if not heard.firm and not heard.ended:
            return
        self.deaths = 0
        until_ms = heard.firm[-1].end_ms if heard.firm else 0
        if heard.ended and not heard.tentative:
            until_ms = max(until_ms, heard.heard_ms - 1_000)
        until = samples_from_ms(until_ms)
        while self.kept and self.kept[0].last_sample <= until:
            self.kept.popleft()
        if self.kept:
            self.kept[0] = self.kept[0].behind(until)


class Feeding(QObject):
    """One stretch of speech after another, from `begin` to `end`.

    Signals:
        begun(tuple): the words that come from now on are of another stretch than those before, in one of these
            languages (() = any).
        chosen(EngineInfo): what listens.
        heard(SpeechHeard): firm and tentative words.
        failed(CuesmithError): no words of this stretch come any more; the sound is recorded all the same.
        ended(): all that was fed is firm.
    """

    begun = Signal(tuple)
    chosen = Signal(object)
    heard = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, engines: EngineBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engines = engines
        self._stretches: deque[_Stretch] = deque()
        """The first one is heard, the last one is spoken."""
        self._turns = 0
        self._soon = QTimer(self)
        self._soon.setInterval(_TURN_MS)
        self._soon.timeout.connect(self._wait)

    @property
    def under_way(self) -> bool:
        """Whether the engine listens, or still has to finish what was spoken."""
        return len(self._stretches) > 1 or any(one.job for one in self._stretches)

    def begin(self, job: DictationJob) -> None:
        """Listen, from `job.first_ms` of the recording on. The engine loads at once, not with the first sound."""
        self.end()
        self._stretches.append(_Stretch(job))
        if len(self._stretches) == 1:
            self._begin_first()

    def feed(self, sound: SoundHeard) -> None:
        """More sound of the recording; none counts outside a stretch of speech."""
        if not self._stretches or self._stretches[-1].over:
            return
        spoken, piece = self._stretches[-1], _Piece(sound.first_sample, sound.pcm)
        spoken.take(piece)
        if spoken.job:
            self._engines.engine.tell(FeedSound(spoken.job, piece.pcm))
        elif spoken is self._stretches[0] and spoken.deaths < _MOST_DEATHS:
            self._start(spoken)

    def end_soon(self) -> None:
        """No more sound is spoken; what is on its way still counts until `end`."""
        self._turns = 0
        self._soon.start()

    def end(self) -> None:
        """No more sound: `ended` comes when all is firm. Nothing, where the stretch has ended."""
        self._soon.stop()
        if not self._stretches or self._stretches[-1].over:
            return
        spoken = self._stretches[-1]
        spoken.over = True
        if spoken.job:
            self._engines.engine.tell(EndDictation(spoken.job))
        elif spoken is self._stretches[0]:
            self._next()

    def stop(self) -> None:
        """Hear no more, at once."""
        self._soon.stop()
        for one in self._stretches:
            if one.job:
                self._engines.forget(one.job)
        self._stretches.clear()

    def _wait(self) -> None:
        self._turns += 1
        if self._turns >= _MOST_TURNS:
            self.end()

    def _begin_first(self) -> None:
        self.begun.emit(self._stretches[0].wanted.languages)
        self._start(self._stretches[0])

    def _next(self) -> None:
        """The first stretch is done with."""
        self._stretches.popleft()
        if self._stretches:
            self._begin_first()
        else:
            self.ended.emit()

    def _start(self, stretch: _Stretch) -> None:
        """A job that hears everything that is kept."""
        first_ms = ms_from_samples(stretch.kept[0].first_sample) if stretch.kept else stretch.wanted.first_ms
        wanted = replace(stretch.wanted, first_ms=first_ms)
        stretch.job = self._engines.dictate(wanted, partial(self._hear, stretch))
        for piece in stretch.kept:
            self._engines.engine.tell(FeedSound(stretch.job, piece.pcm))
        if stretch.over:
            self._engines.engine.tell(EndDictation(stretch.job))

    def _hear(self, stretch: _Stretch, reply: Reply) -> None:
        if getattr(reply, "job_id", "") != stretch.job:
            return
        match reply:
            case EventHappened(event=EngineChosen(recognizer=info)):
                self.chosen.emit(info)
            case EventHappened(event=SpeechHeard() as heard):
                stretch.forget(heard)
                self.heard.emit(replace(heard, lag_ms=heard.lag_ms + self._waiting_ms()))
            case JobRestarted():
                # The child was ended for another job's sake: its successor has this job, and none of its sound.
                self._engines.forget(stretch.job)
                self._start(stretch)
            case JobFailed(failure=failure):
                stretch.job = ""
                stretch.deaths += 1
                if failure.code.startswith("worker") and stretch.deaths < _MOST_DEATHS:
                    self._start(stretch)
                else:
                    self._give_up(stretch, failure)
            case JobFinished() | JobCancelled():
                self._finished(stretch)

    def _finished(self, stretch: _Stretch) -> None:
        stretch.job = ""
        if stretch.over:
            self._next()
        else:
            self.ended.emit()

    def _give_up(self, stretch: _Stretch, failure: Failure) -> None:
        stretch.deaths = _MOST_DEATHS
        self.failed.emit(failure.error())
        if stretch.over:
            self._next()

    def _waiting_ms(self) -> int:
        """Sound of stretches that nobody hears yet."""
        pieces = (piece for one in self._stretches if not one.job for piece in one.kept)
        return ms_from_samples(sum(len(piece.pcm) // 2 for piece in pieces))
