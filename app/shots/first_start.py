"""The first page as it is on the first start, its offer measured."""

from __future__ import annotations

from app.shots.models_scene import first_start
from app.shots.stage import Stage


def prepare(stage: Stage) -> None:
    """Nothing is open, nothing is installed."""
    first_start(stage)
