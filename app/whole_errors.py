"""What goes wrong in an overridden method of Qt's reaches the crash report instead of ending the process.

Up to Python 3.11 an error that C code raises (an index out of range, an iterator at its end) is a type and a text
until somebody handles it. PySide 6.11 takes it for an exception, where it came out of `paintEvent`, `sizeHint` or
another method that Qt calls, and crashes (`PepException_GetArgs`, signal 11; seen in the storm on the window). While
an exception is being handled, Python makes each further one whole at once: so the window runs inside an `except`.

Knows no window and no report.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class _Ground(Exception):
    """Handled as long as the window runs; nothing went wrong."""


def with_whole_errors(work: Callable[[], T]) -> T:
    """Do `work`; every exception in it, in this thread, is an object from the beginning."""
    if sys.version_info >= (3, 12):
        return work()
    try:
        raise _Ground
    except _Ground:
        return work()


def without_ground(error: BaseException) -> BaseException:
    """The error as it would be elsewhere: what it came from goes no further than the window's own calls."""
    at: BaseException | None = error
    seen: set[int] = set()
    while at is not None and id(at) not in seen:
        seen.add(id(at))
        if isinstance(at.__context__, _Ground):
            at.__context__ = None
        at = at.__cause__ or at.__context__
    return error
