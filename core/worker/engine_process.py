"""The child that owns torch and the models: runs jobs one at a time, interactive ones between the steps of a batch job.

Knows the pipeline only as a name to import (`runner`), so that starting the child imports no engine and tests can name
a stand-in. All work happens on the main thread: models are not used from two threads.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from core.events import Event
from core.progress import Cancelled, Progress
from core.results import MemoryResults, Results, not_kept
from core.worker import idle
from core.worker.child import ENGINE_NICENESS, ParentLink, failure_of, load, misdirected, prepare, step_back
from core.worker.job_queue import JobQueue, Task
from core.worker.messages import (
    Accepted,
    CancelJob,
    EngineRequest,
    EventHappened,
    Heartbeat,
    JobBegun,
    JobCancelled,
    JobFailed,
    JobFinished,
    LastWord,
    Message,
    StartAlign,
    StartDictation,
    StartJob,
    TimeWords,
)
from core.worker.sound_messages import EndDictation, FeedSound

CHILD: Final = "engine"
RUNNER: Final = "core.pipeline:run"
ALIGN_RUNNER: Final = "core.pipeline_align:run"
WORDS_RUNNER: Final = "core.pipeline_words:run"
DICTATION: Final = "core.pipeline_dictation:begin"
RESULTS: Final = "core.document.chunk_results:open_results"


def main(
    connection: Connection[Any, Any],
    log_file: str,
    runner: str = RUNNER,
    results: str = RESULTS,
    align_runner: str = ALIGN_RUNNER,
    words_runner: str = WORDS_RUNNER,
    dictation: str = DICTATION,
) -> None:
    """Where the spawned child begins; returns on `Shutdown`.

    Args:
        runner: "module:function" with the contract of `core.pipeline.run`.
        results: "module:function" that opens the `Results` of a file's path.
        align_runner, words_runner: the same contract for jobs that time a known text, or a few words.
        dictation: "module:function" with the contract of `core.pipeline_dictation.begin`.
    """
    prepare(log_file)
    step_back(ENGINE_NICENESS)
    link = ParentLink(connection, CHILD)
    runners = {StartJob: runner, StartAlign: align_runner, TimeWords: words_runner}
    engine = Engine(link.send, runners, results, dictation)
    link.serve(engine)
    engine.work_until_shut_down()


class Engine:
    """The queue and the thread that empties it."""

    def __init__(
        self, tell: Callable[[Message], None], runners: Mapping[type, str], results: str, dictation: str
    ) -> None:
        """`runners`: class of a request → "module:function" that does its job."""
        self._tell = tell
        self._runners = runners
        self._results = results
        self._queue = JobQueue()
        from core.worker.dictations import Dictations  # brings NumPy; the window imports this module and starts without

        self._dictations = Dictations(self._queue, tell, lambda job: load(dictation)(job))
        self._tasks: dict[str, Task] = {}
        self._running: tuple[Task, ...] = ()
        self._stage = ""

    # ── from the reader and the heartbeat ────────────────────────────────────────────────────────

    def take(self, request: Message) -> None:
        """Queue or cancel a job, or give a dictation its sound."""
        if isinstance(request, EngineRequest):
            task = Task(request)
            self._tasks[task.job_id] = task
            self._tell(Accepted(task.job_id))
            (self._dictations.start if isinstance(request, StartDictation) else self._queue.put)(task)
        elif isinstance(request, FeedSound | EndDictation):
            self._dictations.hear(request)
        elif isinstance(request, CancelJob):
            self._cancel(request.job_id)
        else:
            self._tell(misdirected(request, CHILD))

    def state(self) -> Heartbeat:
        """The job on top: an interactive one hides the batch job it runs inside."""
        running = self._running
        return Heartbeat(0, running[-1].job_id if running else "", len(running), self._stage if running else "")

    def shut_down(self) -> None:
        """Cancel everything."""
        self._queue.close()
        for task in list(self._tasks.values()):
            task.cancel.cancel()

    def _cancel(self, job_id: str) -> None:
        if job_id in self._dictations:
            self._dictations.cancel(job_id)
        elif self._queue.drop(job_id):
            self._close(JobCancelled(job_id))
        elif (task := self._tasks.get(job_id)) is not None:
            task.cancel.cancel()

    # ── on the main thread ───────────────────────────────────────────────────────────────────────

    def work_until_shut_down(self) -> None:
        """Run jobs in their order."""
        while (task := self._next()) is not None:
            self._work(task, yield_point=_nothing if task.interactive else self._let_interactive_work_in)

    def _next(self) -> Task | None:
        """The next task; while none comes for long, models are let go."""
        while not self._queue.wait(idle.AFTER_S):
            if not self._tasks:  # an open dictation is one, and needs its model
                idle.let_go()
                break
        return self._queue.take()

    def _let_interactive_work_in(self) -> None:
        """The yield point of batch work."""
        stage = self._stage
        while (task := self._queue.take_interactive()) is not None:
            self._work(task, yield_point=_nothing)
        self._stage = stage

    def _work(self, task: Task, *, yield_point: Callable[[], None]) -> None:
        """Run one job, or a dictation's next step, and say its last word if it is over, whatever happens."""
        self._running = (*self._running, task)
        try:
            last_word: LastWord | None = self._run(task, yield_point)
        except Cancelled:
            last_word = JobCancelled(task.job_id)
        except Exception as error:  # noqa: BLE001 - engines raise anything; the window must hear of it as data
            last_word = JobFailed(task.job_id, failure_of(error))
        self._running = self._running[:-1]
        if last_word is not None:
            self._dictations.close(task.job_id)
            self._close(last_word)

    def _run(self, task: Task, yield_point: Callable[[], None]) -> LastWord | None:
        self._stage = ""
        if isinstance(task.request, StartDictation):
            return self._dictations.step(task)
        self._tell(JobBegun(task.job_id))
        task.cancel.check()
        run: Callable[..., Iterator[Event]] = load(self._runners[type(task.request)])
        with contextlib.ExitStack() as stack:
            results = self._opened(task, stack)
            events = run(task.request.job, results=results, cancel=task.cancel, yield_point=yield_point)
            _close_at_exit(events, stack)
            for event in events:
                self._report(task, event)
                yield_point()
                task.cancel.check()
        return JobFinished(task.job_id)

    def _opened(self, task: Task, stack: contextlib.ExitStack) -> Results:
        results_file = task.request.results_file
        if not results_file:
            return MemoryResults()
        if (notice := not_kept(Path(results_file))) is not None:
            self._report(task, notice)
            return MemoryResults()
        results: Results = load(self._results)(results_file)
        _close_at_exit(results, stack)
        return results

    def _report(self, task: Task, event: Event) -> None:
        if isinstance(event, Progress):
            self._stage = event.stage
        self._tell(EventHappened(task.job_id, event))

    def _close(self, last_word: LastWord) -> None:
        self._tasks.pop(last_word.job_id, None)
        self._tell(last_word)


def _close_at_exit(thing: object, stack: contextlib.ExitStack) -> None:
    """Close generators and files that can be closed when the job is over."""
    close = getattr(thing, "close", None)
    if close is not None:
        stack.callback(close)


def _nothing() -> None:
    """The yield point of interactive work: nothing goes before it."""
