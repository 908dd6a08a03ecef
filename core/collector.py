"""Python's search for reference cycles: held off while very many objects are made, and kept to one thread.

Knows nothing of what the objects are. Making 50,000 words sets off dozens of searches through all that was made so far,
and finds nothing: words hold no cycles. Opening a project of three hours takes 0.12 s without them and 0.28 to 0.6 s
with them.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.RLock()  # what a search frees may come back here
_holding = 0
_taken = 0

_SOME = 8
"""So many objects are made to have Python look whether a search is due; it looks when one is made, or soon after."""


class _Made:
    """Nothing, but an object the search counts."""


@contextmanager
def no_collecting() -> Iterator[None]:
    """While it lasts, in any thread, no cycles are searched for; reference counts free as ever. May be nested.

    Where somebody has turned the search off before, it stays off.
    """
    global _holding  # one collector a process
    with _lock:
        mine = _holding > 0 or _taken > 0 or gc.isenabled()
        if mine:
            _holding += 1
            gc.disable()
    try:
        yield
    finally:
        if mine:
            with _lock:
                _holding -= 1
                _turn_on()


def take_over() -> None:
    """From now on cycles are searched for in `search_if_due` and nowhere else; each call wants a `hand_back`."""
    global _taken
    with _lock:
        _taken += 1
        gc.disable()


def hand_back() -> None:
    """Let Python search in any thread again, once all who took over have said so."""
    global _taken
    with _lock:
        _taken -= 1
        _turn_on()


def search_if_due() -> None:
    """Search in this thread, of what is due by Python's own thresholds; nothing where it is held off."""
    with _lock:
        if _holding or not _taken:
            return
        gc.enable()
        try:
            for _ in range(_SOME):
                _Made()
        finally:
            if _taken:
                gc.disable()


def _turn_on() -> None:
    if not _holding and not _taken:
        gc.enable()
