"""A dictation from its first word to its end: what is recorded, what is firm, what became of the microphone.

The document is a work like any other: each step is on disk when it shows, a person's corrections are edits, and what a
killed program leaves is offered at its next start. Knows no widget.
"""

from __future__ import annotations

import enum
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.dictation.feeding import Feeding
from app.dictation.hearing import Hearing
from app.editor.document_bridge import DocumentBridge
from app.editor.works import Work, Works
from app.engine_bridge import EngineBridge
from app.i18n import tr
from core.dictation_commands import carried_out, unfinished
from core.document import edits
from core.document.document import Document, MediaRef
from core.document.edit import Edit
from core.document.edits import dictation as said
from core.document.history import History
from core.engine import EngineInfo
from core.errors import CuesmithError
from core.events import DictationJob, SpeechHeard
from core.language import AUTO
from core.media.recordings import new_recording
from core.settings import Settings
from core.timecode import ms_from_samples
from core.transcript import Word, new_id
from core.worker.sound_messages import MicrophoneLevel, RecordingEnded, SoundHeard

SLOW_MS = 3_000
"""A delay over this is said in so many words."""


class Phase(enum.StrEnum):
    """What it is doing."""

    IDLE = "idle"
    RECORDING = "recording"
    PAUSED = "paused"
    ENDING = "ending"
    """The sound is whole; the last words are still being recognised."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the next stretch of speech is recognised with."""

    engine: str = AUTO
    model_dir: str = ""
    languages: tuple[str, ...] = ()
    commands: bool = False


