"""What a command says while a model comes: a bar on a terminal, else a line every few seconds; all on stderr."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any, Self

from core.progress import Notice
from core.weights.progress import FetchProgress, Phase
from core.weights.sizes import size_text

_LINE_EVERY_S = 5.0
_NAMES = {
    Phase.ASK: "asking",
    Phase.FETCH: "downloading",
    Phase.WAIT: "waiting",
    Phase.CHECK: "checking",
    Phase.COPY: "copying",
    Phase.CONVERT: "converting",
}


class FetchConsole:
    """Used as a context manager around the work."""

    def __init__(self) -> None:
        self._bars: Any = None
        self._task: Any = None
        self._said = ""
        self._next_s = 0.0

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            self._bars = _bars()
            self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bars is not None:
            self._bars.stop()

    def tell(self, name: str, told: object) -> None:
        """Show progress or a notice of the model called `name`; anything else is no business of a person's."""
        if isinstance(told, Notice):
            self._line(told.text)
        elif isinstance(told, FetchProgress) and self._bars is not None:
            self._move(name, told)
        elif isinstance(told, FetchProgress) and (told.phase.value != self._said or time.monotonic() >= self._next_s):
            self._said, self._next_s = told.phase.value, time.monotonic() + _LINE_EVERY_S
            self._line(f"{name}: {line(told)}")

    def _line(self, text: str) -> None:
        if self._bars is not None:
            self._bars.console.print(text, markup=False, highlight=False, soft_wrap=True)
        else:
            print(text, file=sys.stderr, flush=True)

    def _move(self, name: str, told: FetchProgress) -> None:
        if self._task is None:
            self._task = self._bars.add_task(name, total=None)
        self._bars.update(
            self._task, description=f"{name}: {line(told)}", completed=told.done_bytes, total=told.total_bytes or None
        )


def line(told: FetchProgress) -> str:
    """Progress in a line: what is done, how much of it, how quick, how long still."""
    if told.phase is Phase.ASK:
        return f"asking {told.source}"
    if told.phase is Phase.WAIT:
        return f"waiting {told.wait_s} s for {told.source}"
    parts = [f"{_NAMES[told.phase]} {size_text(told.done_bytes)} of {size_text(told.total_bytes)}"]
    if told.bytes_per_s:
        parts.append(f"{size_text(told.bytes_per_s)}/s")
    if told.left_s >= 0:
        minutes, seconds = divmod(told.left_s, 60)
        parts.append(f"{minutes} min left" if minutes else f"{seconds} s left")
    return ", ".join(parts)


def _bars() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    return Progress(TextColumn("{task.description}"), BarColumn(), console=Console(stderr=True), transient=True)
