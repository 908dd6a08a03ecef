"""The end of a child, seen by a parent that itself got no turn for a while."""

from __future__ import annotations

import queue
from types import SimpleNamespace

from core.worker.session import Session


class Late:
    """A process that ends as it should, at the parent's second look."""

    exitcode: int | None = None
    ended_by_force = False

    def __init__(self) -> None:
        self._looks = 0

    def join(self, _timeout_s: float) -> None:
        self._looks += 1
        self.exitcode = 0 if self._looks > 1 else None

    def terminate(self) -> None:
        self.ended_by_force |= self.exitcode is None

    kill = terminate


def test_a_child_that_ends_by_itself_is_let_end_though_the_parent_got_no_turn() -> None:
    session = object.__new__(Session)
    process, thread = Late(), SimpleNamespace(join=lambda: None)
    session._process, session._outbox = process, queue.SimpleQueue()  # type: ignore[assignment]
    session._reader = session._writer = thread  # type: ignore[assignment]
    session.shut_down(2.0)
    assert not process.ended_by_force
