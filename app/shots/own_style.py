"""A name is asked for limits that are to be kept as an own style."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.rebuild.dialog import RebuildDialog
from app.shots import rebuild
from app.shots.stage import Stage


def prepare(stage: Stage) -> None:
    """Thirty characters a line are to be kept."""
    rebuild.prepare(stage)
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, RebuildDialog))
    dialog.own.save.click()
    stage.rest(200)
