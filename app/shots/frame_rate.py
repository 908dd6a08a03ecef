"""The dialog that converts cues of another frame rate."""

from __future__ import annotations

from app.editor.rate_dialog import RATES, RateDialog
from app.shots.cues import sample_cues
from app.shots.stage import Stage


def prepare(stage: Stage) -> None:
    """From 25 to 29.97, which drops names of frames."""
    stage.open()
    stage.show_cues(sample_cues())
    stage.select(0)
    dialog = RateDialog(stage.program.session, stage.window)
    dialog.open()
    dialog.new.setCurrentIndex([name for name, _ in RATES].index("29.97"))
