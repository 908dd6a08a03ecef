"""Gets a model: room looked at, sources asked in order, each file to the last byte and its hash, then its name.

Ask for it again after whatever stopped it: it goes on where it was. Knows no window; long work is a generator.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import httpx2

from core.errors import Param, SourceError, SourceLacks, SourcesFailed, WrongContent
from core.progress import CancelToken, Notice
from core.weights.answers import may_pass
from core.weights.catalogue import Model, PublishedFile
from core.weights.digests import Digests, digest
from core.weights.http import make_client
from core.weights.manifest import KeptFile, Manifest
from core.weights.part import Part
from core.weights.patience import Patience
from core.weights.progress import FetchProgress, Phase, Rate
from core.weights.ranged import Origin, Waiting, fetch_part
from core.weights.sources import Remote, Source, Where
from core.weights.staging import Staging

_SAY_EVERY_S = 0.2


def fetch(
    model: Model,
    sources: Sequence[Source],
    cancel: CancelToken,
    *,
    patience: Patience | None = None,
    models: Path | None = None,
) -> Iterator[FetchProgress | Notice]:
    """Bring `model` into the models folder; what had come before is gone on with.

    Args:
        sources: asked in this order; the next one where one does not give it.
        models: the models folder; None = where models are kept.

    Raises:
        NoSpace, WriteError: there is no room, or it cannot be written.
        FetchUnderWay: somebody else is at it.
        SourceError: the only source does not give it. SourcesFailed: none of several does.
        Cancelled: the token was set; what came is kept.
    """
    staging = Staging(model.folder_name, models)
    with staging.held():
        staging.check_room(max(0, model.size_bytes - staging.bytes_here()), model.name)
        work = _Fetch(model, staging, patience if patience is not None else Patience(), cancel)
        yield from work.from_first_of(sources)


class _Fetch:
    """One model on its way."""

    def __init__(self, model: Model, staging: Staging, patience: Patience, cancel: CancelToken) -> None:
        self._model, self._staging, self._patience, self._cancel = model, staging, patience, cancel
        self._rate = Rate()
        self._said_s = -1.0
        self._source = ""
        self._kept: dict[str, KeptFile] = {}
        self._notes: dict[str, None] = {}

    def from_first_of(self, sources: Sequence[Source]) -> Iterator[FetchProgress | Notice]:
        """From the first source that gives it."""
        failed: list[SourceError] = []
        for source in sources:
            if failed:
                params: dict[str, Param] = {"failed": failed[-1].code, "source": source.name}
                params["what"] = failed[-1].what_happened()
                yield Notice("weights.next_source", "{what} Going on from {source}.", params)
            try:
                yield from self._from(source)
            except SourceError as error:
                failed.append(error)
                continue
            return
        if len(failed) == 1:
            raise failed[0]
        raise SourcesFailed(model=self._model.name, causes=_causes(failed)) from failed[0]

    def _from(self, source: Source) -> Iterator[FetchProgress]:
        self._source = source.name
        yield self._progress(Phase.ASK)
        listed = yield from self._asked(source)
        # Small files first: a source that cannot give them is found out before gigabytes have come.
        wanted = sorted(self._model.files, key=lambda file: file.size_bytes)
        remotes = [_checked(file, listed, source) for file in wanted]
        with make_client(self._patience) as client:
            for file, remote in zip(wanted, remotes, strict=True):
                origin = Origin(source.name, file.name, partial(self._where, source, file.name))
                yield from self._file(file, remote, origin, client)
        self._staging.install(
            Manifest(self._model.id, self._model.revision, source.name, tuple(self._kept.values()), tuple(self._notes))
        )
        yield self._progress(Phase.FETCH, self._model.size_bytes)

    def _asked(self, source: Source) -> Generator[FetchProgress, None, Mapping[str, Remote]]:
        """What the source has; asked again where that may help."""
        question, last = partial(source.files, self._model), len(self._patience.asks_s) - 1
        for tried in range(last):
            try:
                return self._patience.asked(source.name, question, tried=tried)
            except SourceError as error:
                wait_s = float(error.params.get("wait_s") or self._patience.wait_s(tried + 1))
                if not may_pass(error) or wait_s > self._patience.most_asked_s:
                    raise
            for left_s in self._patience.waiting(wait_s, self._cancel):
                yield self._progress(Phase.WAIT, wait_s=left_s)
        return self._patience.asked(source.name, question, tried=last)

    def _where(self, source: Source, name: str) -> Where:
        return self._patience.asked(source.name, partial(source.where, self._model, name), tried=1)

    def _file(
        self, file: PublishedFile, remote: Remote, origin: Origin, client: httpx2.Client
    ) -> Iterator[FetchProgress]:
        """One file: brought, checked, put to the others."""
        place = self._staging.files / file.name
        digests: Digests | None = None
        if self._staging.has(file.name, remote.size_bytes):
            digests = yield from self._read(place)
        if digests is None or not _is_right(digests, remote):
            with self._staging.part(_key(remote), remote.size_bytes) as part:
                yield from self._bytes(part, origin, client)
                digests = yield from self._read(part.path)
                if not _is_right(digests, remote):
                    part.discard()
                    raise WrongContent(source=origin.name, file=file.name, cause="its bytes have another hash")
                part.move_to(place)
        self._kept[file.name] = KeptFile(file.name, remote.size_bytes, digests.sha256)
        if file.blob_id and digests.blob_id != file.blob_id:
            self._notes[f"{file.name} is another than was expected of this revision"] = None

    def _bytes(self, part: Part, origin: Origin, client: httpx2.Client) -> Iterator[FetchProgress]:
        others = self._staging.bytes_here() - part.length
        self._rate.note(self._patience.now_s(), others + part.length)
        for step in fetch_part(part, origin, client, self._patience, self._cancel):
            if isinstance(step, Waiting):
                yield self._progress(Phase.WAIT, others + part.length, wait_s=step.left_s)
                continue
            now_s = self._patience.now_s()
            if now_s - self._said_s >= _SAY_EVERY_S:
                self._said_s = now_s
                self._rate.note(now_s, others + step)
                yield self._progress(Phase.FETCH, others + step)

    def _read(self, path: Path) -> Generator[FetchProgress, None, Digests]:
        """The digests of a file that is here."""
        here = self._staging.bytes_here()
        return (yield from digest(path, self._cancel, lambda _done: self._progress(Phase.CHECK, here)))

    def _progress(self, phase: Phase, done_bytes: int | None = None, *, wait_s: float = 0.0) -> FetchProgress:
        total = self._model.size_bytes
        done = min(total, done_bytes if done_bytes is not None else self._staging.bytes_here())
        speed = self._rate.bytes_per_s() if phase is Phase.FETCH else 0
        left_s = self._rate.left_s(total - done) if phase is Phase.FETCH else -1
        return FetchProgress(self._model.id, phase, done, total, self._source, speed, left_s, math.ceil(wait_s))


def _causes(failed: Sequence[SourceError]) -> str:
    """Each source with its cause; those that failed for the same cause together."""
    by_cause: dict[str, list[str]] = {}
    for error in failed:
        by_cause.setdefault(str(error.params["cause"]), []).append(str(error.params["source"]))
    return "; ".join(f"{', '.join(names)}: {cause}" for cause, names in by_cause.items())


def _checked(file: PublishedFile, listed: Mapping[str, Remote], source: Source) -> Remote:
    """The file as the source has it. Weights must be the published ones; of small files the source's word counts."""
    remote = listed.get(file.name)
    if remote is None:
        raise SourceLacks(source=source.name, cause=f"{file.name} is not there")
    if file.sha256 and remote.sha256 not in ("", file.sha256):
        raise WrongContent(source=source.name, file=file.name, cause="it is listed with another hash")
    if file.sha256 and remote.size_bytes not in (-1, file.size_bytes):
        cause = f"it is listed with {remote.size_bytes} bytes, published are {file.size_bytes}"
        raise WrongContent(source=source.name, file=file.name, cause=cause)
    size_bytes = remote.size_bytes if remote.size_bytes >= 0 else file.size_bytes
    return Remote(file.name, size_bytes, file.sha256 or remote.sha256, remote.blob_id)


def _is_right(digests: Digests, remote: Remote) -> bool:
    """Whether they are those that are known; weights always have a SHA-256."""
    return (not remote.sha256 or digests.sha256 == remote.sha256) and (
        not remote.blob_id or digests.blob_id == remote.blob_id
    )


def _key(remote: Remote) -> str:
    """A name for a file on its way that no other content shares."""
    return remote.sha256 or remote.blob_id or f"{remote.name}-{remote.size_bytes}"
