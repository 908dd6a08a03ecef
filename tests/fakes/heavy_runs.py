"""An engine that asks for much, and fails in the middle of a job as long as it gets what it asks for.

The job's `context` tells how, as in `cue_runs`: "chunks=6 heavy=memory" fails before its fourth passage until it is
asked for fewer clips at once, another device or another engine. Every passage is noted in the file `heard`, so that a
test knows that none was recognised twice. Runs inside a real engine child.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

from core.engine import EngineInfo
from core.errors import EngineMemory
from core.events import EngineChosen, Event, Job
from core.progress import CancelToken
from core.results import ChunkKey, Results
from core.transcript import Segment
from tests.fakes import cue_runs
from tests.fakes.pipeline_runs import options

INFO = EngineInfo("heavy", "Heavy", ("en",), gives_words=True, device="cuda:0", rows=8)
FAILS_AT = 3


def run(job: Job, *, results: Results, cancel: CancelToken, yield_point: Callable[[], None]) -> Iterator[Event]:
    """As `cue_runs.run`, by an engine that is too heavy until the job says otherwise."""
    wanted = options(job)
    light = 0 < job.rows < INFO.rows or job.device == "cpu" or job.engine == "builtin"
    kept = _Noting(results, wanted, None if light else MISDEEDS[wanted["heavy"]])
    plain = replace(job, context=" ".join(f"{name}={value}" for name, value in wanted.items() if name == "chunks"))
    for event in cue_runs.run(plain, results=kept, cancel=cancel, yield_point=yield_point):
        yield replace(event, recognizer=INFO) if isinstance(event, EngineChosen) else event


class _Noting:
    """A store that notes what was recognised, and the place where it goes wrong."""

    def __init__(self, results: Results, wanted: dict[str, str], misdeed: Callable[[], None] | None) -> None:
        self._results, self._misdeed = results, misdeed
        self._heard = Path(wanted["heard"])

    def get(self, key: ChunkKey) -> Segment | None:
        """As the store beneath."""
        return self._results.get(key)

    def put(self, key: ChunkKey, segment: Segment) -> None:
        """Note it; what is too heavy fails instead."""
        if self._misdeed is not None and segment.text == f"word{FAILS_AT}":
            self._misdeed()
        with self._heard.open("a") as heard:
            heard.write(segment.text + "\n")
        self._results.put(key, segment)


def _memory() -> None:
    raise EngineMemory(engine=INFO.id, device=INFO.device)


def _killed() -> None:
    """As the system's memory killer does."""
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


def _hung() -> None:
    """Hold the interpreter lock, so that no thread of the child runs."""
    ctypes.PyDLL(None).sleep(60)


def _nonsense() -> None:
    """Something unreadable on the connection, as from a library that writes where it should not."""
    for thing in gc.get_objects():
        if isinstance(thing, Connection):
            thing.send_bytes(b"\x00\xff no JSON")
    sys.stdout.flush()
    signal.pause()


MISDEEDS: dict[str, Callable[[], None]] = {
    "memory": _memory,
    "killed": _killed,
    "hung": _hung,
    "nonsense": _nonsense,
}
