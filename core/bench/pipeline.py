"""Measures a whole run from file to subtitles in a process of its own: speed and memory. Knows no stage."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from core.bench.command import measured
from core.paths import resource


def measure(*, media: str = "") -> dict[str, Any]:
    """Transcribe `media` ("" = the sample film) with the built-in engine.

    Returns:
        seconds by the clock; cpu_seconds; x_realtime; peak_mb of resident memory; cues; heavy_modules that were
        loaded (torch, transformers, PySide6: there should be none).

    Raises:
        EngineError: the run failed.
    """
    path = Path(media) if media else resource("sample", "last_boat.mp4")
    run = measured(["transcribe", str(path), "-o", "-", "-f", "json", "--engine", "builtin"])
    duration_s = media_s(path)
    return {
        "media_seconds": round(duration_s, 1),
        "seconds": round(run.seconds, 1),
        "cpu_seconds": round(run.cpu_s, 1),
        "x_realtime": round(duration_s / run.seconds, 2),
        "peak_mb": run.peak_mb,
        "cues": len(run.said["cues"]),
        "heavy_modules": list(run.heavy),
    }


def media_s(path: Path) -> float:
    """Length of a film in seconds."""
    from core.media.probe import probe

    return probe(path).duration_ms / 1000
