"""The first page with a model installed."""

from __future__ import annotations

from app.shots.models_scene import BOTH, first_start, show_disk
from app.shots.stage import Stage


def prepare(stage: Stage) -> None:
    """The small recogniser and the aligner are here."""
    first_start(stage)
    show_disk(stage, *BOTH)