class Dictation(QObject):
    """See above.

    Attributes:
        hearing: the microphone. bridge: the document; its cues are passages.
        work: where it is kept, None before the first word. choices: of engine and language.
        tentative: words that may still change. info: the engine that listens, None before it was chosen.
        lag_ms: speech that stands in no word yet. level: of the last tenth of a second.
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
        self.bridge = DocumentBridge(parent=self)
        language = settings.language
        self.choices = Choices(
            settings.engine, "", () if language == AUTO else (language,), settings.dictation_commands
        )
        self.phase = Phase.IDLE
        self.work: Work | None = None
        self.file: Path | None = None
        self.tentative: tuple[Word, ...] = ()
        self.info: EngineInfo | None = None
        self.lag_ms = 0
        self.level = MicrophoneLevel("", -90.0, -90.0)
        self.problem: CuesmithError | None = None
        self._job = ""
        self._samples = 0
        self._paused_s = 0.0
        self._fresh = False
        self._sound_whole = True
        self._held_back: tuple[Word, ...] = ()
        self._unsent: list[Word] = []
        self._listen()

    @property
    def elapsed_ms(self) -> int:
        """Sound that is recorded."""
        return ms_from_samples(self._samples)

    @property
    def is_slow(self) -> bool:
        """Whether the engine falls behind."""
        return self.lag_ms > SLOW_MS

    # ── what a person does ───────────────────────────────────────────────────────────────────────

    def listen_for(self, device: str) -> None:
        """Have the microphone open, so that no first word is lost; nothing is recorded by that."""
        self.problem = None if not self.hearing.is_open else self.problem
        self.hearing.open(device)
        self.changed.emit()

    def let_go(self) -> None:
        """Close the microphone, unless it is being spoken into."""
        if self.phase in (Phase.IDLE, Phase.ENDING):
            self.hearing.close()
            self.changed.emit()

    def start(self) -> None:
        """Record, or go on after a pause."""
        if self.phase in (Phase.RECORDING, Phase.ENDING):
            return
        if self.phase is Phase.IDLE:
            self._begin()
        elif self._paused_s:
            seconds = time.monotonic() - self._paused_s
            self._mark(tr("Paused for {0}").format(span_text(seconds)))
        self._fresh = True
        self._feeding.begin(
            DictationJob(self.choices.engine, self.choices.model_dir, self.choices.languages, first_ms=self.elapsed_ms)
        )
        assert self.file is not None
        self.hearing.record(self.file)
        self._turn(Phase.RECORDING)

    def pause(self) -> None:
        """Record nothing for now; what was said becomes firm."""
        if self.phase is Phase.RECORDING:
            self.hearing.hold()
            self._feeding.end()
            self._paused_s = time.monotonic()
            self._turn(Phase.PAUSED)

    def finish(self) -> None:
        """The dictation is over; the last words come."""
        if self.phase in (Phase.RECORDING, Phase.PAUSED):
            was = self.phase
            self._turn(Phase.ENDING)
            self.hearing.end()
            if was is Phase.RECORDING:
                self._feeding.end()

    def correct(self, row: int, text: str) -> None:
        """A passage by hand. It stays: what is spoken comes behind it."""
        document = self.bridge.document
        edit = edits.set_text(document, row, text) if text.strip() else edits.delete(document, [row])
        self._do(lambda: self.bridge.apply(edit))

    def choose_languages(self, codes: tuple[str, ...]) -> None:
        """What is spoken from the next stretch of speech on; () = find out."""
        self.choices = replace(self.choices, languages=codes)

    def choose_commands(self, on: bool) -> None:
        """Whether spoken commands are done."""
        self.choices = replace(self.choices, commands=on)

    def begin_anew(self) -> None:
        """Let go of what was dictated: the editor has it now."""
        if self.phase is Phase.IDLE:
            if self.work is not None:
                self.work.jobs -= 1
            self.work, self.file, self._samples = None, None, 0
            self.bridge.set_history(History())
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
        self.hearing.recorded.connect(self._recorded)
        self.hearing.broke.connect(self._broke)
        self._feeding.chosen.connect(self._chosen)
        self._feeding.heard.connect(self._words)
        self._feeding.failed.connect(self._no_words)
        self._feeding.ended.connect(self._words_over)

    def _begin(self) -> None:
        self.begin_anew()
        self.file = new_recording()
        self._sound_whole = False
        self._job, self._samples, self._paused_s = new_id(), 0, 0.0
        self.work = self._works.begin(Document(media=MediaRef(str(self.file), 0, "")))
        self.work.jobs += 1
        self.bridge.set_history(self.work.history)
        self.tentative, self._held_back, self._unsent = (), (), []
        if self._works.problem is not None:
            self.failed.emit(self._works.problem)

    def _sound(self, sound: SoundHeard) -> None:
        self._samples = sound.first_sample + len(sound.pcm) // 2
        if self.phase is Phase.RECORDING:
            self._feeding.feed(sound)

    def _levelled(self, level: MicrophoneLevel) -> None:
        self.level = level
        self.levelChanged.emit()

    def _opened(self, device: str, gap_ms: int) -> None:
        if gap_ms and self.phase is Phase.RECORDING:
            self._mark(tr("No microphone for {0}").format(span_text(gap_ms / 1000)))
            self._fresh = True
        self.problem = None
        self.changed.emit()

    def _lost(self, error: CuesmithError) -> None:
        self.problem = error
        self.level = MicrophoneLevel("", -90.0, -90.0)
        self.levelChanged.emit()
        self.changed.emit()

    def _recorded(self, end: RecordingEnded) -> None:
        if end.failure is not None:
            self.problem = end.failure.error()
            self.failed.emit(self.problem)
            if self.phase is Phase.RECORDING:
                self._turn(Phase.ENDING)
                self._feeding.end()
        self._sound_whole = True
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
        self.lag_ms = heard.lag_ms
        self._say(heard.firm, ended=heard.ended)
        if heard.changed:
            self._do(lambda: self._arrive(said.known_better(self.bridge.document, heard.changed, job=self._job)))
        self.tentative = (*self._held_back, *heard.tentative)
        self.tentativeChanged.emit()

    def _say(self, firm: tuple[Word, ...], *, ended: bool) -> None:
        """Firm words into the document, on disk before they show."""
        words = (*self._held_back, *firm)
        self._held_back = ()
        if self.choices.commands and words:
            words = self._with_commands(words, ended=ended)
        if words:
            language = self.choices.languages[0] if len(self.choices.languages) == 1 else ""
            fresh, self._fresh = self._fresh, False
            document = self.bridge.document
            self._do(lambda: self._arrive(said.say(document, words, job=self._job, language=language, fresh=fresh)))
            self._unsent += words
        if ended and self._unsent:
            text = "".join(word.text + word.after for word in self._unsent)
            self._unsent = []
            self.passageEnded.emit(text)

    def _with_commands(self, words: tuple[Word, ...], *, ended: bool) -> tuple[Word, ...]:
        """Spoken commands done; what may be the beginning of one waits for the next words."""
        count = 0 if ended else unfinished(words)
        words, self._held_back = words[: len(words) - count], words[len(words) - count :]
        cues = self.bridge.document.cues
        last = cues[-1].words[-1] if cues and cues[-1].words else None
        marked, words = carried_out(words, last)
        if marked is not None and marked != last:
            self._do(lambda: self._arrive(said.last_word(self.bridge.document, marked, job=self._job)))
        return words

    def _no_words(self, error: CuesmithError) -> None:
        self.problem = error
        self.failed.emit(error)
        if self.phase is Phase.ENDING:
            self._words_over()

    def _words_over(self) -> None:
        """All that was fed is firm."""
        self._say((), ended=True)
        self.tentative, self.lag_ms = (), 0
        self.tentativeChanged.emit()
        self._end_if_whole()

    def _end_if_whole(self) -> None:
        """The end, once everything is firm and the recording closed."""
        if self.phase is Phase.ENDING and self._sound_whole and not self._feeding.under_way:
            self._turn(Phase.IDLE)
            QTimer.singleShot(0, self, self.ended.emit)

    def _mark(self, text: str) -> None:
        self._do(lambda: self._arrive(said.mark(self.bridge.document, self.elapsed_ms, text, job=self._job)))

    def _arrive(self, edit: Edit | None) -> None:
        self.bridge.history.arrive(edit)

    def _do(self, work: Callable[[], object]) -> None:
        """Change the document; where the disk fails, say so and go on in memory."""
        try:
            work()
        except CuesmithError as error:
            self.failed.emit(error)

    def _turn(self, phase: Phase) -> None:
        self.phase = phase
        self.changed.emit()


def span_text(seconds: float) -> str:
    """A length for a sentence: "12 s", "2 min 14 s"."""
    whole = max(1, round(seconds))
    minutes, rest = divmod(whole, 60)
    return tr("{0} min {1} s").format(minutes, rest) if minutes else tr("{0} s").format(rest)
