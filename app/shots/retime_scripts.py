"""The review of new times with Chinese, Arabic and other cues."""

from __future__ import annotations

from app.shots.cues import script_cues
from app.shots.retime import review
from app.shots.stage import Stage

_ARABIC_ROW = 5


def prepare(stage: Stage) -> None:
    """An Arabic cue is selected, its new time under it."""
    stage.open()
    review(stage, script_cues())
    stage.select(_ARABIC_ROW)
