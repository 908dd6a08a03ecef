"""The microphone was unplugged in the middle of a dictation."""

from __future__ import annotations

from app.shots.dictation_scene import DEVICE, Scene
from app.shots.stage import Stage
from core.errors import MicrophoneGone
from core.worker.sound_messages import MicrophoneLost


def prepare(stage: Stage) -> None:
    """Speak, then pull the plug."""
    scene = Scene(stage)
    scene.open()
    scene.speak()
    failure = MicrophoneGone(device=DEVICE).failure()
    scene.microphone.deliver(MicrophoneLost(scene.microphone.job_id, failure, ("Built-in",)))
    stage.rest(60)
