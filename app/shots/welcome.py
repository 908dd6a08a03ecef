"""The first page, as on the first start."""

from __future__ import annotations

from app.shots.stage import Stage


def prepare(stage: Stage) -> None:
    """Nothing is open."""
    stage.program.begin([])
