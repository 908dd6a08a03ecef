"""Dictations in the engine child: sound comes in pieces, and each piece is a short job of its own in the queue.

So a dictation never holds the engine while nobody speaks, and goes between the steps of batch work. What waits is
heard in pieces of a few seconds: an engine slower than speech falls behind, says so, and drops nothing.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np

from core.events import EngineChosen, SpeechHeard
from core.media.waveform import Samples
from core.timecode import SAMPLE_RATE, ms_from_samples
from core.worker.job_queue import JobQueue, Task
from core.worker.messages import EventHappened, JobBegun, JobFinished, Message, StartDictation
from core.worker.sound_messages import EndDictation, FeedSound

MOST_A_STEP: Final = 2 * SAMPLE_RATE
"""Sound heard at once; what waits longer comes in the next step, so that words are shown on the way."""


@dataclass(slots=True, eq=False)
class _Running:
    """A dictation: its task, the sound that waits, and, once begun, what listens."""

    task: Task
    waiting: deque[Samples] = field(default_factory=deque)
    ended: bool = False
    queued: bool = False
    listening: Any = None


class Dictations:
    """All that run. `begin`, `tell` and `cancel` are called by the reader, `step` by the thread that works."""

    def __init__(self, queue: JobQueue, tell: Callable[[Message], None], begin: Callable[..., Any]) -> None:
        """`begin`: as `core.pipeline_dictation.begin`."""
        self._queue, self._tell, self._begin = queue, tell, begin
        self._lock = threading.Lock()
        self._running: dict[str, _Running] = {}

    def __contains__(self, job_id: str) -> bool:
        return job_id in self._running

    def start(self, task: Task) -> None:
        """A new one; its engine loads with its first step."""
        with self._lock:
            running = self._running[task.job_id] = _Running(task)
            self._line_up(running)

    def hear(self, request: FeedSound | EndDictation) -> None:
        """Sound for one, or its end."""
        with self._lock:
            running = self._running.get(request.job_id)
            if running is None:
                return
            if isinstance(request, EndDictation):
                running.ended = True
            else:
                running.waiting.append(np.frombuffer(request.pcm, "<i2").astype(np.float32) / np.float32(32768))
            self._line_up(running)

    def cancel(self, job_id: str) -> None:
        """Stop one: at its next step, which comes at once."""
        with self._lock:
            running = self._running.get(job_id)
            if running is not None:
                running.task.cancel.cancel()
                self._line_up(running)

    def cancel_all(self) -> None:
        """Stop every one."""
        for job_id in list(self._running):
            self.cancel(job_id)

    def step(self, task: Task) -> JobFinished | None:
        """Hear what waits; the last word, where it was the last step.

        Raises:
            Cancelled: it was stopped.
            CuesmithError: the engine failed.
        """
        running = self._running[task.job_id]
        job_id = task.job_id
        with self._lock:
            running.queued = False
        task.cancel.check()
        if running.listening is None:
            self._tell(JobBegun(job_id))
            request = task.request
            assert isinstance(request, StartDictation)
            running.listening = self._begin(request.job)
            self._tell(EventHappened(job_id, EngineChosen(running.listening.info, None)))
        samples, left, over = self._taken(running)
        if len(samples):
            self._say(job_id, running.listening.feed(samples), left)
        if not over:
            return None
        self._say(job_id, running.listening.finish(), 0)
        return JobFinished(job_id)

    def close(self, job_id: str) -> None:
        """It had its last word."""
        with self._lock:
            self._running.pop(job_id, None)

    def _taken(self, running: _Running) -> tuple[Samples, int, bool]:
        """(sound for this step, samples left waiting, whether this is the end)."""
        pieces: list[Samples] = []
        count = 0
        with self._lock:
            while running.waiting and count < MOST_A_STEP:
                pieces.append(running.waiting.popleft())
                count += len(pieces[-1])
            left = sum(map(len, running.waiting))
            if left:
                self._line_up(running)
            return np.concatenate([np.zeros(0, np.float32), *pieces]), left, running.ended and not left

    def _say(self, job_id: str, heard: SpeechHeard, left: int) -> None:
        self._tell(EventHappened(job_id, replace(heard, lag_ms=heard.lag_ms + ms_from_samples(left))))

    def _line_up(self, running: _Running) -> None:
        """Into the queue, where it does not stand there. The lock is held."""
        if not running.queued:
            running.queued = True
            self._queue.put(running.task)
