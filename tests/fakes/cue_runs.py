"""A pipeline that brings a cue a passage and stores each passage before it says so; dies or fails where it is told to.

The job's `context` tells how: "chunks=6 pause_ms=50 leave_at=3 flag=/tmp/x". A misdeed happens only while the file
`flag` is not there, and makes it, so that the next run gets through. "stay_at=3 until=/tmp/x" stays before that passage
until the file is there, without `until` until it is stopped: however slow a test is, the job is in its middle. Runs
inside a real engine child.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from core.cue import Cue
from core.engine import EngineInfo
from core.errors import EngineError
from core.events import ChunkDone, CuesFound, EngineChosen, Event, Job, JobDone, Resumed
from core.progress import CancelToken, Progress, Stage
from core.results import Results
from tests.fakes.pipeline_runs import key, options, segment

INFO = EngineInfo("fake", "Stand-in", ("en",), gives_words=True, draft=True)


def run(job: Job, *, results: Results, cancel: CancelToken, yield_point: Callable[[], None]) -> Iterator[Event]:
    """A passage a second of film, half of it spoken."""
    wanted = options(job)
    chunks = int(wanted.get("chunks", "4"))
    yield EngineChosen(INFO, None)
    stored = sum(results.get(key(index)) is not None for index in range(chunks))
    if stored:
        yield Resumed(stored, chunks)
    for index in range(chunks):
        found = results.get(key(index))
        if found is None:
            _work(wanted, index, cancel)
            results.put(key(index), segment(index))
        yield ChunkDone(index, chunks, segment(index), found is not None)
        yield Progress(Stage.RECOGNISE, (index + 1) * 1000, chunks * 1000)
        yield CuesFound((Cue(segment(index).words, index * 1000, index * 1000 + 800, mark="draft"),))
        yield_point()
    yield JobDone("en", wanted.get("style", "netflix-en"), chunks * 1000, chunks)


def _work(wanted: dict[str, str], index: int, cancel: CancelToken) -> None:
    for _ in range(int(wanted.get("pause_ms", "0"))):
        cancel.check()
        time.sleep(0.001)
    while wanted.get("stay_at") == str(index) and not Path(wanted.get("until", "nowhere")).exists():
        cancel.check()
        time.sleep(0.005)
    flag = Path(wanted["flag"]) if "flag" in wanted else None
    if flag is not None and flag.exists():
        return
    for name, misdeed in (("leave", _leave), ("fail", _fail)):
        if wanted.get(f"{name}_at") == str(index):
            if flag is not None:
                flag.touch()
            misdeed()


def _leave() -> None:
    os._exit(7)


def _fail() -> None:
    raise EngineError(engine="fake", cause="asked to")
