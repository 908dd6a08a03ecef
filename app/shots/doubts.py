"""The list of doubts, the most doubtful first, one of them gone to."""

from __future__ import annotations

from dataclasses import replace

from app.shots.cues import sample_cues
from app.shots.stage import Stage
from core.document import edits
from core.document.document import Unmatched

_LINE = Unmatched(12, "And then nobody spoke until the morning came.")

_CHOSEN = "sister"


def prepare(stage: Stage) -> None:
    """The sample's words with doubts of every kind."""
    stage.open()
    cues = sample_cues()
    first = replace(cues[2], words=(replace(cues[2].words[0], time_confidence=0.22), *cues[2].words[1:]))
    stage.show_cues((*cues[:2], first, *cues[3:]))
    bridge = stage.program.session.bridge
    bridge.apply(edits.set_field(bridge.document, "unmatched", (_LINE,)))
    doubts = stage.window.page.review.doubts
    doubts.set_retried([(cues[4].start_ms, cues[4].start_ms + 700)])
    stage.window.page.review.show_doubts()
    doubts.refresh()
    chosen = next(one for one in doubts.doubts if one.text == _CHOSEN)
    bridge.select((chosen.cue_id,), word=chosen.word_id)
    stage.program.session.seek(chosen.start_ms)
    stage.rest(400)
