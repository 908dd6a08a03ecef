"""What a command says, and where: results on stdout, everything else on stderr. Knows no command.

Three ways to show progress: a bar on a terminal, lines otherwise, and one JSON object a line for scripts.
"""

from __future__ import annotations

import contextlib
import json
import sys
import threading
import time
from types import TracebackType
from typing import Protocol, Self, TextIO

from core.progress import Notice, Progress, Stage

STAGE_NAMES: dict[Stage, str] = {
    Stage.PROBE: "Look at the file",
    Stage.READ: "Read sound",
    Stage.SPEECH: "Find speech",
    Stage.RECOGNISE: "Recognise",
    Stage.ALIGN: "Time words",
    Stage.CUES: "Build cues",
    Stage.WRITE: "Write",
}

_LINE_EVERY_S = 5.0


class Console(Protocol):
    """What a command says while it works. Used as a context manager around the work."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def say(self, text: str) -> None:
        """A line for the user, on stderr."""
        ...

    def progress(self, file: str, progress: Progress) -> None:
        """A stage has come this far."""
        ...

    def chunk(self, file: str, index: int, of: int, *, from_store: bool) -> None:
        """A passage is done."""
        ...

    def resumed(self, file: str, chunks: int) -> None:
        """`chunks` passages come from an earlier run."""
        ...

    def notice(self, file: str, notice: Notice) -> None:
        """Something the user should know."""
        ...

    def rest(self) -> None:
        """Leave the terminal to what goes to stdout now; the next progress takes it again."""
        ...

    def done(self, file: str, outputs: list[str]) -> None:
        """The file is through."""
        ...

    def failed(self, file: str, code: str, text: str) -> None:
        """The file could not be done."""
        ...


class LineConsole:
    """Plain lines on stderr, one for each stage begun and one every few seconds; for logs and pipes."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream if stream is not None else sys.stderr
        self._stage: Stage | None = None
        self._next_line_s = 0.0
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def say(self, text: str) -> None:
        """Write `text` as a line. Where nobody reads it any more (`2>&1 | head`) the work goes on."""
        with self._lock, contextlib.suppress(BrokenPipeError):
            print(text, file=self._stream, flush=True)

    def progress(self, file: str, progress: Progress) -> None:
        """A line when the stage changes, and every five seconds."""
        now = time.monotonic()
        if progress.stage is Stage.PROBE:
            return  # over before a line could be read
        if progress.stage == self._stage and now < self._next_line_s:
            return
        self._stage, self._next_line_s = progress.stage, now + _LINE_EVERY_S
        share = progress.share
        amount = "" if share is None else f" {share:.0%}"
        self.say(f"{file}: {STAGE_NAMES[progress.stage]}{amount}")

    def chunk(self, file: str, index: int, of: int, *, from_store: bool) -> None:
        """Say nothing: progress tells."""

    def resumed(self, file: str, chunks: int) -> None:
        """Say how much is there already."""
        there = "1 passage is" if chunks == 1 else f"{chunks} passages are"
        self.say(f"{file}: {there} there from an earlier run; the rest is done now")

    def notice(self, file: str, notice: Notice) -> None:
        """The notice's sentence."""
        self.say(f"{file}: {notice.text}" if file not in notice.text else notice.text)

    def rest(self) -> None:
        """Lines are in nobody's way."""

    def done(self, file: str, outputs: list[str]) -> None:
        """Where the output lies."""
        for output in outputs:
            self.say(f"wrote {output}")

    def failed(self, file: str, code: str, text: str) -> None:
        """One line: what happened, and the next step."""
        text = one_line(text)
        self.say(f"cuesmith: {text}" if not file or file in text else f"cuesmith: {file}: {text}")


class BarConsole(LineConsole):
    """A bar for each stage, by rich; for a terminal."""

    def __init__(self) -> None:
        super().__init__()
        from rich.console import Console as RichConsole
        from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as Bars

        self._rich = RichConsole(stderr=True)
        self._bars = Bars(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TimeElapsedColumn(),
            console=self._rich,
            transient=True,
            redirect_stdout=False,  # rich would send it where the bars are: to stderr
        )
        self._tasks: dict[tuple[str, Stage], int] = {}

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def say(self, text: str) -> None:
        """A line above the bars."""
        self._rich.print(text, markup=False, highlight=False, soft_wrap=True)

    def rest(self) -> None:
        """Take the bars away."""
        self._bars.stop()

    def progress(self, file: str, progress: Progress) -> None:
        """Move the stage's bar."""
        from rich.progress import TaskID

        self._bars.start()  # does nothing while they are there
        key = (file, progress.stage)
        if key not in self._tasks:
            self._tasks[key] = self._bars.add_task(STAGE_NAMES[progress.stage], total=None)
        total = progress.total_ms or None
        self._bars.update(TaskID(self._tasks[key]), completed=progress.done_ms, total=total)


class JsonConsole(LineConsole):
    """One JSON object a line on stderr: {"event": "stage|progress|chunk|resumed|warning|done|failed", …}."""

    def say(self, text: str) -> None:
        """A sentence as a "warning" that is no finding."""
        self._write("warning", code="note", text=text, finding=False)

    def progress(self, file: str, progress: Progress) -> None:
        """ "stage" when it begins, then "progress"."""
        if progress.stage != self._stage:
            self._stage = progress.stage
            self._write("stage", file=file, stage=progress.stage.value)
        self._write(
            "progress", file=file, stage=progress.stage.value, done_ms=progress.done_ms, total_ms=progress.total_ms
        )

    def chunk(self, file: str, index: int, of: int, *, from_store: bool) -> None:
        """A "chunk" event."""
        self._write("chunk", file=file, index=index, of=of, from_store=from_store)

    def resumed(self, file: str, chunks: int) -> None:
        """A "resumed" event."""
        self._write("resumed", file=file, chunks=chunks)

    def notice(self, file: str, notice: Notice) -> None:
        """A "warning" event."""
        self._write("warning", file=file, code=notice.code, text=notice.text, finding=notice.finding)

    def done(self, file: str, outputs: list[str]) -> None:
        """A "done" event."""
        self._write("done", file=file, outputs=outputs)

    def failed(self, file: str, code: str, text: str) -> None:
        """A "failed" event."""
        self._write("failed", file=file, code=code, text=one_line(text))

    def _write(self, event: str, **values: object) -> None:
        super().say(json.dumps({"event": event, **values}, ensure_ascii=False))


def one_line(text: str) -> str:
    """`text` without line breaks, so that an error is one line whatever is in a file name."""
    return " ".join(text.split())


def choose_console(*, json_progress: bool) -> Console:
    """The console for this run: JSON when asked, a bar on a terminal, lines otherwise."""
    if json_progress:
        return JsonConsole()
    return BarConsole() if sys.stderr.isatty() else LineConsole()
