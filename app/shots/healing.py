"""A corrected word: its time is being found in the sound."""

from __future__ import annotations

from app.shots.cues import sample_cues
from app.shots.stage import Stage
from core.document import edits

WRONG, RIGHT = "rubber", "river"
_PATIENCE_S = 10.0


def prepare(stage: Stage) -> None:
    """“river” was heard as something else; the engine has not answered yet."""
    correct(stage)
    stage.wait(lambda: stage.program.session.healing, "the correction to wait", patience_s=_PATIENCE_S)


def correct(stage: Stage) -> int:
    """Put the right word in place of a wrong one; the row."""
    stage.open()
    stage.show_cues(sample_cues())
    bridge = stage.program.session.bridge
    row, index = next(
        (row, n)
        for row, cue in enumerate(bridge.document.cues)
        for n, word in enumerate(cue.words)
        if word.text == RIGHT
    )
    stage.select(row)
    for text in (WRONG, RIGHT):
        bridge.apply(edits.set_word_text(bridge.document, row, index, "x"))
        bridge.apply(edits.set_word_text(bridge.document, row, index, text))
    return row
