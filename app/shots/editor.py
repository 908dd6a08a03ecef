"""A film with its cues, one of them selected, the playhead inside it."""

from __future__ import annotations

from app.shots.cues import sample_cues
from app.shots.stage import Stage

_ROW, _WORD = 5, 5


def prepare(stage: Stage) -> None:
    """The sample with its true words; another film with whatever lies beside it."""
    stage.open()
    if not stage.is_sample:
        return
    stage.show_cues(sample_cues())
    stage.select(_ROW, word=_WORD)
