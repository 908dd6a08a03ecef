"""Measures how fast a known text is timed by the built-in engine, from file to words, in a process of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.bench.command import measured
from core.bench.pipeline import media_s
from core.errors import BadArgument
from core.paths import resource


def measure(*, media: str = "", text: str = "") -> dict[str, Any]:
    """Time `text` in `media` (both "" = the sample film with its text).

    Returns:
        media_seconds; seconds by the clock; cpu_seconds; x_realtime: seconds of sound for one of processor time, which
        does not depend on what else the machine does; peak_mb of resident memory; lines and words found; unmatched
        lines.

    Raises:
        BadArgument: a film without its text, or the other way round.
        EngineError: the run failed.
    """
    if bool(media) != bool(text):
        raise BadArgument(what="A film and its text belong together.", hint="Give --media and --text, or neither.")
    film = Path(media) if media else resource("sample", "last_boat.mp4")
    script = Path(text) if text else resource("sample", "last_boat.txt")
    arguments = [
        "align",
        str(film),
        str(script),
        "-o",
        "-",
        "-f",
        "json",
        "--engine",
        "builtin",
        "--aligner",
        "builtin",
    ]
    run = measured(arguments)
    duration_s = media_s(film)
    return {
        "media_seconds": round(duration_s, 1),
        "seconds": round(run.seconds, 1),
        "cpu_seconds": round(run.cpu_s, 1),
        "x_realtime": round(duration_s / run.cpu_s, 2),
        "peak_mb": run.peak_mb,
        "cues": len(run.said["cues"]),
        "words": sum(len(cue["words"]) for cue in run.said["cues"]),
        "unmatched": len(run.said["unmatched"]),
    }
