"""Keeps the recogniser that was used last, so that a job, a redo and dictation share one copy in memory.

Knows no engine's name. Not safe across threads: all of a process's model work is on one thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from core.qwen3 import self_test
from core.qwen3.checkpoint import examine
from core.qwen3.loading import named
from core.qwen3.placement import Placement
from core.qwen3.transcriber import Transcriber, load_transcriber


@dataclass(frozen=True, slots=True)
class _Kept:
    fingerprint: str
    placement: Placement
    transcriber: Transcriber


_kept: list[_Kept] = []
"""One at most."""


def transcriber(folder: str | Path, placement: Placement) -> Transcriber:
    """The recogniser of `folder`, loaded and self-tested unless it is the one used last.

    Raises:
        CheckpointUnusable, EngineMemory: it cannot be loaded.
    """
    fingerprint = examine(folder).fingerprint
    for kept in _kept:
        if (kept.fingerprint, kept.placement) == (fingerprint, placement):
            return kept.transcriber
    forget()
    made, checkpoint = load_transcriber(folder, placement)
    with named(checkpoint, placement, "it fails at a test sound"):
        self_test.check(made, checkpoint.folder.name)
    _kept.append(_Kept(fingerprint, placement, made))
    return made


def forget() -> None:
    """Let go of the recogniser and its memory."""
    _kept.clear()
