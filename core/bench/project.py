"""Measures what a project of three hours costs: to open, and to keep a step. Knows no window."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.cue import Cue
from core.document import edits
from core.document.document import Document, MediaRef
from core.document.history import History
from core.document.project import create_project, open_project
from core.errors import BadArgument
from core.results import ChunkKey, digest
from core.timecode import samples_from_ms
from core.transcript import Segment, Source, Word, words_text

_STEP_MS = 2_160
"""5,000 cues fill three hours."""

_WORD_MS = 180

_CUES_A_CHUNK = 4
"""5,000 cues are 1,250 chunks of 8.6 s, as speech detection cuts three hours of talk."""


def measure(*, cues: int = 5_000, words: int = 50_000, steps: int = 300) -> dict[str, Any]:
    """Make a project of so many cues and words, correct `steps` words one by one, and open it again.

    Returns:
        open_ms: median of 5, file to document with its undo list, checked;
        commit_ms: a correction until it is on disk: median, p95, max; save_as_ms; close_ms; size_mb.

    Raises:
        BadArgument: fewer words than cues, or nothing to measure.
    """
    if not 0 < cues <= words or steps < 2:
        raise BadArgument(what=f"{cues} cues of {words} words cannot be measured.", hint="Give a word to every cue.")
    with tempfile.TemporaryDirectory() as folder:
        return _measured(Path(folder), three_hours(cues, words // cues), steps)


def _measured(folder: Path, document: Document, steps: int) -> dict[str, Any]:
    path = folder / "film.cuesmith"
    with create_project(path) as project:
        history = project.history()
        history.apply(edits.append(Document(), list(document.cues), job="1"))
        commits = sorted(_corrected(history, n * 37 % len(document.cues)) for n in range(steps))
        save_as = _timed(lambda: project.copy_to(folder / "copy.cuesmith"))
        close = _timed(project.close)
    opened = statistics.median(_timed(lambda: open_project(path).close()) for _ in range(5))
    return {
        "open_ms": round(opened, 1),
        "commit_ms": {
            "median": round(statistics.median(commits), 2),
            "p95": round(commits[int(len(commits) * 0.95)], 2),
            "max": round(commits[-1], 2),
        },
        "save_as_ms": round(save_as, 1),
        "close_ms": round(close, 1),
        "size_mb": round(path.stat().st_size / 1e6, 1),
    }


def _corrected(history: History, row: int) -> float:
    text = history.document.cues[row].text + " x"
    return _timed(lambda: history.apply(edits.set_text(history.document, row, text)))


def three_hours(cues: int, words: int, media: MediaRef | None = None) -> Document:
    """So many cues of so many words each, on this film or on none; 5,000 cues fill three hours."""
    made = []
    for n in range(cues):
        start_ms = n * _STEP_MS
        spoken = tuple(_word(f"word{k}", start_ms + k * (_WORD_MS + 20)) for k in range(words))
        made.append(Cue(spoken, start_ms, max(start_ms + 2_000, spoken[-1].end_ms), language="en"))
    return Document(cues=tuple(made), media=media)


def passages(document: Document) -> Iterator[tuple[ChunkKey, Segment]]:
    """What a run keeps of this document's film: every chunk as it was heard, and with its words.

    Raises:
        ValueError: the document names no film.
    """
    if document.media is None:
        raise ValueError("passages are of a film")
    for first in range(0, len(document.cues), _CUES_A_CHUNK):
        cues = document.cues[first : first + _CUES_A_CHUNK]
        words = tuple(word for cue in cues for word in cue.words)
        start_ms, end_ms = cues[0].start_ms, cues[-1].end_ms
        samples = samples_from_ms(start_ms), samples_from_ms(end_ms)
        parts = tuple((word.text + word.after, 0.91) for word in words)
        heard = Segment(start_ms, end_ms, words_text(words), ("en",), (), "qwen3-asr-0.6b", (), parts)
        key = ChunkKey("recognise", document.media.media_id, 1, *samples, heard.engine, "0" * 40, digest("en"))
        yield key, heard
        yield (
            replace(key, stage="align", engine="qwen3-aligner", options=digest(heard.text)),
            replace(heard, words=words),
        )


def _word(text: str, start_ms: int) -> Word:
    return Word(text, start_ms, start_ms + _WORD_MS, source=Source.ALIGNED, text_confidence=0.91, time_confidence=0.83)


def _timed(act: Callable[[], object]) -> float:
    """ms by the clock."""
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000
