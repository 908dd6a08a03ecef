"""A dictation from its first word to its end: what is recorded, what is firm, what became of the microphone.

The document is a work like any other: each step is on disk when it shows, a person's corrections are edits, and what a
killed program leaves is offered at its next start (`scribe` writes it). Knows no widget.
"""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.dictation.delay import SLOW_MS, Delay
from app.dictation.feeding import Feeding
from app.dictation.hearing import Hearing
from app.dictation.phase import Choices, Phase
from app.dictation.scribe import Scribe
from app.editor.works import Work, Works
from app.engine_bridge import EngineBridge
from app.i18n import tr
from core.document.document import Document, MediaRef
from core.document.history import History
from core.engine import EngineInfo
from core.errors import CuesmithError
from core.events import SpeechHeard
from core.media.recordings import new_recording
from core.settings import Settings
from core.timecode import ms_from_samples
from core.transcript import Word
from core.worker.sound_messages import MicrophoneLevel, RecordingEnded, SoundHeard


class Dictation(QObject):
    """See above.

    Attributes:
        hearing: the microphone. scribe: what writes; by it a person corrects. bridge: the document; its cues are
            passages.
        work: where it is kept, None before the first word. choices: of engine and language.
        tentative: words that may still change. info: the engine that listens, None before it was chosen.
        level: of the last tenth of a second.
        problem: why no sound or no words come, None where they do.

    Signals:
        changed(): phase, problem, engine or device are others now.
        tentativeChanged(): other tentative words, or none.
        levelChanged(): ten times a second while the microphone is open.
        passageEnded(str): this text is finished, for other programs.
        failed(CuesmithError): something that a person must know.
        ended(): everything is firm and the recording whole.
    """

    changed = Signal()
    tentativeChanged = Signal()
    levelChanged = Signal()
    passageEnded = Signal(str)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, engines: EngineBridge, works: Works, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hearing = Hearing(engines, self)
        self._feeding = Feeding(engines, self)
        self._works = works
        self.scribe = Scribe(self)
        self.bridge = self.scribe.bridge
        self.choices = Choices.of(settings)
        self.phase = Phase.IDLE
        self.work: Work | None = None
        self.file: Path | None = None
        self.tentative: tuple[Word, ...] = ()
        self.info: EngineInfo | None = None
        self.level = MicrophoneLevel("", -90.0, -90.0)
        self.problem: CuesmithError | None = None
        self._device = settings.dictation_device
        self._samples = 0
        self._delay = Delay()
        self._paused_s = 0.0
        self._sound_whole = True
        self._listen()

    @property
    def elapsed_ms(self) -> int:
        """Sound that is recorded."""
        return ms_from_samples(self._samples)

    @property
    def lag_ms(self) -> int:
        """Sound that stands in no word yet; 0 while no engine listens."""
        return self._delay.ms(self._samples) if self._feeding.under_way else 0

    @property
    def is_unfinished(self) -> bool:
        """Whether closing the program now would cost words: somebody speaks, or the last words still come."""
        return self.phase in (Phase.RECORDING, Phase.ENDING) or self._feeding.under_way

    @property
    def is_heard(self) -> bool:
        """Whether an engine listens, or still has words to say."""
        return self._feeding.under_way

    @property
    def is_slow(self) -> bool:
        """Whether the engine falls behind."""
        return self.lag_ms > SLOW_MS

    # ── what a person does ───────────────────────────────────────────────────────────────────────

    def listen_for(self, device: str) -> None:
        """Have the microphone open, so that no first word is lost; nothing is recorded by that."""
        self.problem = None if not self.hearing.is_open else self.problem
        self._device = device
        self.hearing.open(device)
        self.changed.emit()

    def let_go(self) -> None:
        """Close the microphone, unless it is being spoken into."""
        if self.phase in (Phase.IDLE, Phase.ENDING):
            self.hearing.close()
            self.changed.emit()

    def choose_device(self, device: str) -> None:
        """Hear another microphone ("" = the system's default)."""
        self._device = device
        self.hearing.choose(device)

    def start(self) -> None:
        """Record, or go on after a pause."""
        if self.phase in (Phase.RECORDING, Phase.ENDING):
            return
        if self.hearing.device:
            self.problem = None  # of an engine, in an earlier stretch
        if not self.hearing.is_open:  # its child is gone, or nobody has looked at the tab
            self.listen_for(self._device)
        if self.phase is Phase.IDLE:
            self._begin()
        elif self._paused_s:
            self.scribe.mark_span(self.elapsed_ms, tr("Paused for {0}"), time.monotonic() - self._paused_s)
        self._delay.begin(self._samples)
        self._feeding.begin(self.choices.job(first_ms=self.elapsed_ms))
        assert self.file is not None
        self.hearing.record(self.file)
        self._turn(Phase.RECORDING)

    def pause(self) -> None:
        """Record nothing for now; what was said becomes firm."""
        if self.phase is Phase.RECORDING:
            self.hearing.hold()
            self._feeding.end_soon()
            self._paused_s = time.monotonic()
            self._turn(Phase.PAUSED)

    def finish(self) -> None:
        """The dictation is over; the last words come."""
        if self.phase in (Phase.RECORDING, Phase.PAUSED):
            self._turn(Phase.ENDING)
            self.hearing.end()

    def choose(self, *, languages: tuple[str, ...] | None = None, commands: bool | None = None) -> None:
        """What is spoken from the next stretch of speech on (() = find out), and whether spoken commands are done."""
        self.choices = self.choices.changed(languages=languages, commands=commands)

    def follow(self, settings: Settings) -> None:
        """The settings are others: they hold from the next stretch of speech on. The language stays as chosen here."""
        self.choices = self.choices.following(settings)

    def toggle(self) -> None:
        """Start, pause or go on, whichever it is time for."""
        (self.pause if self.phase is Phase.RECORDING else self.start)()

    def begin_anew(self) -> None:
        """Let go of what was dictated: the editor has it now."""
        if self.phase is Phase.IDLE:
            if self.work is not None:
                self.work.jobs -= 1
            self.work, self.file, self._samples = None, None, 0
            self.scribe.begin(History())
            self.changed.emit()

    def close(self) -> None:
        """End everything; the document stays open until the works are closed."""
        self._feeding.stop()
        self.hearing.close()

    # ── what comes ───────────────────────────────────────────────────────────────────────────────

    def _listen(self) -> None:
        self.hearing.heard.connect(self._sound)
        self.hearing.levelled.connect(self._levelled)
        self.hearing.opened.connect(self._opened)
        self.hearing.lost.connect(self._lost)
        self.hearing.held.connect(self._held)
        self.hearing.recorded.connect(self._recorded)
        self.hearing.broke.connect(self._broke)
        self._feeding.chosen.connect(self._chosen)
        self._feeding.begun.connect(self.scribe.begin_stretch)
        self._feeding.heard.connect(self._words)
        self._feeding.failed.connect(self._no_words)
        self._feeding.ended.connect(self._words_over)
        self.scribe.passageEnded.connect(self.passageEnded)
        self.scribe.failed.connect(self.failed)

    def _begin(self) -> None:
        self.begin_anew()
        self.file = new_recording()
        self._sound_whole = False
        self._samples, self._paused_s = 0, 0.0
        self._delay.told(0, 0)
        self.work = self._works.begin(Document(media=MediaRef(str(self.file), 0, "")))
        self.work.jobs += 1
        self.tentative = ()
        self.scribe.begin(self.work.history)
        if self._works.problem is not None:
            self.failed.emit(self._works.problem)

    def _sound(self, sound: SoundHeard) -> None:
        self._samples = sound.first_sample + len(sound.pcm) // 2
        self._feeding.feed(sound)

    def _levelled(self, level: MicrophoneLevel) -> None:
        self.level = level
        self.levelChanged.emit()

    def _opened(self, device: str, gap_ms: int) -> None:
        if gap_ms and self.phase is Phase.RECORDING:
            self.scribe.mark_span(self.elapsed_ms, tr("No microphone for {0}"), gap_ms / 1000)
            self.scribe.begin_passage()
        self.problem = None
        self.changed.emit()

    def _lost(self, error: CuesmithError) -> None:
        self.problem = error
        self.level = MicrophoneLevel("", -90.0, -90.0)
        self.levelChanged.emit()
        self.changed.emit()

    def _held(self) -> None:
        if self.phase is Phase.PAUSED:
            self._feeding.end()  # the last sound of before the pause is here

    def _recorded(self, end: RecordingEnded) -> None:
        if end.failure is not None:
            self.problem = end.failure.error()
            self.failed.emit(self.problem)
            if self.phase in (Phase.RECORDING, Phase.PAUSED):
                self._turn(Phase.ENDING)
        self._sound_whole = True
        self._feeding.end()
        self._end_if_whole()
        self.changed.emit()

    def _broke(self, error: CuesmithError) -> None:
        """The microphone's child is gone: what it wrote is there, the dictation ends."""
        self.problem = error
        self.failed.emit(error)
        self._sound_whole = True
        if self.phase in (Phase.RECORDING, Phase.PAUSED):
            self._turn(Phase.ENDING)
        self._feeding.end()
        self._end_if_whole()

    def _chosen(self, info: EngineInfo) -> None:
        self.info = info
        self.changed.emit()

    def _words(self, heard: SpeechHeard) -> None:
        self._delay.told(heard.lag_ms, self._samples)
        self._say(heard.firm, ended=heard.ended)
        self.scribe.know_better(heard.changed)
        self.tentative = (*self.scribe.held_back, *heard.tentative)
        self.tentativeChanged.emit()

    def _say(self, firm: tuple[Word, ...], *, ended: bool) -> None:
        self.scribe.say(firm, ended=ended, commands=self.choices.commands)

    def _no_words(self, error: CuesmithError) -> None:
        self.problem = error
        self.failed.emit(error)

    def _words_over(self) -> None:
        """All that was fed is firm."""
        self._say((), ended=True)
        self.tentative = ()
        self._delay.told(0, self._samples)
        self.tentativeChanged.emit()
        self._end_if_whole()

    def _end_if_whole(self) -> None:
        """The end, once everything is firm and the recording closed."""
        if self.phase is Phase.ENDING and self._sound_whole and not self._feeding.under_way:
            self._turn(Phase.IDLE)
            QTimer.singleShot(0, self, self.ended.emit)

    def _turn(self, phase: Phase) -> None:
        self.phase = phase
        self.scribe.under_way = phase is not Phase.IDLE
        self.changed.emit()
