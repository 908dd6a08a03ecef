"""A stand-in for the models' child: the real work, on a small catalogue that the test wrote down."""

from __future__ import annotations

import os
from collections.abc import Generator
from functools import partial
from pathlib import Path

from core.codec import decode
from core.progress import CancelToken
from core.weights import catalogue, getting, importing, inventory
from core.weights.catalogue import Model
from core.weights.patience import Patience
from core.weights.suggest import Speed
from core.worker.model_messages import ModelReply, ModelRequest, ProbeSpeed, SpeedFound
from core.worker.models_work import work_for

CATALOGUE_FILE = "CUESMITH_TEST_CATALOGUE"


def real(request: ModelRequest, cancel: CancelToken) -> Generator[ModelReply, None, None]:
    """The real work, with the catalogue that the test wrote down."""
    models = decode(Path(os.environ[CATALOGUE_FILE]).read_bytes(), tuple[Model, ...])
    for module in (catalogue, inventory, importing):
        module.CATALOGUE = models  # type: ignore[attr-defined]
    getting.Patience = partial(Patience, asks_s=(60.0, 60.0))  # type: ignore[misc,assignment]  # a busy machine
    if isinstance(request, ProbeSpeed):
        yield SpeedFound(request.job_id, (Speed(models[0].id, 12.0, "cpu", "float32"),))
        return
    yield from work_for(request, cancel)
