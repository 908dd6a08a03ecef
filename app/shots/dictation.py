"""Dictation before the first word: the microphone is open, nothing is recorded."""

from __future__ import annotations

from app.shots.dictation_scene import Scene
from app.shots.stage import Stage


def prepare(stage: Stage) -> None:
    """The tab, with a microphone."""
    Scene(stage).open()
