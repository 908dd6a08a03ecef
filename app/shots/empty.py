"""A film without cues: what there is, and the one thing to do next."""

from __future__ import annotations

from app.shots.stage import Stage

_AT_MS = 8_000


def prepare(stage: Stage) -> None:
    """Only the film."""
    stage.open()
    stage.look_at(min(_AT_MS, stage.program.session.duration_ms // 2))
