"""Lives and deaths: begins a process under fire, lets it say some lines, and kills it with signal 9."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tests.app.storm.telling import heard

ROOT = Path(__file__).parents[3]

Told = tuple[str, ...]


class Lives:
    """One process that begins lives (`process`)."""

    def __init__(self, process: subprocess.Popen[str], complaints: Path) -> None:
        self._process, self._complaints = process, complaints

    def one(self, seed: int, death: Death) -> list[Told]:
        """What a life said before it was killed."""
        write, read = self._process.stdin, self._process.stdout
        assert write is not None
        assert read is not None
        write.write(f"{seed}\n")
        write.flush()
        said: list[str] = []
        pid = 0
        while not (pid and death.is_due(said)):
            line = read.readline()
            said.append(line)
            kind, *parts = heard([line])[0] if line else ("over", "nobody")
            assert kind != "over", self._last_words(parts, said)
            pid = int(parts[0]) if kind == "life" else pid
        time.sleep(death.after_s)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        said += self._rest(read, said)
        return [told for told in heard(said) if told[0] != "life"]

    def _rest(self, read: IO[str], said: list[str]) -> Iterator[str]:
        while line := read.readline():
            kind, *parts = heard([line])[0]
            if kind == "over":
                assert parts == ["-9"], self._last_words(parts, said)
                return
            yield line
        raise AssertionError(self._last_words(["nobody"], said))

    def _last_words(self, code: list[str], said: list[str]) -> str:
        told = [line for line in said if line.startswith('["told"')]
        return f"it ended by itself ({code}); {told}; {said[-4:]}; {self._complaints.read_text()[-4000:]}"


@contextmanager
def lives_in(folder: Path) -> Iterator[Lives]:
    """Lives whose person works in `folder`; their home is this process's."""
    command = [sys.executable, "-m", "tests.app.storm.process", str(folder)]
    complaints = folder / "complaints.txt"
    with complaints.open("w") as stderr:
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr, text=True
        )
    with process:
        try:
            yield Lives(process, complaints)
        finally:
            process.kill()


@dataclass(frozen=True, slots=True)
class Death:
    """When to kill.

    Attributes:
        lines: after it has said so many, at the latest.
        passages: after it has recognised so many.
        after_s: so long after that.
    """

    lines: int
    passages: int
    after_s: float

    def is_due(self, said: list[str]) -> bool:
        """Whether so much was said."""
        return len(said) > self.lines or sum(line.startswith('["chunks"') for line in said) >= self.passages


def some_death(rng: random.Random) -> Death:
    """Now and then before the window says anything; often while a film is recognised."""
    if rng.random() < 0.08:
        return Death(0, 1, rng.random())
    passages = rng.randrange(5, 60) if rng.random() < 0.5 else 1_000
    lines = 300 if passages < 1_000 else rng.randrange(1, 100)
    return Death(lines, passages, rng.random() * 0.12)
