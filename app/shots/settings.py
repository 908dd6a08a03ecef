"""The settings over the editor."""

from __future__ import annotations

from app.shots import editor
from app.shots.stage import Stage


def prepare(stage: Stage) -> None:
    """The dialog on its page Storage."""
    editor.prepare(stage)
    stage.window.commands["edit.settings"].trigger()
    stage.rest(600)
