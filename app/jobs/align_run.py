"""A run that times a known text: what comes back becomes cues, or new times of cues for review. Knows no widget.

Lines of a plain text come as cues that the child has built. An old subtitle's cues stay what they are: their new times
wait in `changes` until a person takes them over.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from PySide6.QtCore import QObject

from app.editor.works import Work
from app.engine_bridge import EngineBridge
from app.i18n import tr
from app.jobs.run import JobRun, Plan
from app.messages import Message
from core import paths
from core.alignment.known_text.report import Report
from core.cue import Cue
from core.document import edits
from core.document.document import Unmatched
from core.errors import WriteError
from core.events import SONG, AlignJob, ChunkDone, CuesFound, Event, Job, TextTimed
from core.progress import Progress, Stage
from core.retiming import Retimed, retimed

LEFT_OUT = "align.left_out"
"""Code of the message that lines were not found, or found no room."""


@dataclass(frozen=True, slots=True)
class AlignPlan:
    """What a run does.

    Attributes:
        job: for the engine.
        cues: of an old subtitle, line n of the job's lines being cue n; () = a plain text.
        adds: those cues are not in the document yet.
        replaces: as of `Plan`.
    """

    job: AlignJob
    cues: tuple[Cue, ...] = ()
    adds: bool = False
    replaces: bool = False


class AlignRun(JobRun):
    """A run under way, or how it ended.

    Attributes:
        order: what was asked for.
        report: what became of each line, once it is through.
        changes: new times of an old subtitle's cues, once it is through.
        left_out: found lines that other cues had no room for.
    """

    label = "Time text"
    hatches = False

    def __init__(
        self,
        work: Work,
        order: AlignPlan,
        engines: EngineBridge,
        before: AlignRun | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`before`: the run that this one goes on from."""
        self.order = order
        self.report: Report | None = None
        self.changes: tuple[Retimed, ...] = ()
        self.left_out = 0
        plan = Plan(Job(order.job.media, track=order.job.track), replaces=order.replaces)
        super().__init__(work, plan, engines, before, parent)
        self.language = order.job.language

    @property
    def stages_shown(self) -> tuple[Stage, ...]:
        """A song is timed in one go; nobody listens to it first."""
        return (Stage.ALIGN,) if self.order.job.preset == SONG else (Stage.SPEECH, Stage.RECOGNISE, Stage.ALIGN)

    @property
    def place_ms(self) -> int:
        """How far its last stage has come in the film."""
        latest = next((self.stages[stage] for stage in reversed(self.stages_shown) if stage in self.stages), None)
        return latest.done_ms if latest is not None else 0

    def again(self, parent: QObject) -> AlignRun:
        """A run that goes on from this one."""
        return AlignRun(self.work, self.order, self._engines, self, parent)

    def summary(self) -> Message | None:
        """How many lines have times, and how many have none."""
        if self.report is None:
            return None
        lines, missing = len(self.report.lines), len(self.report.unmatched)
        if not missing and not self.left_out:
            return None
        title = tr("{0} of {1} lines were found in the sound.").format(lines - missing, lines)
        others = tr("The others keep their old times") if self.changes else tr("The others have no times")
        parts = [tr("{0}; the list “Text” names them.").format(others)] if missing else []
        if self.left_out:
            parts.append(tr("{0} were left out, because cues stand there already.").format(self.left_out))
        return Message(LEFT_OUT, title, " ".join(parts), kind="warning")

    def _ask(self) -> str:
        return self._engines.align(self.order.job, paths.results_file(self.media_id), self._hear)

    def _take(self, event: Event) -> None:
        match event:
            case TextTimed():
                self._through(event)
            case CuesFound(cues=cues):
                before = self.cues
                self._bring(cues)
                self.left_out = len(cues) - (self.cues - before)
                self._bring_style(self.order.job.style)
            case _:
                super()._take(event)

    def _advance(self, progress: Progress) -> None:
        """Listening and timing cost about the same, so both count."""
        self.stages[progress.stage] = progress
        if progress.stage is not Stage.SPEECH and progress.stage in self.stages_shown and progress.total_ms:
            self.estimate.note(time.monotonic(), self._done_ms(), progress.total_ms)

    def _count(self, done: ChunkDone) -> None:
        """What came from an earlier run says nothing about speed."""
        before = self.chunks[0] if done.of == self.chunks[1] else 0  # listening and timing have numbers of their own
        self.chunks = (max(before, done.index + 1), done.of)
        if done.from_store:
            self.estimate.skip(time.monotonic(), self._done_ms())

    def _done_ms(self) -> int:
        """How much of the film is done, stages together."""
        counted = [stage for stage in self.stages_shown if stage is not Stage.SPEECH]
        return sum(self.stages[stage].done_ms for stage in counted if stage in self.stages) // len(counted)

    def _through(self, timed: TextTimed) -> None:
        self.report, self.language = timed.report, timed.language
        if self.order.cues:
            if self.order.adds:
                self._bring(self.order.cues)
            self.changes = retimed(self.order.cues, timed.report)
            return  # cues that were not found stay where they stand: nothing of the document is without a place
        missing = tuple(Unmatched(line.number, line.text) for line in timed.report.unmatched)
        try:
            self._arrive(edits.set_field(self.work.history.document, "unmatched", missing))
        except WriteError as error:
            self._give_up(error)
