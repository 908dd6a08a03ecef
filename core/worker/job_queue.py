"""The engine child's queue: two classes, interactive before batch, each in order of arrival. Knows no work."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field

from core.progress import CancelToken
from core.worker.messages import EngineRequest, Priority


@dataclass(frozen=True, slots=True)
class Task:
    """A job in the child, with the token that stops it."""

    request: EngineRequest
    cancel: CancelToken = field(default_factory=CancelToken)

    @property
    def job_id(self) -> str:
        """The job's id."""
        return self.request.job_id

    @property
    def interactive(self) -> bool:
        """Whether it may run between the steps of batch work."""
        return self.request.priority is Priority.INTERACTIVE


class JobQueue:
    """Filled by the reader thread, emptied by the thread that works. All methods are safe from any thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._interactive: deque[Task] = deque()
        self._batch: deque[Task] = deque()
        self._closed = False

    def put(self, task: Task) -> None:
        """Add a task behind those of its class."""
        with self._changed:
            (self._interactive if task.interactive else self._batch).append(task)
            self._changed.notify()

    def wait(self, timeout_s: float) -> bool:
        """Wait so long for a task or the end; whether either came."""
        with self._changed:
            return bool(
                self._changed.wait_for(lambda: self._closed or self._interactive or self._batch, timeout=timeout_s)
            )

    def take(self) -> Task | None:
        """Wait for the next task; None once the queue is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._interactive or self._batch)
            if self._closed:
                return None
            return (self._interactive or self._batch).popleft()

    def take_interactive(self) -> Task | None:
        """The next interactive task, or None where none waits."""
        with self._changed:
            return self._interactive.popleft() if self._interactive and not self._closed else None

    def drop(self, job_id: str) -> bool:
        """Remove a task that waits; whether there was one."""
        with self._changed:
            for waiting in (self._interactive, self._batch):
                for task in waiting:
                    if task.job_id == job_id:
                        waiting.remove(task)
                        return True
        return False

    def close(self) -> None:
        """Let `take` return None from now on."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
