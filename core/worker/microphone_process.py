"""The child that hears: one microphone, open while somebody may want to speak, and the recording made from it.

A child of its own, because sound must reach the disk whatever the window paints and whatever becomes of the engine.
What it does with a microphone is `microphone_work`, imported by name: this module is imported by the window, too.
"""

from __future__ import annotations

import contextlib
import queue
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, Final, get_args

import psutil

from core.progress import Cancelled, CancelToken
from core.worker.child import ChildSpent, ParentLink, failure_of, load, misdirected, prepare
from core.worker.messages import (
    Accepted,
    CancelJob,
    Heartbeat,
    JobBegun,
    JobCancelled,
    JobFailed,
    JobFinished,
    LastWord,
    Message,
    Spent,
)
from core.worker.sound_messages import OpenMicrophone, SoundRequest

CHILD: Final = "microphone"
WORK: Final = "core.worker.microphone_work:hear"
MICROPHONE: Final = "core.media.microphone.watch:Microphone"


def main(connection: Connection[Any, Any], log_file: str, microphone: str = MICROPHONE, work: str = WORK) -> None:
    """Where the spawned child begins; returns on `Shutdown`.

    Args:
        microphone: "module:class" of what is listened to (`core.media.microphone.watch.Microphone`).
        work: "module:function" that listens (`core.worker.microphone_work.hear`).
    """
    prepare(log_file)
    with contextlib.suppress(
        psutil.Error, OSError
    ):  # sound does not wait; where the system does not allow it, so be it
        psutil.Process().nice(getattr(psutil, "HIGH_PRIORITY_CLASS", -5))
    link = ParentLink(connection, CHILD)
    ear = Ear(link.send, microphone, work)
    link.serve(ear)
    ear.work_until_shut_down()


class Ear:
    """Microphones one after the other, each open until its job is cancelled, or one never lets go."""

    def __init__(self, tell: Callable[[Message], None], microphone: str, work: str) -> None:
        self._tell, self._microphone, self._work = tell, microphone, work
        self._asked: queue.SimpleQueue[OpenMicrophone | None] = queue.SimpleQueue()
        self._said: queue.SimpleQueue[SoundRequest] = queue.SimpleQueue()
        self._tokens: dict[str, CancelToken] = {}
        self._current = ""
        self._spent = False

    # ── from the reader and the heartbeat ────────────────────────────────────────────────────────

    def take(self, request: Message) -> None:
        """Open a microphone, or say something to the one that is open."""
        if isinstance(request, OpenMicrophone):
            self._tokens[request.job_id] = CancelToken()
            self._tell(Accepted(request.job_id))
            self._asked.put(request)
        elif isinstance(request, get_args(SoundRequest)):
            self._said.put(request)
        elif isinstance(request, CancelJob):
            if (token := self._tokens.get(request.job_id)) is not None:
                token.cancel()
        else:
            self._tell(misdirected(request, CHILD))

    def state(self) -> Heartbeat:
        """Whether one is open."""
        return Heartbeat(0, self._current, int(bool(self._current)), "")

    def shut_down(self) -> None:
        """Close what is open and let `main` return."""
        for token in list(self._tokens.values()):
            token.cancel()
        self._asked.put(None)

    # ── on the main thread ───────────────────────────────────────────────────────────────────────

    def work_until_shut_down(self) -> None:
        """Listen as asked; once a driver has hung, it would hang again with the next device."""
        while not self._spent and (request := self._asked.get()) is not None:
            self._current = request.job_id
            self._tell(JobBegun(request.job_id))
            last_word = self._listen(request)
            self._current = ""
            self._tokens.pop(request.job_id, None)
            if last_word is not None:
                self._tell(last_word)
        if self._spent:
            self._tell(Spent())

    def _listen(self, request: OpenMicrophone) -> LastWord | None:
        """The job's last word; None where a fresh child shall go on with it."""
        try:
            hear = load(self._work)
            microphone = load(self._microphone)(request.device)
            try:
                hear(request.job_id, microphone, self._next_said, self._tell, self._tokens[request.job_id])
            finally:
                self._spent = microphone.left_behind
        except ChildSpent:
            return None
        except Cancelled:
            return JobCancelled(request.job_id)
        except Exception as error:  # noqa: BLE001 - sound libraries raise anything; the window must hear of it as data
            return JobFailed(request.job_id, failure_of(error))
        return JobFinished(request.job_id)

    def _next_said(self) -> SoundRequest | None:
        """To the microphone that is open; what the one before did not come to is not for it."""
        with contextlib.suppress(queue.Empty):
            while (said := self._said.get_nowait()).job_id != self._current:
                pass
            return said
        return None
