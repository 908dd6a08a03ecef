"""The child that owns PyAV: probes, peaks and speech spans for the window, several at once. May be killed at any time.

Knows each kind of work only as a generator of replies in a table to import (`work`); `turns` shares a few threads out
among them. A probe is quick work: it never waits for peaks.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from multiprocessing.connection import Connection
from typing import Any, Final, get_args

from core.progress import Cancelled, CancelToken
from core.worker.child import MEDIA_NICENESS, ParentLink, failure_of, load, misdirected, prepare, step_back
from core.worker.media_messages import MediaRequest, MediaResult, Probe, ShowFrame
from core.worker.messages import Accepted, CancelJob, Heartbeat, JobBegun, JobCancelled, JobFailed, JobFinished, Message
from core.worker.render_messages import DrawCues
from core.worker.turns import Turns

CHILD: Final = "media"
WORK: Final = "core.worker.media_work:work_for"

MediaWork = Callable[[MediaRequest, CancelToken], Generator[MediaResult, None, None]]


def main(connection: Connection[Any, Any], log_file: str, work: str = WORK) -> None:
    """Where the spawned child begins; returns on `Shutdown`.

    Args:
        work: "module:function" that gives the generator of a request's replies (`MediaWork`).
    """
    prepare(log_file)
    step_back(MEDIA_NICENESS)
    link = ParentLink(connection, CHILD)
    media = Media(link.send, work)
    link.serve(media)
    media.work_until_shut_down()


class Media:
    """The requests under way. Its own methods are called from the reader and the heartbeat."""

    def __init__(
        self,
        tell: Callable[[Message], None],
        work: str,
        *,
        takes: tuple[type[Any], ...] = get_args(MediaRequest),
        child: str = CHILD,
    ) -> None:
        """`takes`: the requests that are this child's."""
        self._tell, self._work, self._takes, self._child = tell, work, takes, child
        self._turns = Turns()
        self._under_way: dict[str, _UnderWay] = {}
        self._over = threading.Event()

    def take(self, request: Message) -> None:
        """Put a request in line, or cancel one."""
        if isinstance(request, self._takes):
            under_way = _UnderWay(request, self._work, self._tell, self._forget)
            self._under_way[request.job_id] = under_way
            self._tell(Accepted(request.job_id))
            self._turns.add(under_way)
        elif isinstance(request, CancelJob):
            self._cancel(request.job_id)
        else:
            self._tell(misdirected(request, self._child))

    def state(self) -> Heartbeat:
        """How many requests are under way; no single one is "the" job."""
        return Heartbeat(0, "", len(self._under_way), "")

    def shut_down(self) -> None:
        """Cancel everything and let `main` return."""
        for under_way in list(self._under_way.values()):
            under_way.cancel.cancel()
        self._turns.close()
        self._over.set()

    def work_until_shut_down(self) -> None:
        """Keep the main thread while the others work."""
        self._over.wait()

    def _cancel(self, job_id: str) -> None:
        under_way = self._under_way.get(job_id)
        if under_way is None:
            return
        under_way.cancel.cancel()
        if self._turns.drop(under_way):
            self._forget(job_id)
            self._tell(JobCancelled(job_id))

    def _forget(self, job_id: str) -> None:
        self._under_way.pop(job_id, None)


class _UnderWay:
    """One request: begun at its first step, its last word said at its last."""

    def __init__(
        self, request: MediaRequest, work: str, tell: Callable[[Message], None], forget: Callable[[str], None]
    ) -> None:
        self.quick = isinstance(request, Probe | ShowFrame | DrawCues)
        self.cancel = CancelToken()
        self._request = request
        self._work = work
        self._tell = tell
        self._forget = forget
        self._replies: Generator[MediaResult, None, None] | None = None

    def step(self) -> bool:
        """Send one reply; says the last word when there are no more, or when it was cancelled or failed."""
        job_id = self._request.job_id
        try:
            if self._send_next():
                return True
            last_word: JobFinished | JobFailed | JobCancelled = JobFinished(job_id)
        except Cancelled:
            last_word = JobCancelled(job_id)
        except Exception as error:  # noqa: BLE001 - decoders raise anything; the window must hear of it as data
            last_word = JobFailed(job_id, failure_of(error))
        self._forget(job_id)
        self._tell(last_word)
        return False

    def _send_next(self) -> bool:
        """One step; False at the end. Whatever ends it, files the generator holds are closed."""
        try:
            self.cancel.check()
            if self._replies is None:
                self._tell(JobBegun(self._request.job_id))
                work: MediaWork = load(self._work)
                self._replies = work(self._request, self.cancel)
            self._tell(next(self._replies))
        except StopIteration:
            return False
        except BaseException:
            if self._replies is not None:
                self._replies.close()
            raise
        return True
