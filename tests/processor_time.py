"""A limit in processor time: what is too slow fails, and a machine with much to do is no reason."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Fails what takes longer; 0 = as long as it likes, and so where the system counts no processor time."""

    def over(*_: object) -> None:
        raise AssertionError(f"it took more than {seconds} s of processor time")

    if not seconds or not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGVTALRM, over)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
