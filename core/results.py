"""Where finished chunks are kept so that a stopped run goes on at the first missing one. Knows no engine.

The pipeline asks `Results` before it works and tells it before it shows. Runs use a file
(`core.document.chunk_results`), tests use memory.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from core.files import why_not_writable
from core.progress import Notice
from core.transcript import Segment


@dataclass(frozen=True, slots=True)
class ChunkKey:
    """Everything a chunk's result depends on.

    Attributes:
        stage: "recognise" or "align".
        media_id: `core.media.identity.media_id`.
        track: audio track, 1 = first.
        first_sample, last_sample: half-open range at 16 kHz.
        engine: recognizer or aligner id.
        checkpoint: revision or hash of the checkpoint; "" for engines that carry their model.
        options: hash of what else changes the result (`digest`); for align: of the text too.
    """

    stage: str
    media_id: str
    track: int
    first_sample: int
    last_sample: int
    engine: str
    checkpoint: str = ""
    options: str = ""


class Results(Protocol):
    """A store of chunk results."""

    def get(self, key: ChunkKey) -> Segment | None:
        """The segment stored under `key`, or None."""
        ...

    def put(self, key: ChunkKey, segment: Segment) -> None:
        """Keep `segment`; when this returns it survives a crash (where the store promises that)."""
        ...


class MemoryResults:
    """Results that live as long as the object: for tests and for runs that must leave nothing behind."""

    def __init__(self) -> None:
        self._segments: dict[ChunkKey, Segment] = {}

    def get(self, key: ChunkKey) -> Segment | None:
        """The segment stored under `key`, or None."""
        return self._segments.get(key)

    def put(self, key: ChunkKey, segment: Segment) -> None:
        """Keep `segment`."""
        self._segments[key] = segment


def not_kept(file: Path) -> Notice | None:
    """That no results can be kept in `file`, to be said before the work begins; None where they can."""
    why_not = why_not_writable(file)
    if not why_not:
        return None
    folder = str(file.parent)
    text = "{folder} takes no files ({cause}): the work is done, but a run that is stopped begins anew"
    return Notice("results.memory", text, {"folder": folder, "cause": why_not})


def digest(*parts: object) -> str:
    """A short hash of `parts` by their repr, for `ChunkKey.options`."""
    return hashlib.sha256("\x1f".join(map(repr, parts)).encode()).hexdigest()[:16]
