"""The settings' page of keys."""

from __future__ import annotations

from app.shots import editor
from app.shots.stage import Stage


def prepare(stage: Stage) -> None:
    """A key that is taken is about to be given to another command."""
    editor.prepare(stage)
    stage.window.commands["help.change_keys"].trigger()
    stage.rest(300)
