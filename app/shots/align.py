"""“I have the text, time it”: the dialog with a text in it."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.known_text.dialog import TextDialog
from app.shots.cues import sample_cues
from app.shots.stage import Stage


def prepare(stage: Stage) -> None:
    """The sample film's text is pasted."""
    stage.open()
    ask(stage, "\n".join(cue.text.replace("\n", " ") for cue in sample_cues()))


def ask(stage: Stage, text: str) -> TextDialog:
    """The dialog, with this text."""
    stage.window.commands.refresh_now()
    stage.window.commands["job.align"].trigger()
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, TextDialog))
    dialog.source.area.setPlainText(text)
    stage.rest(300)
    return dialog
