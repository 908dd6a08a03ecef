"""The export dialog over the editor."""

from __future__ import annotations

from app.shots import editor
from app.shots.stage import Stage


def prepare(stage: Stage) -> None:
    """The dialog with what it offers by itself."""
    editor.prepare(stage)
    stage.window.commands.refresh_now()
    stage.window.commands["file.export"].trigger()
    stage.rest(600)
