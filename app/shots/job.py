"""Recognition under way: half of the film is done, its cues are there, one can be corrected."""

from __future__ import annotations

import time

from app.jobs.run import Plan
from app.shots.cues import sample_cues
from app.shots.stage import Stage
from core.engine import EngineInfo
from core.events import ChunkDone, CuesFound, EngineChosen, Job
from core.progress import Progress
from core.progress import Stage as Step
from core.transcript import Segment
from core.worker.messages import Heartbeat

_DONE_ROWS, _ROW = 8, 5
_BEGAN_S = 22.0
_MEMORY_BYTES = 156 * 2**20
_BUILT_IN = EngineInfo("builtin", "Built-in (PocketSphinx)", ("en",), True, reason="It needs no download.")


def prepare(stage: Stage) -> None:
    """Start a job and let the engine say how far it is."""
    stage.open()
    run_half(stage)
    stage.select(_ROW)


def run_half(stage: Stage, recognizer: EngineInfo = _BUILT_IN) -> None:
    """A job that has come half-way."""
    work = stage.program.opening.work
    info = stage.program.session.info
    assert work is not None
    assert info is not None
    stage.program.jobs.start(work, Plan(Job(info.path, engine="builtin")))
    run = stage.program.jobs.run
    assert run is not None
    run.estimate.note(time.monotonic() - _BEGAN_S, 0, info.duration_ms)
    cues = sample_cues()[:_DONE_ROWS]
    done_ms = cues[-1].end_ms
    stage.engine.deliver(Heartbeat(_MEMORY_BYTES, stage.engine.job_id, 1, "recognise"))
    stage.say(
        EngineChosen(recognizer, None),
        Progress(Step.SPEECH, info.duration_ms, info.duration_ms),
        Progress(Step.RECOGNISE, done_ms, info.duration_ms),
        ChunkDone(1, 4, Segment(0, done_ms, "", ("en",)), False),
        CuesFound(cues),
    )
