"""How a job that failed can be gone on with: as it was, in smaller steps, on the processor, with the built-in engine.

Looks at what happened, at the engine and at what was asked, and says what to ask for instead; knows no widget and
starts nothing. What came stays in every way: passages that were recognised come from the store, and the built-in
engine, whose text another engine cannot use, begins behind the last of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from app.i18n import tr
from app.jobs.run import JobRun
from core.engine import EngineInfo
from core.errors import CuesmithError, EngineError, EngineMemory, WorkerDied, WorkerError, WorkerHung
from core.events import Job

BUILTIN: Final = "builtin"
BUILTIN_LANGUAGE: Final = "en"
PROCESSOR: Final = "cpu"
FEWER: Final = 4
"""Smaller steps are this much smaller: what memory is short of is seldom a little."""
MOST_WAYS: Final = 3
"""More buttons would not be read."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to go on.

    Attributes:
        text: of its button.
        why: a sentence that says what it does, or what is different about it.
        changes: fields of the job (`core.events.Job`) and what they are then; none = the same again.
    """

    text: str
    why: str
    changes: Mapping[str, Any] = field(default_factory=dict)


def same_again() -> Way:
    """The way that is always there."""
    return Way(tr("Go on"), tr("“Go on” does the rest."))


def ways(run: JobRun) -> tuple[Way, ...]:
    """The ways to go on with a recognition that failed, the best first, `MOST_WAYS` at most.

    What is short of memory would fail again as it was, so that way comes last; else it comes first.
    """
    error, engine = run.error, run.recognizer
    if engine is None or not isinstance(error, WorkerError | EngineError):
        return (same_again(),)
    others = (*_lighter(run.plan.job, engine, error), *_built_in(run, engine))[: MOST_WAYS - 1]
    return (*others, same_again()) if isinstance(error, EngineMemory) else (same_again(), *others)


def _lighter(job: Job, engine: EngineInfo, error: CuesmithError) -> Iterator[Way]:
    """With the same engine, on less."""
    rows = min(engine.rows, job.rows or engine.rows)
    if rows > 1 and isinstance(error, EngineMemory | WorkerDied | WorkerHung):
        why = tr("Smaller batches need less memory.")
        yield Way(tr("Go on with smaller batches"), why, {"rows": max(1, rows // FEWER)})
    if engine.device.partition(":")[0] in ("cuda", "mps"):
        why = tr("The processor is slower and needs no graphics card.")
        yield Way(tr("Go on on the processor"), why, {"device": PROCESSOR})


def _built_in(run: JobRun, engine: EngineInfo) -> Iterator[Way]:
    """With an engine that needs next to nothing, for the language it knows."""
    job = run.plan.job
    spoken = job.languages or ((run.language,) if run.language else ())
    if engine.id == BUILTIN or spoken not in ((), (BUILTIN_LANGUAGE,)):
        return
    changes = {
        "engine": BUILTIN,
        "model_dir": "",
        "device": "",
        "rows": 0,
        "languages": (BUILTIN_LANGUAGE,),
        "from_ms": max(job.from_ms, run.recognised_ms),
    }
    why = tr("The built-in engine needs next to nothing and makes a rough English draft.")
    yield Way(tr("Rough draft of the rest"), why, changes)
