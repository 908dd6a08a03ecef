"""Chinese, Arabic, Japanese and other scripts in every pane."""

from __future__ import annotations

from app.shots.cues import script_cues
from app.shots.stage import Stage

_ARABIC_ROW = 5


def prepare(stage: Stage) -> None:
    """An Arabic cue of two lines is selected, Chinese beside it."""
    stage.open()
    stage.show_cues(script_cues())
    stage.select(_ARABIC_ROW, word=0)
