"""The job of this window: starts, stops, goes on, and says how it ended. Knows no widget.

One at a time; it goes on while another film is shown.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.editor.works import Work
from app.engine_bridge import EngineBridge
from app.i18n import tr
from app.jobs.align_run import AlignPlan, AlignRun
from app.jobs.run import End, JobRun, Plan
from app.jobs.ways import Way, same_again, ways
from app.messages import Message, Messages, Offer
from app.wording import clock, cue_count

STOPPED = "job.stopped"
"""Code of the message that a job failed, with the offer to go on."""


class Jobs(QObject):
    """The job under way, if any.

    Attributes:
        run: the job under way, or the last one.

    Signals:
        started(JobRun): a job begins.
        changed(): it has come further.
        arrived(): it brought cues.
        ended(JobRun): it is over.
        freed(Work): it is not kept open any more for a job that failed.
    """

    started = Signal(object)
    changed = Signal()
    arrived = Signal()
    ended = Signal(object)
    freed = Signal(object)

    def __init__(self, engines: EngineBridge, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engines, self._messages = engines, messages
        self.run: JobRun | None = None
        messages.dismissed.connect(self._dismissed)

    @property
    def engines(self) -> EngineBridge:
        """The children that do the work."""
        return self._engines

    @property
    def running(self) -> JobRun | None:
        """The job under way, or None."""
        return self.run if self.run is not None and self.run.end is None else None

    @property
    def resumable(self) -> JobRun | None:
        """The last job, where it failed and can be gone on with: its work is open still."""
        failed = self.run is not None and self.run.error is not None and self.running is None
        return self.run if failed and self.run is not None and not self.run.work.closed else None

    def start(self, work: Work, plan: Plan) -> None:
        """Begin a job; one at a time."""
        if self.running is None:
            self._begin(JobRun(work, plan, self._engines, parent=self))

    def align(self, work: Work, plan: AlignPlan) -> None:
        """Begin to time a text; one job at a time."""
        if self.running is None:
            self._begin(AlignRun(work, plan, self._engines, parent=self))

    def go_on(self) -> None:
        """Do the last job's rest; what it had recognised comes from its store."""
        before = self.resumable
        if before is not None:
            self._begin(before.again(self))

    def go_on_by(self, way: Way) -> None:
        """The same, asking for something else: smaller steps, another device or engine."""
        before = self.resumable
        if not way.changes:
            self.go_on()
        elif before is not None:
            plan = replace(before.plan, job=replace(before.plan.job, **way.changes))
            self._begin(JobRun(before.work, plan, self._engines, before, parent=self))

    def stop(self) -> None:
        """Stop; what came is kept."""
        if self.running is not None:
            self.running.stop()

    def _begin(self, run: JobRun) -> None:
        self._messages.withdraw(STOPPED)
        self._messages.withdraw("opening.cues")
        before, self.run = self.run, run
        run.changed.connect(self.changed)
        run.arrived.connect(self.arrived)
        run.ended.connect(self._over)
        run.begin()
        self.started.emit(run)
        if before is not None:
            self._let_go(before)
            before.deleteLater()

    def _dismissed(self, code: str) -> None:
        """Nobody took the offer to go on: the work is not kept from other windows for it."""
        if code == STOPPED and self.run is not None and self.running is None:
            self._let_go(self.run)

    def _let_go(self, run: JobRun) -> None:
        if run.holds:
            run.let_go()
            self.freed.emit(run.work)

    def _over(self) -> None:
        run = self.run
        if run is None:
            return
        if run.end is End.FAILED and run.error is not None:
            self._tell_failed(run)
        summary = run.summary()
        if summary is not None:
            self._messages.tell(summary)
        self.ended.emit(run)

    def _tell_failed(self, run: JobRun) -> None:
        """What stopped, what is safe, what to do."""
        error = run.error
        assert error is not None  # looked at by the caller
        at = tr("Recognition stopped at {0}.").format(clock(run.recognised_ms))
        where = at if run.recognised_ms else tr("Recognition stopped.")
        if isinstance(run, AlignRun):
            where = tr("Timing the text stopped.")
        safe = tr("Kept so far, with your edits: {0}.").format(cue_count(run.cues)) if run.cues else ""
        there = () if run.work.info is None else (same_again(),) if isinstance(run, AlignRun) else ways(run)
        offers = tuple(Offer(way.text, partial(self.go_on_by, way)) for way in there)
        next_step = " ".join(way.why for way in there) or error.what_to_do(tr)
        self._messages.tell(
            Message(STOPPED, f"{where} {error.what_happened(tr)}", f"{safe} {next_step}".strip(), offers, error.details)
        )
