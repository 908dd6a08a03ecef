"""Measures healing on real speech: wrong words corrected one at a time, alone and beside a batch job. Knows no window.

What a person waits for is measured from the correction to the late edit, through a real engine child; the batch job
recognises the same film with the built-in engine, over and over.
"""

from __future__ import annotations

import queue
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Any

import psutil

from core.bench.corrections import Outcome, case, corrected
from core.document.heal import Window
from core.errors import EngineError
from core.events import Job, WordsJob, WordsTimed
from core.given_text import read_text
from core.paths import resource
from core.transcript import Word
from core.worker.client import EngineClient
from core.worker.messages import EventHappened, JobFinished, LastWord, Reply

_PATIENCE_S = 60.0


def measure(*, media: str = "", text: str = "", seed: int = 0) -> dict[str, Any]:
    """Correct `text` with a tenth of its words wrong, in `media` ("" and "" = the sample film and what is said in it).

    Returns:
        corrections; kept_share of the words nobody touched that have the times they had; measured_share of the
        corrected ones that got times from the sound; mean_shift_ms from where they are in the whole true text; and,
        alone and beside_a_job, first_s, median_s and max_s a correction by the clock. Alone also the child's processor
        time, first_cpu_s with its start and median_cpu_s, which other programs change little.

    Raises:
        CuesmithError: the text cannot be read or timed.
    """
    film = media or str(resource("sample", "last_boat.mp4"))
    lines = read_text(text or resource("sample", "last_boat.txt")).lines
    work = case(film, lines, seed=seed)
    with _asking() as alone:
        outcome = corrected(work, alone.ask, seed=seed)
    with _asking() as busy, _batch_work(busy, film):
        again = corrected(work, busy.ask, seed=seed)
    return {
        **_of(outcome),
        "same_beside_a_job": outcome == again,
        "alone": alone.times() | alone.cpu_times(),
        "beside_a_job": busy.times(),
    }


def _of(outcome: Outcome) -> dict[str, Any]:
    return {
        "corrections": outcome.corrected,
        "kept_share": round(outcome.kept / max(1, outcome.untouched), 4),
        "measured_share": round(outcome.measured / max(1, outcome.corrected), 3),
        "mean_shift_ms": round(outcome.mean_shift_ms, 1),
    }


@dataclass(slots=True)
class _Asking:
    """An engine child that is asked and waited for.

    Attributes:
        took_s: how long each answer took. cpu_s: what the child had used after each.
    """

    client: EngineClient
    heard: queue.SimpleQueue[Reply]
    took_s: list[float] = field(default_factory=list)
    cpu_s: list[float] = field(default_factory=list)

    def ask(self, media: str, asked: Window) -> Sequence[Word] | None:
        """The window's words timed by the built-in aligner."""
        started = time.perf_counter()
        words = tuple((word.text, word.after) for word in asked.words)
        job_id = self.client.time_words(WordsJob(media, asked.start_ms, asked.end_ms, words, "en", aligner="builtin"))
        timed: Sequence[Word] | None = None
        while True:
            reply = self._next()
            if isinstance(reply, EventHappened) and isinstance(reply.event, WordsTimed):
                timed = reply.event.words
            if isinstance(reply, LastWord) and reply.job_id == job_id:
                break
        self.took_s.append(time.perf_counter() - started)
        used = psutil.Process(self.client.child_pid).cpu_times()
        self.cpu_s.append(used.user + used.system)
        return timed if isinstance(reply, JobFinished) else None

    def times(self) -> dict[str, float]:
        """Seconds a correction took."""
        first, rest = self.took_s[0], self.took_s[1:] or self.took_s
        return {"first_s": round(first, 2), "median_s": round(median(rest), 3), "max_s": round(max(rest), 3)}

    def cpu_times(self) -> dict[str, float]:
        """Processor seconds a correction took, where the child did nothing else."""
        each = [after - before for before, after in pairwise(self.cpu_s)] or self.cpu_s
        return {"first_cpu_s": round(self.cpu_s[0], 2), "median_cpu_s": round(median(each), 2)}

    def wait_for_recognition(self) -> None:
        """Until the batch job hears speech."""
        while not _recognises(self._next()):
            pass

    def _next(self) -> Reply:
        try:
            return self.heard.get(timeout=_PATIENCE_S)
        except queue.Empty as error:
            raise EngineError(engine="builtin", cause=f"no answer in {_PATIENCE_S:.0f} s") from error


def _recognises(reply: Reply) -> bool:
    stage = getattr(getattr(reply, "event", None), "stage", "")
    return stage == "recognise"


@contextmanager
def _asking() -> Iterator[_Asking]:
    heard: queue.SimpleQueue[Reply] = queue.SimpleQueue()
    client = EngineClient(heard.put)
    try:
        yield _Asking(client, heard)
    finally:
        client.close()


@contextmanager
def _batch_work(asking: _Asking, film: str) -> Iterator[None]:
    """Recognition under way in the same child; enough of it for all corrections."""
    jobs = [asking.client.start(Job(film, engine="builtin", languages=("en",))) for _ in range(20)]
    asking.wait_for_recognition()
    try:
        yield
    finally:
        for job_id in jobs:
            asking.client.cancel(job_id)
