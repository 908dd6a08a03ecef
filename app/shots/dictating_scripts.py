"""Dictation in Chinese, Arabic and English, one after the other; one pause was made."""

from __future__ import annotations

from app.i18n import tr
from app.shots.dictation_scene import SCRIPTS, SCRIPTS_TENTATIVE, Scene
from app.shots.stage import Stage


def prepare(stage: Stage) -> None:
    """Speak, with a gap before a passage that runs from the right."""
    scene = Scene(stage)
    scene.open()
    scene.page.dictation.start()
    scene.page.dictation.scribe.mark_span(23_500, tr("Paused for {0}"), 134)
    scene.speak(SCRIPTS, SCRIPTS_TENTATIVE)
