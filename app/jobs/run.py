"""One recognition job: what the engine child says becomes cues in the job's own document. Knows no widget.

The document may be another than the one shown. Cues that came are never brought twice: a job that begins anew (the
child was ended) or goes on after a failure says everything from the start, from its store.
"""

from __future__ import annotations

import enum
import time
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from app.editor.works import Work
from app.engine_bridge import EngineBridge
from app.jobs.estimate import Estimate
from app.messages import Message
from core import paths
from core.cue import Cue
from core.document import edits
from core.document.edit import Edit
from core.engine import EngineInfo
from core.errors import CuesmithError, WriteError
from core.events import ChunkDone, CuesFound, EngineChosen, Event, Job, JobDone, Resumed
from core.progress import Notice, Progress, Stage
from core.transcript import new_id
from core.worker.messages import (
    EventHappened,
    JobCancelled,
    JobFailed,
    JobFinished,
    JobRestarted,
    Reply,
)

SHOWN_STAGES = (Stage.SPEECH, Stage.RECOGNISE, Stage.ALIGN)


class End(enum.StrEnum):
    """How a job ended."""

    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run does.

    Attributes:
        job: for the engine.
        replaces: cues that are there make way when the first new ones come, but for locked ones; else new cues come
            only where there are none.
    """

    job: Job
    replaces: bool = False


class JobRun(QObject):
    """A job under way, or how it ended.

    Attributes:
        work: the document that the cues come to.
        recognizer, aligner: once chosen.
        stages: how far each has come.
        chunks: (done, of).
        cues: how many came.
        recognised_ms: the film is recognised up to there.
        notices: what the user should know, in order.
        end: None while it runs. error: why it failed.
        label: of its step in the history.
        media_id: of the film it hears; what it made is kept under it, whatever film the document names later.
        holds: its work is kept open for it.
        hatches: what it has not come to counts as not recognised yet.

    Signals:
        changed(): something above is different.
        arrived(): cues came.
        ended(): the last word was said.
    """

    changed = Signal()
    arrived = Signal()
    ended = Signal()

    label = "Recognise"
    hatches = True

    def __init__(
        self, work: Work, plan: Plan, engines: EngineBridge, before: JobRun | None = None, parent: QObject | None = None
    ) -> None:
        """`before`: the run that this one goes on from."""
        super().__init__(parent)
        self.work, self.plan = work, plan
        self.recognizer: EngineInfo | None = None
        self.aligner: EngineInfo | None = None
        self.stages: dict[Stage, Progress] = {}
        self.chunks = (0, 0)
        self.cues: int = before.cues if before is not None else 0
        self.recognised_ms: int = before.recognised_ms if before is not None else 0
        self.language = ""
        self.notices: list[Notice] = []
        self.end: End | None = None
        self.error: CuesmithError | None = None
        self.estimate = Estimate()
        self._engines = engines
        self.media_id: str = before.media_id if before is not None else _film_of(work)
        self._key: str = before._key if before is not None else new_id()
        self._taken: Spans = before._taken if before is not None else Spans(self._kept())
        self._clears: bool = before._clears if before is not None else plan.replaces
        self._id = ""
        self.holds = False

    @property
    def stages_shown(self) -> tuple[Stage, ...]:
        """The stages that this run has, in order."""
        needs_words = self.recognizer is None or not self.recognizer.gives_words
        return SHOWN_STAGES if needs_words else (Stage.SPEECH, Stage.RECOGNISE)

    @property
    def place_ms(self) -> int:
        """How far it has come in the film."""
        return self.recognised_ms

    def begin(self) -> None:
        """Ask the engine child."""
        self.holds = True
        self.work.jobs += 1
        self._id = self._ask()

    def again(self, parent: QObject) -> JobRun:
        """A run that goes on from this one."""
        return type(self)(self.work, self.plan, self._engines, self, parent)

    def summary(self) -> Message | None:
        """What a person should be told when it is through; None = nothing."""
        return None

    def stop(self) -> None:
        """Stop; what came is kept."""
        self._engines.cancel(self._id)

    def let_go(self) -> None:
        """Nobody goes on from here: the work may be closed behind another one."""
        if self.holds:
            self.holds = False
            self.work.jobs -= 1

    def _ask(self) -> str:
        return self._engines.start(self.plan.job, paths.results_file(self.media_id), self._hear)

    def _kept(self) -> Iterable[tuple[int, int]]:
        """Where new cues are not wanted."""
        for cue in self.work.history.document.cues:
            if cue.locked or not self.plan.replaces:
                yield cue.start_ms, cue.end_ms

    # ── what the child says ──────────────────────────────────────────────────────────────────────

    def _hear(self, reply: Reply) -> None:
        match reply:
            case EventHappened(event=event):
                self._take(event)
            case JobRestarted():
                self.stages, self.estimate = {}, Estimate()
            case JobFinished():  # also where it was to stop, but was through before it heard of that
                self._finish(End.FAILED if self.error is not None else End.DONE)
            case JobCancelled():
                self._finish(End.FAILED if self.error is not None else End.STOPPED)
            case JobFailed(failure=failure):
                self.error = failure.error()
                self._finish(End.FAILED)
        self.changed.emit()

    def _take(self, event: Event) -> None:
        match event:
            case EngineChosen():
                self.recognizer, self.aligner = event.recognizer, event.aligner
            case Progress():
                self._advance(event)
            case Resumed(chunks=chunks, of=of):
                self.chunks = (chunks, of)
            case ChunkDone():
                self._count(event)
            case CuesFound(cues=cues):
                self._bring(cues)
            case JobDone():
                self.language = event.language
                self._bring_style(event.style)
            case Notice():
                self.notices.append(event)

    def _advance(self, progress: Progress) -> None:
        self.stages[progress.stage] = progress
        if progress.stage is Stage.RECOGNISE:
            self.estimate.note(time.monotonic(), progress.done_ms, progress.total_ms)

    def _count(self, done: ChunkDone) -> None:
        self.chunks = (max(self.chunks[0], done.index + 1), done.of)
        self.recognised_ms = max(self.recognised_ms, done.segment.end_ms)
        if done.segment.languages:
            self.language = done.segment.languages[0]
        if done.from_store:
            recognised = self.stages.get(Stage.RECOGNISE)
            self.estimate.skip(time.monotonic(), recognised.done_ms if recognised is not None else 0)

    def _bring(self, cues: tuple[Cue, ...]) -> None:
        """Put new cues into the document; all of a job's are one step to undo."""
        new = [cue for cue in cues if not self._taken.touch(cue.start_ms, cue.end_ms)]
        history = self.work.history
        try:
            if self._clears and new:
                rows = [row for row, cue in enumerate(history.document.cues) if not cue.locked]
                gone = edits.delete(history.document, rows)
                self._clears = False
                self._arrive(gone)
            self._arrive(edits.append(history.document, new, job=self._key))
        except WriteError as error:
            self._give_up(error)
            return
        for cue in new:
            self._taken.add(cue.start_ms, cue.end_ms)
        self.cues += len(new)
        if new:
            self.arrived.emit()

    def _bring_style(self, style_id: str) -> None:
        try:
            self._arrive(edits.set_field(self.work.history.document, "style", style_id))
        except WriteError as error:
            self._give_up(error)

    def _arrive(self, edit: Edit | None) -> None:
        """All that a job brings is one step."""
        if edit is not None:
            self.work.history.arrive(replace(edit, label=self.label, merge_key=f"job:{self._key}"))

    def _give_up(self, error: CuesmithError) -> None:
        """Cues cannot be kept: stop rather than show what would be lost."""
        if self.error is None:
            self.error = error
            self.stop()

    def _finish(self, end: End) -> None:
        self.end = end
        if end is not End.FAILED:  # a job that failed offers to go on
            self.let_go()
        self.ended.emit()


class Spans:
    """Stretches of time that are taken, for looking up whether another one meets any. They may touch, not overlap."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start_ms, end_ms in spans:
            self.add(start_ms, end_ms)

    def add(self, start_ms: int, end_ms: int) -> None:
        """Take a stretch; where it meets others they become one."""
        first = bisect_right(self._ends, start_ms)
        last = first
        while last < len(self._starts) and self._starts[last] < end_ms:
            start_ms, end_ms = min(start_ms, self._starts[last]), max(end_ms, self._ends[last])
            last += 1
        self._starts[first:last], self._ends[first:last] = [start_ms], [end_ms]

    def touch(self, start_ms: int, end_ms: int) -> bool:
        """Whether a stretch overlaps one that is taken."""
        at = bisect_right(self._ends, start_ms)
        return at < len(self._starts) and self._starts[at] < end_ms


def _film_of(work: Work) -> str:
    """The film as it was probed, where it is open; a document may name one that was another since."""
    return work.info.media_id if work.info is not None else work.media_id
