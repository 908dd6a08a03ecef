"""All keys on one sheet."""

from __future__ import annotations

from app.shots import editor
from app.shots.stage import Stage


def prepare(stage: Stage) -> None:
    """The sheet over the editor."""
    editor.prepare(stage)
    stage.window.commands["help.sheet"].trigger()
    stage.rest(300)
