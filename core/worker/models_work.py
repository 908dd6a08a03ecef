"""What the models' child does for each request: a generator of replies, a cancel point at each. Knows no process.

Network, hashing and torch are imported with the request that needs them.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from pathlib import Path
from typing import Any, Final

from core.progress import CancelToken, Notice
from core.settings import Settings
from core.weights.progress import FetchProgress
from core.worker.model_messages import (
    GetModel,
    ImportModels,
    ModelNotice,
    ModelProgress,
    ModelReply,
    ModelRequest,
    MoveModels,
    ProbeSpeed,
    RemoveModel,
    SpeedFound,
    VerifyModel,
)

Replies = Generator[ModelReply, None, None]


def work_for(request: ModelRequest, cancel: CancelToken) -> Replies:
    """The replies to a request, as they come.

    Raises:
        CuesmithError: as the work itself; what came is kept.
        Cancelled: the token was set.
    """
    return _WORK[type(request)](request, cancel)


def _get(request: GetModel, cancel: CancelToken) -> Replies:
    from core.weights.getting import get

    settings = Settings(hub_endpoint=request.hub_endpoint, second_source=request.second_source)
    yield from _told(request.job_id, get(request.model_id, settings, cancel))


def _import(request: ImportModels, cancel: CancelToken) -> Replies:
    from core.weights.importing import import_models

    yield from _told(request.job_id, import_models(Path(request.path), cancel))


def _verify(request: VerifyModel, cancel: CancelToken) -> Replies:
    from core.weights.catalogue import model
    from core.weights.keeping import verify

    manifest = yield from _last(request.job_id, verify(model(request.model_id), cancel))
    for note in manifest.notes:
        yield ModelNotice(request.job_id, Notice("weights.note", "{note}", {"note": note}))


def _last(job_id: str, work: Generator[FetchProgress, None, Any]) -> Generator[ModelReply, None, Any]:
    """Progress as messages; what the work returns at the end."""
    while True:
        try:
            progress = next(work)
        except StopIteration as end:
            return end.value
        yield ModelProgress(job_id, progress)


def _remove(request: RemoveModel, _cancel: CancelToken) -> Replies:
    from core.weights.catalogue import model
    from core.weights.keeping import remove

    remove(model(request.model_id))
    yield from ()


def _move(request: MoveModels, cancel: CancelToken) -> Replies:
    from core.weights.keeping import move

    yield from _told(request.job_id, move(Path(request.folder), cancel))


def _probe(request: ProbeSpeed, _cancel: CancelToken) -> Replies:
    from core.qwen3.speed import probe

    yield SpeedFound(request.job_id, probe())


def _told(job_id: str, work: Iterable[FetchProgress | Notice]) -> Replies:
    """What the work tells, as messages."""
    for told in work:
        yield ModelNotice(job_id, told) if isinstance(told, Notice) else ModelProgress(job_id, told)


_WORK: Final[dict[type[Any], Callable[[Any, CancelToken], Replies]]] = {
    GetModel: _get,
    ImportModels: _import,
    VerifyModel: _verify,
    RemoveModel: _remove,
    MoveModels: _move,
    ProbeSpeed: _probe,
}
