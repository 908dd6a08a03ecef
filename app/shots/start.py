"""What the window says before a run with the built-in engine."""

from __future__ import annotations

from app.shots.stage import Stage


def prepare(stage: Stage) -> None:
    """The button was pressed, nothing runs yet."""
    stage.open()
    stage.window.commands["job.start"].trigger()
