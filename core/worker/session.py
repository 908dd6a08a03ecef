"""One life of one child, seen from the parent: start it, write to it, read from it, end it, say how it ended.

Knows messages, no jobs. Two threads live with the child: `reader` puts what comes into the inbox and `Ended` last,
`writer` sends, so that a child that does not read never holds up the parent.
"""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing
import os
import queue
import signal
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.errors import CuesmithError, Failure
from core.files import why_not_writable
from core.looks import looks
from core.paths import log_dir
from core.worker.framing import Channel
from core.worker.messages import Message, Request, Shutdown

_TERMINATE_S: Final = 0.5
"""How long a child may take to follow a polite signal."""

_KILL_S: Final = 3.0
"""How long a killed child may take: one that waits for a dead network disk does not end at all."""

_TAIL_BYTES: Final = 4096

_CRASHES: Final = ("SIGSEGV", "SIGBUS", "SIGILL", "SIGFPE", "SIGABRT")

_numbers = itertools.count(1)


def child_log_dir() -> Path:
    """Where a running child's log lies; it is deleted when the child has ended."""
    return log_dir() / "children"


@dataclass(frozen=True, slots=True)
class ChildSpec:
    """Which child to start.

    Attributes:
        name: for people: "engine" or "media".
        main: called in the child with (connection, log_file, *arguments); a module-level function.
        arguments: plain strings.
    """

    name: str
    main: Callable[..., None]
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """A message came."""

    session: Session
    message: Message


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something came that is no message."""

    session: Session
    failure: Failure


@dataclass(frozen=True, slots=True)
class Unsent:
    """A request could not be made into a message."""

    session: Session
    request: Request
    failure: Failure


@dataclass(frozen=True, slots=True)
class Ended:
    """The connection ended; nothing more comes from this session."""

    session: Session


Item = Heard | Unreadable | Unsent | Ended


class Session:
    """A running child. Start and end it from one thread.

    Attributes:
        name: of the child.
        pid: of the process.
    """

    def __init__(self, spec: ChildSpec, put: Callable[[Item], None]) -> None:
        """Start the child; returns in milliseconds, long before the child reads.

        Raises:
            OSError: the system starts no more processes, or the log cannot be written.
        """
        self.name = spec.name
        self._put = put
        self._log = _new_log(spec.name)
        self._outbox: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._channel = Channel(ours, spec.name)
        self._process = context.Process(
            target=spec.main,
            args=(theirs, str(self._log), *spec.arguments),
            name=f"cuesmith-{spec.name}",
            daemon=True,
        )
        try:
            self._process.start()
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        self.pid = self._process.pid or 0
        self._reader = threading.Thread(target=self._read, name=f"{spec.name}-reader", daemon=True)
        self._writer = threading.Thread(target=self._write, name=f"{spec.name}-writer", daemon=True)
        self._reader.start()
        self._writer.start()

    def send(self, request: Request) -> None:
        """Queue a request for the child; never blocks."""
        self._outbox.put(request)

    def shut_down(self, patience_s: float) -> None:
        """Ask the child to end, wait, then end it."""
        self.send(Shutdown())
        self.wait_for_exit(patience_s)
        self.end()

    def end(self) -> None:
        """End the process if it still runs, and both threads. What the child had sent is in the inbox afterwards.

        A child that cannot be ended is left to the system; `Ended` comes all the same.
        """
        self._process.terminate()
        self.wait_for_exit(_TERMINATE_S)
        self._process.kill()
        self.wait_for_exit(_KILL_S)
        self._outbox.put(None)
        if self._process.exitcode is None:
            self._put(Ended(self))
            return
        self._writer.join()
        self._reader.join()

    def close(self) -> tuple[str, str]:
        """After `end`: free everything; how the child ended, and the tail of its log."""
        exit_code = self._process.exitcode
        tail = self._log_tail()
        if exit_code is not None:
            self._channel.close()
            self._process.close()
        with contextlib.suppress(OSError):
            self._log.unlink()
        return cause_of_exit(exit_code), tail

    def wait_for_exit(self, patience_s: float) -> None:
        """Give it time to exit by itself, so that its exit code is its own."""
        for look_s in looks(patience_s):
            self._process.join(look_s)
            if self._process.exitcode is not None:
                return

    def _read(self) -> None:
        while True:
            try:
                self._put(Heard(self, self._channel.receive()))
            except EOFError:
                break
            except CuesmithError as error:
                self._put(Unreadable(self, error.failure()))
        self._put(Ended(self))

    def _write(self) -> None:
        while (request := self._outbox.get()) is not None:
            try:
                self._channel.send(request)
            except CuesmithError as error:
                self._put(Unsent(self, request, error.failure()))
            except OSError:
                return

    def _log_tail(self) -> str:
        with contextlib.suppress(OSError), self._log.open("rb") as log:
            log.seek(max(0, self._log.stat().st_size - _TAIL_BYTES))
            return log.read().decode("utf-8", errors="replace")
        return ""


def _new_log(name: str) -> Path:
    """For a child; where the home folder takes no files, among the system's temporary ones: no log, no child."""
    path = child_log_dir() / f"{name}-{os.getpid()}-{next(_numbers)}.log"
    if why_not_writable(path):
        handle, made = tempfile.mkstemp(prefix=f"cuesmith-{path.stem}-", suffix=path.suffix)
        os.close(handle)
        path = Path(made)
    return path


def cause_of_exit(exit_code: int | None) -> str:
    """How a process ended, for the sentence of `WorkerDied`.

    >>> cause_of_exit(3)
    'exit code 3'
    """
    if exit_code is None:
        return "it could not be ended"
    if exit_code >= 0:
        return f"exit code {exit_code}" if exit_code < 256 else f"exit code 0x{exit_code:08X}"
    if exit_code == -getattr(signal, "SIGKILL", 9):
        return "killed by the system, probably for lack of memory"
    try:
        name = signal.Signals(-exit_code).name
    except ValueError:
        return f"signal {-exit_code}"
    return f"a crash in native code, {name}" if name in _CRASHES else f"signal {name}"


def sweep(folder: Path, *, older_than_s: float, now_s: float) -> None:
    """Delete files a killed process left behind."""
    for file in folder.glob("*") if folder.is_dir() else ():
        with contextlib.suppress(OSError):
            if file.is_file() and now_s - file.stat().st_mtime > older_than_s:
                file.unlink()
