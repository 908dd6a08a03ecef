"""A download that was paused, here by closing the program."""

from __future__ import annotations

from app.shots.models_scene import begin_download, first_start, show_disk
from app.shots.stage import Stage
from core.weights.catalogue import SMALL
from core.worker.messages import JobCancelled


def prepare(stage: Stage) -> None:
    """Two fifths have come; the rest waits."""
    first_start(stage)
    begin_download(stage, 640_000_000)
    stage.models.deliver(JobCancelled(stage.models.job_id))
    stage.rest(200)
    show_disk(stage, half=SMALL, done_bytes=640_000_000)
