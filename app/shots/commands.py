"""The command palette over the editor."""

from __future__ import annotations

from app.shots import editor
from app.shots.stage import Stage


def prepare(stage: Stage) -> None:
    """Every command by its name."""
    editor.prepare(stage)
    stage.window.commands.refresh_now()
    stage.window.commands["edit.palette"].trigger()
    stage.rest(100)
