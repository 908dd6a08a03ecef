"""The engine ended in the middle of a job: what stopped, what is safe, what to do."""

from __future__ import annotations

from app.jobs.jobs import STOPPED
from app.shots.job import run_half
from app.shots.stage import Stage
from core.errors import WorkerDied
from core.worker.messages import JobFailed

_ROW = 7


def prepare(stage: Stage) -> None:
    """The system ended the engine child."""
    stage.open()
    run_half(stage)
    stage.select(_ROW)
    failure = WorkerDied(child="engine", cause="ended by the system (signal 9)", details="chunk 2 of 4").failure()
    stage.engine.deliver(JobFailed(stage.engine.job_id, failure))
    stage.wait(lambda: STOPPED in stage.codes(), "the message")
