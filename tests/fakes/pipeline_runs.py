"""A pipeline that needs no media: says and stores chunks as `core.pipeline.run` does, and misbehaves as told.

The job's `context` tells how, as words: "chunks=5 pause_ms=20 freeze_at=2". Runs inside a real engine child.
"""

from __future__ import annotations

import ctypes
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from core.cue import Cue
from core.engine import EngineInfo
from core.errors import EngineError
from core.events import ChunkDone, CuesFound, EngineChosen, Event, Job, JobDone
from core.progress import CancelToken, Progress, Stage
from core.results import ChunkKey, Results
from core.transcript import Segment, Word

INFO = EngineInfo("fake", "Fake", ("en",), gives_words=True)


def options(job: Job) -> dict[str, str]:
    """What the job's context asks for."""
    return dict(word.split("=") for word in job.context.split())


def key(index: int) -> ChunkKey:
    """Where chunk `index` is stored."""
    return ChunkKey("recognise", "media", 1, index * 16_000, (index + 1) * 16_000, "fake")


def segment(index: int) -> Segment:
    """What chunk `index` says."""
    start_ms = index * 1000
    words = (Word(f"word{index}", start_ms, start_ms + 500, id=f"w{index}"),)
    return Segment(start_ms, start_ms + 500, f"word{index}", ("en",), words, "fake")


def run(job: Job, *, results: Results, cancel: CancelToken, yield_point: Callable[[], None]) -> Iterator[Event]:
    """Chunks with pauses; `<misdeed>_at=<chunk>` misbehaves before that chunk."""
    wanted = options(job)
    chunks = int(wanted.get("chunks", "3"))
    yield EngineChosen(INFO, None)
    for index in range(chunks):
        cancel.check()
        yield Progress(Stage.RECOGNISE, index * 1000, chunks * 1000)
        stored = results.get(key(index))
        if stored is None:
            _work(wanted, index, cancel, yield_point)
            results.put(key(index), segment(index))
        yield ChunkDone(index, chunks, stored or segment(index), stored is not None)
    if "cues" in wanted:
        yield CuesFound(tuple(Cue(segment(i).words, i * 1000, i * 1000 + 500) for i in range(int(wanted["cues"]))))
    yield JobDone("en", "netflix-en", chunks * 1000, chunks)


def _work(wanted: dict[str, str], index: int, cancel: CancelToken, yield_point: Callable[[], None]) -> None:
    """Decode steps of a millisecond, each with a cancel point and a yield point; or a misdeed.

    `pause_ms` holds for every chunk, or for the one that `pause_at` names; a file `until` ends it early.
    """
    for name, misdeed in MISDEEDS.items():
        if wanted.get(f"{name}_at") == str(index):
            misdeed(wanted)
    if wanted.get("pause_at", str(index)) != str(index):
        return
    for _ in range(int(wanted.get("pause_ms", "0"))):
        cancel.check()
        yield_point()
        if "until" in wanted and Path(wanted["until"]).exists():
            return
        time.sleep(0.001)


def _ignore_cancel(wanted: dict[str, str]) -> None:
    """As inside a kernel: no cancel point for a minute, or until a file is there; `inside` is written first."""
    if "inside" in wanted:
        Path(wanted["inside"]).touch()
    for _ in range(6000):
        if "until" in wanted and Path(wanted["until"]).exists():
            return
        time.sleep(0.01)


def _freeze(_wanted: dict[str, str]) -> None:
    """Hold the interpreter lock, so that no thread of the child runs."""
    ctypes.PyDLL(None).sleep(60)


def _fail(_wanted: dict[str, str]) -> None:
    raise EngineError(engine="fake", cause="asked to")


def _stumble(_wanted: dict[str, str]) -> None:
    raise ValueError("a fault of ours")


def _crash(_wanted: dict[str, str]) -> None:
    ctypes.string_at(0)


def _leave(_wanted: dict[str, str]) -> None:
    os._exit(7)


def _chatter(_wanted: dict[str, str]) -> None:
    """What native code prints must not reach the connection."""
    os.write(1, b"printed by native code\n")
    os.write(2, b"a complaint by native code\n")


MISDEEDS: dict[str, Callable[[dict[str, str]], None]] = {
    "stubborn": _ignore_cancel,
    "freeze": _freeze,
    "fail": _fail,
    "stumble": _stumble,
    "crash": _crash,
    "leave": _leave,
    "chatter": _chatter,
}
