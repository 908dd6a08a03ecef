"""Brings the bytes of one file into a `Part`, by ranges, again and again until all are there. Knows no model.

A connection that breaks is gone on with where it broke. A source that answers a range with the whole file (200 instead
of 206) is taken from the beginning. Whether the bytes are the right ones is found out by who knows the hash.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import httpx2

from core.errors import CuesmithError, SourceBroken, SourceBusy, SourceError, WrongContent
from core.progress import CancelToken
from core.weights.answers import failure, may_pass, refusal
from core.weights.part import Part
from core.weights.patience import Patience
from core.weights.sources import Where

_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")
_NOT_SATISFIABLE = 416


@dataclass(frozen=True, slots=True)
class Waiting:
    """It waits so many seconds before the next try."""

    left_s: float


@dataclass(frozen=True, slots=True)
class Origin:
    """Who gives the file: the source's name, and where the bytes are, asked anew for each try: addresses expire."""

    name: str
    file: str
    where: Callable[[], Where]


def fetch_part(
    part: Part, origin: Origin, client: httpx2.Client, patience: Patience, cancel: CancelToken
) -> Iterator[int | Waiting]:
    """Fill `part`: bytes that are there, at each step, or how long it waits.

    Raises:
        SourceError: the source does not give it, however often asked; what came is kept.
        WriteError: it cannot be written.
        Cancelled: the token was set; what came is kept.
    """
    tried = 0
    while not part.complete:
        before = part.length
        try:
            yield from _attempt(part, origin, client, cancel)
        except (SourceError, httpx2.HTTPError, httpx2.InvalidURL) as error:
            known = failure(error, origin.name)
            tried = 1 if part.length > before else tried + 1
            wait_s = _wait_s(known, tried, patience)
            if wait_s is None:
                raise known from error
            for left_s in patience.waiting(wait_s, cancel):
                yield Waiting(left_s)


def _wait_s(error: CuesmithError, tried: int, patience: Patience) -> float | None:
    """How long to wait before another try; None = none is worth it."""
    if not isinstance(error, SourceError) or not may_pass(error) or tried >= patience.tries:
        return None
    if isinstance(error, SourceBusy):
        asked_s = float(error.params.get("wait_s") or 0)
        return max(asked_s, patience.wait_s(tried)) if asked_s <= patience.most_asked_s else None
    return patience.wait_s(tried)


def _attempt(part: Part, origin: Origin, client: httpx2.Client, cancel: CancelToken) -> Iterator[int]:
    """One request, from where the part ends."""
    cancel.check()
    where = origin.where()
    part.begin(origin.name, where.etag)
    headers = {"Accept-Encoding": "identity"}
    if part.length:
        headers["Range"] = f"bytes={part.length}-"
    with client.stream("GET", where.url, headers=headers) as response:
        _check(response, part, origin)
        try:
            for data in response.iter_raw():
                cancel.check()
                part.write(data)
                if part.taken > part.size_bytes:
                    raise WrongContent(source=origin.name, file=origin.file, cause="it is longer than published")
                yield part.taken
        finally:
            if part.taken <= part.size_bytes:
                part.flush()
    if not part.complete:
        raise SourceBroken(source=origin.name, cause=f"{part.size_bytes - part.length} bytes short")


def _check(response: httpx2.Response, part: Part, origin: Origin) -> None:
    """Whether these bytes are the ones asked for; begins anew where they are the whole file."""
    if response.status_code == _NOT_SATISFIABLE:
        part.restart()
        raise SourceBroken(source=origin.name, cause="it has fewer bytes than came before")
    refused = refusal(response, origin.name)
    if refused is not None:
        raise refused
    if response.status_code == httpx2.codes.PARTIAL_CONTENT:
        total = _total_of_range(response, part, origin)
    else:
        if part.length:
            part.restart()
        total = int(response.headers.get("Content-Length") or part.size_bytes)
    if total != part.size_bytes:
        cause = f"it has {total} bytes, published are {part.size_bytes}"
        raise WrongContent(source=origin.name, file=origin.file, cause=cause)


def _total_of_range(response: httpx2.Response, part: Part, origin: Origin) -> int:
    found = _RANGE.fullmatch(response.headers.get("Content-Range", "").strip())
    if found is None or int(found[1]) != part.length:
        part.restart()
        raise SourceBroken(source=origin.name, cause="it gives another part of the file than was asked for")
    return part.size_bytes if found[3] == "*" else int(found[3])
