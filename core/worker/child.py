"""What both children share: reading requests, the heartbeat, the log, and ending with the parent. Knows no work.

Threads of a child: the main thread (or a small pool) works, `reader` takes requests so that a cancel is heard while
the work runs, `heartbeat` says once a second that the child lives. When the connection ends, the parent is gone, and
the child ends at once: what must survive is on disk already.
"""

from __future__ import annotations

import contextlib
import faulthandler
import importlib
import logging
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, Final, NoReturn, Protocol

import psutil

from core.errors import CuesmithError, Failure, Param, UnknownMessage, wrap_unexpected
from core.worker.framing import Channel, readable
from core.worker.messages import Heartbeat, JobFailed, Message, Ping, Pong, Refused, Shutdown

HEARTBEAT_S: Final = 1.0

MEDIA_NICENESS: Final = 5
ENGINE_NICENESS: Final = 10
"""The window before the media child before the engine: with a run under way and a film being read on two processors, a
key waited up to 70 ms for its turn while the media child had the window's own priority, and up to 39 ms since. On Linux
5 is about a third, 10 a ninth of the weight of a process that did not step back; alone nothing changes."""

_log = logging.getLogger(__name__)


class ChildSpent(Exception):
    """The child cannot do its job to the end, and a fresh one can."""


class Work(Protocol):
    """What a child does with requests. All three are called from other threads than the one that works."""

    def take(self, request: Message) -> None:
        """Queue a request or cancel one; returns at once."""
        ...

    def state(self) -> Heartbeat:
        """What the child is doing, with rss_bytes 0."""
        ...

    def shut_down(self) -> None:
        """Cancel everything; the main thread then returns."""
        ...


class ParentLink:
    """The child's end of the connection. A parent that is gone ends the process."""

    def __init__(self, connection: Connection[Any, Any], child: str) -> None:
        self._channel = Channel(connection, child)

    def send(self, message: Message) -> None:
        """Tell the parent; safe from any thread.

        Raises:
            CuesmithError: as `Channel.send`; it cannot be sent.
        """
        try:
            self._channel.send(message)
        except OSError:
            _end_with_the_parent()

    def serve(self, work: Work) -> None:
        """Start the reader and the heartbeat; both live as long as the process."""
        for target in (self._read, self._beat):
            threading.Thread(target=target, args=(work,), name=target.__name__, daemon=True).start()

    def _read(self, work: Work) -> None:
        while True:
            try:
                self._handle(self._channel.receive(), work)
            except EOFError:
                _end_with_the_parent()
            except CuesmithError as error:
                self.send(Refused(error.failure()))

    def _handle(self, request: Message, work: Work) -> None:
        if isinstance(request, Ping):
            self.send(Pong(request.token))
        elif isinstance(request, Shutdown):
            work.shut_down()
        else:
            work.take(request)

    def _beat(self, work: Work) -> None:
        process = psutil.Process()
        pause = threading.Event()
        while True:
            state = work.state()
            self.send(Heartbeat(process.memory_info().rss, state.job_id, state.busy, state.stage))
            pause.wait(HEARTBEAT_S)


def prepare(log_file: str) -> None:
    """First thing in a child: everything printed goes to `log_file`, crashes leave a traceback there.

    A keyboard interrupt in a terminal reaches the whole process group; what it means is the parent's business.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stream = open(log_file, "w", buffering=1, encoding="utf-8", errors="backslashreplace")  # noqa: SIM115 - for life
    for descriptor in (1, 2):
        os.dup2(stream.fileno(), descriptor)
    sys.stdout = sys.stderr = stream
    faulthandler.enable(stream)
    logging.basicConfig(stream=stream, level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")


def step_back(niceness: int) -> None:
    """Take less of a busy processor than the window does: typing must not wait for recognition or for reading."""
    lower = getattr(psutil, "BELOW_NORMAL_PRIORITY_CLASS", niceness)  # the name is there on Windows only
    with contextlib.suppress(psutil.Error, OSError):  # a program started at a lower priority still stays there
        psutil.Process().nice(lower)


def load(target: str) -> Callable[..., Any]:
    """The function named by "module:attribute"; imports its module."""
    module, _, attribute = target.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), attribute)
    return found


def failure_of(error: BaseException) -> Failure:
    """`error` as data that can cross the border, with its traceback as details."""
    details = "".join(traceback.format_exception(error))
    known = wrap_unexpected(error, details)
    if type(known) is not type(error):
        _log.error("%s", details)
    params = {name: _plain(value) for name, value in known.params.items()}
    return Failure(known.code, params, readable(known.details or details))


def _plain(value: object) -> Param:
    """What JSON carries as it is, else text: a last word must never fail to be sent."""
    if value is None or isinstance(value, int | float):
        return value
    return readable(str(value))


def misdirected(request: Message, child: str) -> JobFailed | Refused:
    """The answer to a request this child does not do: a job's last word, where it is a job."""
    failure = UnknownMessage(child=child, what=f"{type(request).__name__} is not for it").failure()
    job_id = getattr(request, "job_id", "")
    return JobFailed(job_id, failure) if job_id else Refused(failure)


def _end_with_the_parent() -> NoReturn:
    """End without clean-up: there is nobody to tell, and another thread may be deep in a kernel."""
    os._exit(0)
