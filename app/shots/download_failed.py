"""A download that no source would go on with."""

from __future__ import annotations

from app.shots.models_scene import begin_download, first_start, show_disk
from app.shots.stage import Stage
from core.errors import SourcesFailed
from core.weights.catalogue import SMALL
from core.worker.messages import JobFailed


def prepare(stage: Stage) -> None:
    """Two fifths have come, then the network went away."""
    first_start(stage)
    begin_download(stage, 640_000_000)
    causes = "huggingface.co, www.modelscope.cn: its name was not found: there may be no network"
    failure = SourcesFailed(model=SMALL.name, causes=causes).failure()
    stage.models.deliver(JobFailed(stage.models.job_id, failure))
    stage.rest(200)
    show_disk(stage, half=SMALL, done_bytes=640_000_000)
