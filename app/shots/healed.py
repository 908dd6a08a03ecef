"""A corrected word with its time from the sound, its neighbours where they were."""

from __future__ import annotations

from dataclasses import replace

from app.shots.healing import correct
from app.shots.stage import Stage
from core.document import edits
from core.transcript import Source


def prepare(stage: Stage) -> None:
    """As `healing`, once the engine has answered."""
    row = correct(stage)
    history = stage.program.session.bridge.history
    seen = history.document.cues[row]
    words = [
        replace(word, source=Source.ALIGNED, start_ms=word.start_ms + 20) if word.source is Source.ESTIMATED else word
        for word in seen.words
    ]
    history.apply_late(edits.late(history.document, seen, words), history.step_id)
    stage.program.session.set_healing(frozenset())
