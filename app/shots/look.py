"""The dialog of the picture's style over the editor."""

from __future__ import annotations

from app.shots import editor
from app.shots.stage import Stage


def prepare(stage: Stage) -> None:
    """The dialog as it opens."""
    editor.prepare(stage)
    stage.window.commands["edit.look"].trigger()
    stage.rest(600)
