"""The dialog of models."""

from __future__ import annotations

from app.shots.models_scene import BOTH, first_start, show_disk
from app.shots.stage import Stage


def prepare(stage: Stage) -> None:
    """Two models are installed, one more is offered."""
    first_start(stage)
    stage.window.commands["models.open"].trigger()
    stage.rest(200)
    show_disk(stage, *BOTH)
