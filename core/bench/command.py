"""Runs a command of the program as a user would, in a process and a home of its own, and measures it. Knows no stage.

Nothing comes from an earlier run. The process's memory is what the system says it had at most.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.errors import EngineError

_CHILD = """
import json, sys
from app.__main__ import main
code = main(sys.argv[1:])
heavy = sorted({"torch", "transformers", "PySide6"} & set(sys.modules))
peak_kb = next((int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")), 0) \
    if sys.platform == "linux" else __import__("resource").getrusage(0).ru_maxrss // 1024
print(json.dumps({"code": code, "peak_kb": peak_kb, "heavy": heavy}), file=sys.stderr)
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a run took.

    Attributes:
        said: the words JSON that it put on stdout.
        seconds, cpu_s: by the clock; of all processors.
        peak_mb: most resident memory.
        heavy: which of torch, transformers and PySide6 it loaded.
    """

    said: Any
    seconds: float
    cpu_s: float
    peak_mb: float
    heavy: tuple[str, ...]


def measured(arguments: Sequence[str]) -> Measured:
    """Run `cuesmith …`, which must put words JSON on stdout.

    Raises:
        EngineError: it failed.
    """
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "CUESMITH_HOME": home}
        command = [sys.executable, "-c", _CHILD, *arguments]
        started, before = time.perf_counter(), os.times()
        ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)
        seconds, after = time.perf_counter() - started, os.times()
    end = _end_of(ran)
    cpu_s = after.children_user - before.children_user + after.children_system - before.children_system
    said = json.loads(ran.stdout)
    return Measured(said, seconds, cpu_s, round(end["peak_kb"] / 1024, 1), tuple(end["heavy"]))


def _end_of(ran: subprocess.CompletedProcess[str]) -> Any:
    """What the child said of itself last."""
    lines = ran.stderr.splitlines()
    if ran.returncode != 0 or not lines or not lines[-1].startswith("{"):
        raise EngineError(engine="builtin", cause=lines[-1] if lines else "no output", details=ran.stderr)
    end = json.loads(lines[-1])
    if end["code"] not in (0, 1):
        raise EngineError(engine="builtin", cause=lines[-2] if len(lines) > 1 else f"exit code {end['code']}")
    return end
