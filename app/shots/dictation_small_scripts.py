"""The small window with words that run from the right, its microphone unplugged."""

from __future__ import annotations

from app.shots.dictation_scene import DEVICE, SCRIPTS, SCRIPTS_TENTATIVE, Scene
from app.shots.stage import Stage
from core.errors import MicrophoneGone
from core.worker.sound_messages import MicrophoneLost


def prepare(stage: Stage) -> None:
    """Speak, make it small, pull the plug."""
    scene = Scene(stage)
    scene.open()
    scene.speak(SCRIPTS, SCRIPTS_TENTATIVE)
    scene.page.show_small()
    failure = MicrophoneGone(device=DEVICE).failure()
    scene.microphone.deliver(MicrophoneLost(scene.microphone.job_id, failure, ("Built-in",)))
    stage.rest(60)
