"""The small window of a dictation, over the large one; the engine is slower than the speech."""

from __future__ import annotations

from app.shots.dictation_scene import Scene
from app.shots.stage import Stage


def prepare(stage: Stage) -> None:
    """Speak, and make it small."""
    scene = Scene(stage)
    scene.open()
    scene.speak(lag_ms=14_000)
    scene.page.show_small()
    stage.rest(60)
