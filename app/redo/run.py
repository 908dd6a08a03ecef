"""Has a part done again by the engine child, between the steps of what else runs, and gathers what comes.

Knows no widget and changes no document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.engine_bridge import EngineBridge
from core.cue import Cue
from core.document.redo import Part, retimed
from core.errors import InternalError
from core.events import CuesFound, Job, WordsJob, WordsTimed
from core.progress import Progress, Stage
from core.transcript import Word
from core.worker.messages import EventHappened, JobFailed, JobFinished, JobRestarted, Reply

_MOST_AT_ONCE_MS = 25_000
"""Cues are timed together up to so much film: long enough for sentences to hold each other, well inside a minute."""

_AROUND_MS = 300


class RedoRun(QObject):
    """One part, done again as often as one likes.

    Signals:
        progressed(float): so much is done, 0..1.
        came(tuple of Cue): it is through.
        failed(CuesmithError): it is not.
    """

    progressed = Signal(float)
    came = Signal(object)
    failed = Signal(object)

    def __init__(self, engines: EngineBridge, part: Part, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engines, self._part = engines, part
        self._job_id = ""
        self._cues: list[Cue] = []
        self._words: list[Word] = []
        self._came: Sequence[Word] = ()  # of the stretch being timed; a child begun anew says them again

    def recognise(self, job: Job) -> None:
        """Recognise the part's stretch; `job` names it."""
        self.stop()
        self._cues = []
        self._job_id = self._engines.redo(job, self._hear_recognition)

    def time(self, job: WordsJob) -> None:
        """Time the part's words again; stretch and words of `job` are filled in here."""
        self.stop()
        self._words = []
        self._time_next(job, groups(self._part.seen))

    def stop(self) -> None:
        """Hear no more of it."""
        self._engines.forget(self._job_id)
        self._job_id = ""

    # ── what the child says ──────────────────────────────────────────────────────────────────────

    def _hear_recognition(self, reply: Reply) -> None:
        match reply:
            case EventHappened(event=CuesFound(cues=cues)):
                self._cues += cues
            case EventHappened(event=Progress(stage=Stage.RECOGNISE) as progress):
                self.progressed.emit(progress.share or 0.0)
            case JobRestarted():
                self._cues = []
            case JobFinished():
                self.came.emit(tuple(self._cues))
            case JobFailed(failure=failure):
                self.failed.emit(failure.error())

    def _time_next(self, job: WordsJob, left: Sequence[Sequence[Cue]]) -> None:
        if not left:
            self._give_timed()
            return
        self.progressed.emit(1 - len(left) / max(1, len(groups(self._part.seen))))
        asked = _stretch(job, left[0], self._part)
        self._job_id = self._engines.time_words(asked, partial(self._hear_times, job, left))

    def _hear_times(self, job: WordsJob, left: Sequence[Sequence[Cue]], reply: Reply) -> None:
        match reply:
            case EventHappened(event=WordsTimed(words=words)):
                self._came = words
            case JobFinished():
                self._words += self._came
                self._time_next(job, left[1:])
            case JobFailed(failure=failure):
                self.failed.emit(failure.error())

    def _give_timed(self) -> None:
        try:
            self.came.emit(retimed(self._part.seen, self._words))
        except ValueError:
            self.failed.emit(InternalError(what="the aligner gave other words than it was asked for"))


def groups(cues: Sequence[Cue]) -> list[list[Cue]]:
    """Neighbouring cues with words, together up to `_MOST_AT_ONCE_MS`."""
    found: list[list[Cue]] = []
    for cue in cues:
        if not cue.words:
            continue
        if found and cue.end_ms - found[-1][0].start_ms <= _MOST_AT_ONCE_MS:
            found[-1].append(cue)
        else:
            found.append([cue])
    return found


def _stretch(job: WordsJob, cues: Sequence[Cue], part: Part) -> WordsJob:
    """The job for these cues: from a little before the first to a little behind the last, inside the part."""
    words = tuple((word.text, word.after) for cue in cues for word in cue.words)
    start_ms = max(part.from_ms, cues[0].start_ms - _AROUND_MS)
    end_ms = min(part.to_ms, max(cue.end_ms for cue in cues) + _AROUND_MS)
    return replace(job, words=words, start_ms=start_ms, end_ms=end_ms)
