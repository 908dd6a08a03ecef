"""A model is being downloaded."""

from __future__ import annotations

from app.shots.models_scene import begin_download, first_start
from app.shots.stage import Stage


def prepare(stage: Stage) -> None:
    """Two fifths have come."""
    first_start(stage)
    begin_download(stage, 640_000_000)
