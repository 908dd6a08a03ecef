"""What nobody caught: written to the log with where it happened, and told as a message. Knows no window.

An expected error that reaches here (a full disk under an edit) is told as itself; anything else is a fault of ours.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from logging import FileHandler
from pathlib import Path
from types import TracebackType

from app.i18n import tr
from app.messages import Messages, Offer
from app.whole_errors import without_ground
from core import paths
from core.document.owner import Owner, lock_beside
from core.errors import CuesmithError, wrap_unexpected

_log = logging.getLogger("cuesmith.crash")

ENDED = "the run came to its end"
"""The last line of a log; where it is missing, the run was killed or crashed."""

_LOGS_KEPT = 10
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


@contextmanager
def guarded(messages: Messages) -> Iterator[None]:
    """While it lasts, what nobody caught is logged and told, and the window goes on."""
    before, before_in_threads = sys.excepthook, threading.excepthook

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        tell(messages, error, trace)

    def caught_in_thread(facts: threading.ExceptHookArgs) -> None:
        if facts.exc_value is not None:
            tell(messages, facts.exc_value, facts.exc_traceback)

    sys.excepthook, threading.excepthook = caught, caught_in_thread
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook = before, before_in_threads


def tell(messages: Messages, error: BaseException, trace: TracebackType | None) -> None:
    """Log an error and show it as a banner."""
    if isinstance(error, KeyboardInterrupt | SystemExit):
        return
    offers: tuple[Offer, ...] = ()
    details = "".join(traceback.format_exception(type(error), without_ground(error), trace))
    if not isinstance(error, CuesmithError):
        _log.error("nobody caught this:\n%s", details)
        offers = (Offer(tr("Show the report"), lambda: _show(details)),)
    messages.error(wrap_unexpected(error, details), offers=offers)


def _show(details: str) -> None:
    from PySide6.QtWidgets import QApplication

    from app.crash_report import show_report

    show_report(next(iter(newest_logs()), None), QApplication.activeWindow(), details)


@contextmanager
def logged() -> Iterator[None]:
    """A log file for this run; also where a crash in native code leaves its stack. Without a folder, no log."""
    with ExitStack() as until_end:
        with suppress(OSError):
            until_end.enter_context(_written(_new_log()))
        yield
        _log.info(ENDED)


@contextmanager
def _written(file: Path) -> Iterator[None]:
    """While it lasts, what is logged goes to `file`, and a lock beside it says that this run is under way."""
    owner = _held(file)
    handler = FileHandler(file, encoding="utf-8")
    native = file.open("a")
    handler.setFormatter(logging.Formatter(_FORMAT))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    faulthandler.enable(native)
    try:
        yield
    finally:
        faulthandler.disable()
        root.removeHandler(handler)
        handler.close()
        native.close()
        owner.release()


def _held(file: Path) -> Owner:
    owner = Owner(file)
    try:
        owner.take()
    except OSError:  # there are no locks here: the number in the name must do
        lock_beside(file).unlink(missing_ok=True)
    return owner


def newest_logs() -> list[Path]:
    """The windows' logs, the newest first."""
    return sorted(paths.log_dir().glob("window-*.log"), reverse=True)


def _new_log() -> Path:
    folder = paths.log_dir()
    folder.mkdir(parents=True, exist_ok=True)
    for old in newest_logs()[_LOGS_KEPT - 1 :]:
        with suppress(OSError):
            old.unlink()
            lock_beside(old).unlink(missing_ok=True)
    return folder / f"window-{datetime.now():%Y%m%d-%H%M%S}-{os.getpid()}.log"
