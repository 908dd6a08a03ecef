"""A command line in this process: what it printed, and how it ended."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from app.cli.runner import run_command


@dataclass(frozen=True)
class Ran:
    """What a command printed and its exit code."""

    code: int
    out: str
    err: str


Cuesmith = Callable[..., Ran]


@pytest.fixture
def cuesmith(capfd: pytest.CaptureFixture[str]) -> Iterator[Cuesmith]:
    """Run a command as a user would and look at what came out; its signal handlers go with the test."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def run(*arguments: object) -> Ran:
        capfd.readouterr()
        code = run_command([str(argument) for argument in arguments])
        printed = capfd.readouterr()
        return Ran(code, printed.out, printed.err)

    yield run
    for number, handler in handlers.items():
        signal.signal(number, handler)
