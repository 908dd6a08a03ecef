"""The graphics card had too little memory in the middle of a job: what stopped, what is safe, three ways to go on."""

from __future__ import annotations

from app.jobs.jobs import STOPPED
from app.shots.job import run_half
from app.shots.stage import Stage
from core.engine import EngineInfo
from core.errors import EngineMemory
from core.worker.messages import JobFailed

_ROW = 7
_ENGINE = EngineInfo("qwen3-asr-1.7b", "Qwen3-ASR 1.7B", ("en",), False, device="cuda:0", dtype="bfloat16", rows=32)


def prepare(stage: Stage) -> None:
    """The engine found no room for one more batch."""
    stage.open()
    run_half(stage, _ENGINE)
    stage.select(_ROW)
    failure = EngineMemory(engine=_ENGINE.id, device=_ENGINE.device, details="batch of 32").failure()
    stage.engine.deliver(JobFailed(stage.engine.job_id, failure))
    stage.wait(lambda: STOPPED in stage.codes(), "the message")
