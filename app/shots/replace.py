"""Find and replace above the cues: a place looked at, all of them counted."""

from __future__ import annotations

from app.shots.cues import sample_cues
from app.shots.stage import Stage


def prepare(stage: Stage) -> None:
    """The second place of a word is looked at."""
    stage.open()
    stage.show_cues(sample_cues())
    stage.select(0)
    bar = stage.window.page.replace_bar
    bar.ask("the")
    bar.whole_word.setChecked(True)
    bar.replacement.setText("that")
    bar.go()
    bar.go()
