"""How long is waited for a source, and how often it is tried. Knows no source; time can be a test's.

All sources dead must be said within 20 s: each is asked twice, with one short wait between.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from core.errors import SourceUnreachable
from core.looks import looks
from core.progress import CancelToken

T = TypeVar("T")

_TICK_S = 0.25


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds, and a clock that never goes back.

    Attributes:
        connect_s: for a connection.
        asks_s: for a question to a source, looking up its name included; one for each time it is asked before it
            counts as gone.
        read_s: without any byte.
        tries: how often a file is gone on with, without a single new byte between.
        first_wait_s, most_wait_s: between tries; each wait is twice the one before.
        most_asked_s: the longest wait that a source may ask for.
        now_s, sleep: the clock.
    """

    connect_s: float = 4.0
    asks_s: tuple[float, ...] = (3.0, 4.5)
    read_s: float = 20.0
    tries: int = 7
    first_wait_s: float = 0.5
    most_wait_s: float = 30.0
    most_asked_s: float = 180.0
    now_s: Callable[[], float] = field(default=time.monotonic)
    sleep: Callable[[float], object] = field(default=time.sleep)

    def wait_s(self, tried: int) -> float:
        """How long to wait after so many tries that brought nothing (1 = the first)."""
        return min(self.most_wait_s, self.first_wait_s * 2.0 ** (tried - 1))

    def waiting(self, seconds: float, cancel: CancelToken) -> Iterator[float]:
        """Wait, saying every quarter of a second how long it still takes.

        Raises:
            Cancelled: the token was set.
        """
        end_s = self.now_s() + seconds
        while (left_s := end_s - self.now_s()) > 0:
            cancel.check()
            yield left_s
            self.sleep(min(_TICK_S, left_s))
        cancel.check()

    def asked(self, source: str, question: Callable[[], T], *, tried: int = 0) -> T:
        """The answer to `question`, or no more waiting after `asks_s`; `tried`: how often it was asked before.

        Looking up a name takes as long as the system likes, and nothing in Python ends it: so it is asked on a thread
        of its own, which is left behind where it hangs.

        Raises:
            SourceUnreachable: no answer in time.
            Exception: what the question raised.
        """
        patience_s = self.asks_s[min(tried, len(self.asks_s) - 1)]
        answers: queue.SimpleQueue[tuple[T | None, BaseException | None]] = queue.SimpleQueue()

        def work() -> None:
            try:
                answers.put((question(), None))
            except BaseException as error:  # noqa: BLE001 - the border of a thread: raised again on the other side
                answers.put((None, error))

        threading.Thread(target=work, name=f"ask {source}", daemon=True).start()
        for look_s in looks(patience_s):
            try:
                answer, error = answers.get(timeout=look_s)
            except queue.Empty:
                continue
            if error is not None:
                raise error
            return answer  # type: ignore[return-value]  # None only where the question's answer is None
        raise SourceUnreachable(source=source, cause=f"no answer in {patience_s:.0f} s")
