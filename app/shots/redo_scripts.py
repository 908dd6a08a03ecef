"""Chinese and Arabic cues recognised again, old and new beside each other."""

from __future__ import annotations

from app.shots.redo import prepare_scripts
from app.shots.stage import Stage


def prepare(stage: Stage) -> None:
    """See `app.shots.redo`."""
    prepare_scripts(stage)
