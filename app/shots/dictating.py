"""Dictation under way: firm words, and tentative ones behind them; one pause was made."""

from __future__ import annotations

from app.i18n import tr
from app.shots.dictation_scene import Scene
from app.shots.stage import Stage


def prepare(stage: Stage) -> None:
    """Speak."""
    scene = Scene(stage)
    scene.open()
    scene.page.dictation.start()
    scene.page.dictation.scribe.mark_span(43_500, tr("Paused for {0}"), 134)
    scene.speak()
