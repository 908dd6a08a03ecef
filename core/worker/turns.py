"""Runs many generators on a few threads, in turns: each works for a slice of time, then goes to the back of the line.

So a second file's waveform begins at once while a long one is being read, however few threads there are. Knows no
media; a turn lasts until the generator's next yield, so generators should yield every 100 ms or so.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

SLICE_S: Final = 0.1
"""A turn ends at the first yield after this."""


class Turn(Protocol):
    """Something that works in steps. Never run by two threads at once."""

    quick: bool

    def step(self) -> bool:
        """Do one step; whether there are more. Must not raise."""
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """How much runs at once.

    Attributes:
        threads: that take any work.
        quick_threads: that take only work marked quick, so that it never waits for a long step.
        open: things begun and not ended; more wait, because each holds a decoder.
    """

    threads: int = 2
    quick_threads: int = 1
    open: int = 8


class Turns:
    """The line and its threads. `add` is safe from any thread; the threads are daemons and end with `close`."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits if limits is not None else Limits()
        self._changed = threading.Condition()
        self._quick: deque[Turn] = deque()
        self._fresh: deque[Turn] = deque()
        self._begun: deque[Turn] = deque()
        self._open = 0
        self._closed = False
        takers = [self._any] * self._limits.threads + [self._only_quick] * self._limits.quick_threads
        for number, taker in enumerate(takers):
            threading.Thread(target=self._serve, args=(taker,), name=f"turns-{number}", daemon=True).start()

    def add(self, turn: Turn) -> None:
        """Put something new in line, ahead of what has had a turn."""
        with self._changed:
            (self._quick if turn.quick else self._fresh).append(turn)
            self._changed.notify_all()

    def drop(self, turn: Turn) -> bool:
        """Take something out that has not begun; whether it was there."""
        with self._changed:
            for line in (self._quick, self._fresh):
                if turn in line:
                    line.remove(turn)
                    return True
        return False

    def close(self) -> None:
        """Let the threads end after their current step."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _serve(self, taker: Callable[[], Turn | None]) -> None:
        while (turn := self._next(taker)) is not None:
            more = self._use_slice(turn)
            with self._changed:
                if more:
                    self._begun.append(turn)
                elif not turn.quick:
                    self._open -= 1
                self._changed.notify_all()

    def _next(self, taker: Callable[[], Turn | None]) -> Turn | None:
        """Wait for what `taker` may take; None once closed."""
        with self._changed:
            while not self._closed:
                turn = taker()
                if turn is not None:
                    return turn
                self._changed.wait()
        return None

    def _any(self) -> Turn | None:
        if self._quick:
            return self._quick.popleft()
        if self._fresh and self._open < self._limits.open:
            self._open += 1
            return self._fresh.popleft()
        return self._begun.popleft() if self._begun else None

    def _only_quick(self) -> Turn | None:
        return self._quick.popleft() if self._quick else None

    def _use_slice(self, turn: Turn) -> bool:
        """Step until the slice is used up; whether there is more to do."""
        ends_s = time.monotonic() + SLICE_S
        while turn.step():
            if time.monotonic() >= ends_s or self._closed:
                return True
        return False
