"""The dialog that builds cues anew, over the editor."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.rebuild.dialog import RebuildDialog
from app.shots import editor
from app.shots.stage import Stage


def prepare(stage: Stage) -> None:
    """Lines of at most 30 characters are wanted."""
    editor.prepare(stage)
    stage.window.commands["edit.rebuild"].trigger()
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, RebuildDialog))
    dialog.line_chars.setValue(30)
    stage.wait(lambda: dialog.result_now is not None, "the preview")
    stage.rest(200)
