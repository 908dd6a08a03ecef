"""The dialog that shifts or stretches the times of many cues."""

from __future__ import annotations

from app.editor.shift_dialog import ShiftDialog
from app.shots.cues import script_cues
from app.shots.stage import Stage


def prepare(stage: Stage) -> None:
    """From the fourth cue on, half a second earlier."""
    stage.open()
    stage.show_cues(script_cues())
    stage.select(3)
    dialog = ShiftDialog(stage.program.session, stage.window)
    dialog.open()
    dialog.scope.setCurrentIndex(dialog.scope.findData("rest"))
    dialog.by.setText("-0.5")
