"""What the pictures of models have in common: speeds as a probe gives them, models as a disk would hold them."""

from __future__ import annotations

from pathlib import Path

from app.shots.stage import Stage
from core.weights.catalogue import ALIGNER, CATALOGUE, SMALL, Model
from core.weights.inventory import Held, State
from core.weights.look import Look
from core.weights.progress import FetchProgress, Phase
from core.weights.suggest import Speed
from core.worker.messages import JobFinished
from core.worker.model_messages import ModelProgress, SpeedFound

FOLDER = Path("/media/data/Models")
_FREE_BYTES = 212_000_000_000
_SPEEDS = (Speed("qwen3-asr-0.6b", 5.5, "cpu", "bfloat16"), Speed("qwen3-asr-1.7b", 1.76, "cpu", "bfloat16"))


def first_start(stage: Stage) -> None:
    """Nothing is open, no model is here, the probe is through."""
    stage.program.begin([])
    models = stage.program.models
    stage.wait(lambda: models.look is not None, "a look at the models folder")
    models.probe()
    stage.models.deliver(SpeedFound(stage.models.job_id, _SPEEDS))
    stage.models.deliver(JobFinished(stage.models.job_id))
    stage.wait(lambda: models.speeds, "the probe")
    show_disk(stage)


def show_disk(stage: Stage, *installed: Model, half: Model | None = None, done_bytes: int = 0) -> None:
    """The disk holds these models."""
    held = tuple(_held(model, installed, half, done_bytes) for model in CATALOGUE)
    used = sum(one.disk_bytes for one in held)
    stage.program.models.look = Look(held, (), FOLDER, True, used, _FREE_BYTES, bool(installed))
    stage.program.models.changed.emit()


def begin_download(stage: Stage, done_bytes: int) -> None:
    """The suggested offer is being got, and has come so far."""
    models = stage.program.models
    models.get(next(offer for offer in models.offers() if offer.suggested))
    progress = FetchProgress(SMALL.id, Phase.FETCH, done_bytes, SMALL.size_bytes, "huggingface.co", 11_400_000, 82)
    stage.models.deliver(ModelProgress(stage.models.job_id, progress))
    stage.wait(lambda: models.download is not None and models.download.progress is not None, "the download")


def _held(model: Model, installed: tuple[Model, ...], half: Model | None, done_bytes: int) -> Held:
    if model in installed:
        return Held(model, State.INSTALLED, FOLDER / model.folder_name, disk_bytes=model.size_bytes)
    if model is half:
        return Held(model, State.PARTLY, done_bytes=done_bytes, disk_bytes=done_bytes)
    return Held(model, State.MISSING)


BOTH = (SMALL, ALIGNER)
