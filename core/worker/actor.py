"""The thread between a client and its child: all state lives here and is touched by that thread only. Knows no Qt.

Requests, what the child says and the end of the child come through one inbox in order; between them the clock is
looked at. What happens when is written in `client`.
"""

from __future__ import annotations

import logging
import queue
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from core.errors import Failure, WorkerDied, WorkerHung
from core.worker.framing import message_dir
from core.worker.ledger import Ledger
from core.worker.messages import (
    CancelJob,
    Heartbeat,
    JobBegun,
    JobCancelled,
    JobFailed,
    JobFinished,
    JobRestarted,
    Message,
    Ping,
    Reply,
    Request,
    Spent,
    WorkRequest,
)
from core.worker.session import ChildSpec, Ended, Heard, Item, Session, Unreadable, Unsent, child_log_dir, sweep
from core.worker.sound_messages import OngoingRequest

_log = logging.getLogger(__name__)

_WATCH_S: Final = 0.5
_WATCH_CANCEL_S: Final = 0.1
_EXIT_S: Final = 1.0
_LEFT_BEHIND_S: Final = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the client waits, in seconds.

    Attributes:
        cancel_grace_s: after a cancel, before the child is ended (a setting).
        silence_s: without any sign from the child, before it counts as hung.
        start_s: the same for its first sign: a cold disk and a busy processor make a child's start slow.
        close_s: for the child to end by itself on `close`.
    """

    cancel_grace_s: float = 5.0
    silence_s: float = 30.0
    start_s: float = 90.0
    close_s: float = 2.0


@dataclass(frozen=True, slots=True)
class Ask:
    """Have a job done."""

    request: WorkRequest


@dataclass(frozen=True, slots=True)
class Tell:
    """Say something that is no job."""

    request: CancelJob | Ping | OngoingRequest


@dataclass(frozen=True, slots=True)
class Close:
    """End."""


@dataclass(frozen=True, slots=True)
class _Verdict:
    """Why we ended a child: with a failure of its own, or, None, because a job did not stop when cancelled, or it was
    spent."""

    failure: Failure | None


Inbox = queue.SimpleQueue[Item | Ask | Tell | Close]


class Actor:
    """What runs on the client's thread.

    Its clock counts at most a second between two looks, so that a laptop's sleep or a stopped parent does not make
    the child look hung.
    """

    def __init__(
        self,
        spec: ChildSpec,
        deliver: Callable[[Reply], None],
        patience: Patience,
        inbox: Inbox,
    ) -> None:
        self.name = spec.name
        self._spec = spec
        self._deliver = deliver
        self._patience = patience
        self._inbox = inbox
        self._ledger = Ledger()
        self._session: Session | None = None
        self._verdict: _Verdict | None = None
        self._running = ""
        self._clock_s = 0.0
        self._looked_s = time.monotonic()
        self._heard_s = 0.0
        self._silence_s = patience.start_s

    @property
    def child_pid(self) -> int | None:
        """Process id of the running child, or None."""
        session = self._session
        return session.pid if session is not None else None

    def run(self) -> None:
        """Handle what comes until closed."""
        self._sweep()
        while True:
            item = self._next()
            self._advance_clock()
            if isinstance(item, Close):
                break
            if item is not None:
                self._handle(item)
            self._watch()
        self._close()

    def _next(self) -> Item | Ask | Tell | Close | None:
        """What comes next, or None when it is time to look at the clock. Without a child nothing is watched."""
        pause_s = _WATCH_CANCEL_S if self._ledger.any_cancelled() else _WATCH_S
        try:
            return self._inbox.get(timeout=pause_s if self._session is not None else None)
        except queue.Empty:
            return None

    def _handle(self, item: Item | Ask | Tell) -> None:
        match item:
            case Ask(request):
                self._ask(request)
            case Tell(CancelJob(job_id)):
                self._cancel(job_id)
            case Tell(Ping() as ping):
                if self._session is not None or self._start():
                    self._send(ping)
            case Tell(request) if getattr(request, "job_id", "") in self._ledger:
                self._ledger.amend(request)
                self._send(request)
            case Unsent(session, request, failure) if session is self._session:
                self._fail_unsent(request, failure)
            case Heard(session, message) if session is self._session:
                self._hear(message)
            case Unreadable(session, failure) if session is self._session:
                self._end_child(session, _Verdict(failure))
            case Ended(session) if session is self._session:
                self._bury(session)

    # ── towards the child ────────────────────────────────────────────────────────────────────────

    def _ask(self, request: WorkRequest) -> None:
        self._ledger.add(request)
        if self._session is None:
            self._start()
        else:
            self._send(request)

    def _send(self, request: Request) -> None:
        if self._session is not None:
            self._session.send(request)

    def _start(self) -> bool:
        """A fresh child with every job of the book; fails them all where the system starts no process."""
        try:
            self._session = Session(self._spec, self._inbox.put)
        except OSError as error:
            failure = WorkerDied(child=self.name, cause=f"it could not be started: {error}").failure()
            for job_id in self._ledger.ids():
                self._last_word(JobFailed(job_id, failure))
            return False
        self._verdict, self._running = None, ""
        self._heard_s, self._silence_s = self._clock_s, self._patience.start_s
        for request in self._ledger.requests():
            self._send(request)
        return True

    def _cancel(self, job_id: str) -> None:
        if self._ledger.cancel(job_id, by_s=self._clock_s + self._patience.cancel_grace_s):
            self._send(CancelJob(job_id))

    # ── from the child ───────────────────────────────────────────────────────────────────────────

    def _hear(self, message: Message) -> None:
        """Keep the book and pass on; what comes for a job that has had its last word is stale and dropped."""
        self._heard_s, self._silence_s = self._clock_s, self._patience.silence_s
        job_id = getattr(message, "job_id", "")
        match message:
            case JobFinished() | JobFailed() | JobCancelled():
                self._last_word(message)
                return
            case Spent() if self._session is not None:
                self._end_child(self._session, _Verdict(None))
                return
            case Heartbeat():
                self._running = job_id
            case _ if job_id and job_id not in self._ledger:
                return
            case JobBegun():
                self._ledger.begin(job_id)
        if isinstance(message, Reply):
            self._tell_owner(message)

    def _last_word(self, word: JobFinished | JobFailed | JobCancelled) -> None:
        """Say a job's last word, once; an error while stopping is no news to somebody who stopped it."""
        entry = self._ledger.close(word.job_id)
        if entry is None:
            return
        if entry.cancelled and isinstance(word, JobFailed):
            word = JobCancelled(word.job_id)
        self._tell_owner(word)

    def _fail_unsent(self, request: Request, failure: Failure) -> None:
        if not isinstance(request, CancelJob | Ping):
            self._last_word(JobFailed(getattr(request, "job_id", ""), failure))

    def _tell_owner(self, reply: Reply) -> None:
        try:
            self._deliver(reply)
        except Exception:  # noqa: BLE001 - an owner's fault must not stop the other jobs
            _log.exception("the owner of the %s client failed on %s", self.name, type(reply).__name__)

    # ── when things go wrong ─────────────────────────────────────────────────────────────────────

    def _advance_clock(self) -> None:
        now_s = time.monotonic()
        self._clock_s += min(now_s - self._looked_s, 1.0)
        self._looked_s = now_s

    def _watch(self) -> None:
        """End a child that is silent or does not stop."""
        if self._session is None or self._verdict is not None:
            return
        grace_s = self._patience.cancel_grace_s
        if self._ledger.overdue(self._clock_s, running=self._running, grace_s=grace_s):
            self._end_child(self._session, _Verdict(None))
        elif self._clock_s - self._heard_s > self._silence_s:
            hung = WorkerHung(child=self.name, seconds=round(self._silence_s))
            self._end_child(self._session, _Verdict(hung.failure()))

    def _end_child(self, session: Session, verdict: _Verdict) -> None:
        """End it; what it had sent stands in the inbox before its `Ended`, so nothing that came is lost."""
        if self._verdict is None:
            self._verdict = verdict
            session.end()

    def _bury(self, session: Session) -> None:
        """The child is gone: say what became of its jobs and start a fresh one for those that go on."""
        if self._verdict is None:
            session.wait_for_exit(_EXIT_S)
        session.end()
        cause, log_tail = session.close()
        died = WorkerDied(child=self.name, cause=cause, details=log_tail).failure()
        failure = died if self._verdict is None else self._verdict.failure
        self._session = None
        after = self._ledger.child_ended(for_cancel=failure is None)
        for job_id in after.cancelled:
            self._tell_owner(JobCancelled(job_id))
        for job_id in after.failed:
            self._tell_owner(JobFailed(job_id, failure or died))
        for job_id in (*after.restarted, *after.unheard):
            self._tell_owner(JobRestarted(job_id))
        if after.restarted or after.waiting:
            self._start()

    def _close(self) -> None:
        """End the child; every job left is cancelled."""
        if self._session is not None:
            self._session.shut_down(self._patience.close_s)
            self._session.close()
            self._session = None
        for job_id in self._ledger.ids():
            self._last_word(JobCancelled(job_id))

    def _sweep(self) -> None:
        """Delete what children of killed programs left behind."""
        for folder in (message_dir(), child_log_dir()):
            sweep(folder, older_than_s=_LEFT_BEHIND_S, now_s=time.time())
