"""The plan of a track's chunks, kept in the cache so that speech is looked for once. Knows no engine and no text.

The window draws the same spans of speech under the waveform; a second run, or one that goes on after a stop, starts
at once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from pathlib import Path

from core import codec, paths
from core.errors import WriteError
from core.files import write_atomically
from core.media.waveform import Waveform
from core.progress import CancelToken, Notice, Progress, Stage
from core.results import digest
from core.speech.chunk import ChunkSpan
from core.speech.chunker import ChunkOptions, planning

_log = logging.getLogger("cuesmith.speech.plan")

_VERSION = 1
"""Raised whenever speech would be found or cut differently: older plans are then made again."""


@dataclass(frozen=True, slots=True)
class SpeechPlan:
    """Where speech is in a track.

    Attributes:
        chunks: what is sent to a recognizer, in order.
        notices: what decoding found wrong with the file.
    """

    chunks: tuple[ChunkSpan, ...]
    notices: tuple[Notice, ...] = ()

    def speech(self) -> tuple[tuple[int, int], ...]:
        """Spans of speech, (first_sample, last_sample), in order."""
        return tuple(span for chunk in self.chunks for span in chunk.speech)


def plan_key(media_id: str, track: int, from_ms: int = 0, to_ms: int | None = None) -> str:
    """What `plan_of_track` stores a plan under: the run and the waveform's spans of speech share one plan."""
    return f"{media_id}-{track}-{from_ms}-{to_ms}"


def plan_of_track(
    blocks: Callable[[], Iterable[Waveform]],
    notices: Callable[[], tuple[Notice, ...]],
    *,
    key: str,
    start_ms: int = 0,
    total_ms: int,
    options: ChunkOptions | None = None,
    cancel: CancelToken | None = None,
) -> Generator[Progress, None, SpeechPlan]:
    """The plan stored under `key`, else one made of `blocks()` and stored.

    Args:
        blocks: opens the sound; not called where the plan is stored.
        notices: what is wrong with the sound, asked after it was read to its end.
        key: `plan_key`.
        start_ms, total_ms: where the sound begins and how long it is, for progress.
        options: how speech is cut; part of what the plan is stored under.
        cancel: a cancel point at each block.
    """
    options = options or ChunkOptions()
    path = _path(key, options)
    plan = _read(path)
    if plan is None:
        chunks: list[ChunkSpan] = []
        for item in planning(blocks(), options, total_ms=total_ms, cancel=cancel):
            if isinstance(item, ChunkSpan):
                chunks.append(item)
            else:
                yield Progress(item.stage, min(item.done_ms - start_ms, total_ms), total_ms)
        plan = SpeechPlan(tuple(chunks), notices())
        _write(path, plan)
    yield Progress(Stage.SPEECH, total_ms, total_ms)
    return plan


def _path(key: str, options: ChunkOptions) -> Path:
    return paths.cache_dir() / "speech" / f"{digest(_VERSION, key, options)}.json"


def _read(path: Path) -> SpeechPlan | None:
    try:
        return codec.decode(path.read_bytes(), SpeechPlan)
    except FileNotFoundError:
        return None
    except (OSError, codec.DecodeError) as error:
        _log.info("plan %s is made again: %s", path.name, error)
        return None


def _write(path: Path, plan: SpeechPlan) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, codec.encode(plan), overwrite=True)
    except (WriteError, OSError) as error:
        # A full cache disk costs the next run a few seconds and must not stop this one.
        _log.info("plan %s could not be kept: %s", path.name, error)
