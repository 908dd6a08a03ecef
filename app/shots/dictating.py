"""Dictation under way: firm words, and tentative ones behind them; one pause was made."""

from __future__ import annotations

from app.shots.dictation_scene import Scene
from app.shots.stage import Stage


def prepare(stage: Stage) -> None:
    """Speak."""
    scene = Scene(stage)
    scene.open()
    scene.speak()
