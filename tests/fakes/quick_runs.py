"""The real pipeline with a recognizer that answers at once, and a list on disk of every chunk it was ever given.

Runs inside a real engine child: the film is really decoded, its speech found, its results kept in the real file. The
list (`heard_list`) tells whether a chunk was recognised twice.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final
from unittest.mock import patch

from core import paths, pipeline
from core.events import Event, Job
from core.media.identity import media_id
from core.progress import CancelToken, Progress
from core.recognition import registry
from core.recognition.protocol import Options
from core.results import Results
from core.speech.chunk import Chunk
from core.transcript import Segment
from tests.fakes.engines import CountingRecognizer

PAUSE_S: Final = 0.02
"""A chunk takes so long, that a kill may come in the middle of it."""


def heard_list() -> Path:
    """Where every chunk stands, one a line, in the order they were begun: "media id, first sample"."""
    return paths.data_dir() / "heard.txt"


def heard() -> list[tuple[str, int]]:
    """Media id and first sample of the chunks recognised so far."""
    path = heard_list()
    lines = path.read_text().splitlines() if path.exists() else []
    return [(media, int(first)) for media, first in map(str.split, lines)]


class QuickRecognizer(CountingRecognizer):
    """Says where it is in a recording, after a moment."""

    def __init__(self, media: str) -> None:
        super().__init__()
        self._media = media

    def transcribe(
        self, chunks: Iterable[Chunk], options: Options, cancel: CancelToken
    ) -> Iterator[Segment | Progress]:
        """As `CountingRecognizer`, each chunk noted before it is begun."""
        return super().transcribe(map(self._noted, chunks), options, cancel)

    def _noted(self, chunk: Chunk) -> Chunk:
        path = heard_list()
        path.parent.mkdir(parents=True, exist_ok=True)
        at = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(at, f"{self._media} {chunk.first_sample}\n".encode())
        os.close(at)
        time.sleep(PAUSE_S)
        return chunk


def run(job: Job, *, results: Results, cancel: CancelToken, yield_point: Callable[[], None]) -> Iterator[Event]:
    """`core.pipeline.run` with a `QuickRecognizer` in place of whatever is installed."""
    recognizer = QuickRecognizer(media_id(Path(job.media)))
    with (
        patch.object(registry, "create", lambda *_args, **_options: recognizer),
        patch.object(registry, "choose", lambda *_args, **_options: ("counting", "It stands in.")),
    ):
        yield from pipeline.run(job, results=results, cancel=cancel, yield_point=yield_point)
