"""How long a source is waited for: by one who waited, not by one who got no turn."""

from __future__ import annotations

import queue
from types import SimpleNamespace

import pytest

from core.errors import SourceUnreachable
from core.weights import patience
from core.weights.patience import Patience


class Stopped(queue.Queue[object]):
    """Whoever looks first was stopped while they waited: their time is over, and nothing had come by then."""

    stops = 1

    def get(self, block: bool = True, timeout: float | None = None) -> object:
        if self.stops:
            self.stops -= 1
            raise queue.Empty
        return super().get(block)


def test_a_process_that_got_no_turn_while_it_waited_looks_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "queue", SimpleNamespace(SimpleQueue=Stopped, Empty=queue.Empty))
    assert Patience().asked("somewhere", lambda: "here") == "here"


def test_a_source_that_says_nothing_all_the_time_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Stopped, "stops", 1000)
    monkeypatch.setattr(patience, "queue", SimpleNamespace(SimpleQueue=Stopped, Empty=queue.Empty))
    with pytest.raises(SourceUnreachable, match="no answer in 3 s"):
        Patience().asked("somewhere", lambda: "too late")
