"""Going through cues and words by time. Pure: knows no Qt and no widget. Right is later, whatever the script."""

from __future__ import annotations

from collections.abc import Sequence

from core.cue import Cue
from core.transcript import Word


def next_cue(cues: Sequence[Cue], current: int | None, playhead_ms: int, step: int) -> int | None:
    """The row after (+1) or before (−1) the current one; without one, the row next to the playhead."""
    if not cues:
        return None
    if current is not None:
        return min(max(current + step, 0), len(cues) - 1)
    if step > 0:
        return next((row for row, cue in enumerate(cues) if cue.start_ms >= playhead_ms), len(cues) - 1)
    return next((row for row in reversed(range(len(cues))) if cues[row].start_ms <= playhead_ms), 0)


def next_word(cues: Sequence[Cue], row: int, word_id: str, step: int) -> tuple[int, Word] | None:
    """The word after (+1) or before (−1) this one, across cues, with its row; None past the ends."""
    words = cues[row].words
    position = next((n for n, word in enumerate(words) if word.id == word_id), None)
    if position is None:
        return (row, words[0]) if words else None
    if 0 <= position + step < len(words):
        return row, words[position + step]
    rows = range(row + 1, len(cues)) if step > 0 else reversed(range(row))
    for other in rows:
        if cues[other].words:
            return other, cues[other].words[0 if step > 0 else -1]
    return None
