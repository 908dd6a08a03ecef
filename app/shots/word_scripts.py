"""Words of Chinese and Arabic cues on the timeline, their doubts listed."""

from __future__ import annotations

from dataclasses import replace

from app.shots.cues import script_cues
from app.shots.stage import Stage
from core.cue import Cue

_CHINESE, _ARABIC = 3, 5


def prepare(stage: Stage) -> None:
    """An Arabic cue of two lines with a doubtful word, Chinese before it."""
    stage.open()
    cues = list(script_cues())
    for row in (_CHINESE, _ARABIC):
        cues[row] = _doubted(cues[row])
    stage.show_cues(tuple(cues))
    stage.select(_ARABIC, word=1)
    page = stage.window.page
    page.timeline.view.look_at(page.timeline.view.state.view.fitted(11_000, 19_800))
    page.review.show_doubts()
    page.review.doubts.refresh()
    stage.rest(300)


def _doubted(cue: Cue) -> Cue:
    return replace(cue, words=(cue.words[0], replace(cue.words[1], text_confidence=0.3), *cue.words[2:]))
