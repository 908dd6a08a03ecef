"""Measures a whole run from file to subtitles in a process of its own: speed and memory. Knows no stage.

The child is what a user starts: `transcribe FILE -o - --engine builtin` with a home of its own, so nothing comes from
an earlier run. Its memory is what the system says it had at most.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from core.errors import EngineError
from core.paths import resource

_CHILD = """
import json, sys
from app.__main__ import main
code = main(sys.argv[1:])
heavy = sorted({"torch", "transformers", "PySide6"} & set(sys.modules))
peak_kb = next((int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")), 0) \
    if sys.platform == "linux" else __import__("resource").getrusage(0).ru_maxrss // 1024
print(json.dumps({"code": code, "peak_kb": peak_kb, "heavy": heavy}), file=sys.stderr)
"""


def measure(*, media: str = "") -> dict[str, Any]:
    """Transcribe `media` ("" = the sample film) with the built-in engine.

    Returns:
        seconds by the clock; cpu_seconds; x_realtime; peak_mb of resident memory; cues; heavy_modules that were
        loaded (torch, transformers, PySide6: there should be none).

    Raises:
        EngineError: the run failed.
    """
    path = Path(media) if media else resource("sample", "last_boat.mp4")
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "CUESMITH_HOME": home}
        command = [
            sys.executable,
            "-c",
            _CHILD,
            "transcribe",
            str(path),
            "-o",
            "-",
            "-f",
            "json",
            "--engine",
            "builtin",
        ]
        started, before = time.perf_counter(), os.times()
        ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)
        seconds, after = time.perf_counter() - started, os.times()
    lines = ran.stderr.splitlines()
    if ran.returncode != 0 or not lines or not lines[-1].startswith("{"):
        raise EngineError(engine="builtin", cause=lines[-1] if lines else "no output", details=ran.stderr)
    end = json.loads(lines[-1])
    if end["code"] not in (0, 1):
        raise EngineError(engine="builtin", cause=lines[-2] if len(lines) > 1 else f"exit code {end['code']}")
    cpu_s = after.children_user - before.children_user + after.children_system - before.children_system
    duration_s = _duration_s(path)
    return {
        "media_seconds": round(duration_s, 1),
        "seconds": round(seconds, 1),
        "cpu_seconds": round(cpu_s, 1),
        "x_realtime": round(duration_s / seconds, 2),
        "peak_mb": round(end["peak_kb"] / 1024, 1),
        "cues": len(json.loads(ran.stdout)["cues"]),
        "heavy_modules": end["heavy"],
    }


def _duration_s(path: Path) -> float:
    from core.media.probe import probe

    return probe(path).duration_ms / 1000
