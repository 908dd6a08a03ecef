"""A text is being timed: listened to, half of its words have their times."""

from __future__ import annotations

import time

from app.jobs.align_run import AlignPlan
from app.shots.cues import sample_cues
from app.shots.stage import Stage
from core.engine import EngineInfo
from core.events import AlignJob, EngineChosen
from core.progress import Progress
from core.progress import Stage as Step
from core.worker.messages import Heartbeat

_BEGAN_S = 14.0
_MEMORY_BYTES = 173 * 2**20
_SHARE = 0.42


def prepare(stage: Stage) -> None:
    """A run that has come half-way."""
    stage.open()
    work, info = stage.program.opening.work, stage.program.session.info
    assert work is not None
    assert info is not None
    lines = tuple(cue.text for cue in sample_cues())
    stage.program.jobs.align(work, AlignPlan(AlignJob(info.path, lines, language="en", style="netflix-en")))
    run = stage.program.jobs.run
    assert run is not None
    run.estimate.note(time.monotonic() - _BEGAN_S, 0, info.duration_ms)
    builtin = EngineInfo("builtin", "Built-in (PocketSphinx)", ("en",), True, reason="It needs no download.")
    stage.engine.deliver(Heartbeat(_MEMORY_BYTES, stage.engine.job_id, 1, "align"))
    whole_ms = info.duration_ms
    stage.say(
        EngineChosen(builtin, builtin),
        Progress(Step.SPEECH, whole_ms, whole_ms),
        Progress(Step.RECOGNISE, whole_ms, whole_ms),
        Progress(Step.ALIGN, round(_SHARE * whole_ms), whole_ms),
    )
