"""Cues that count from a start code of whole hours, beside a film that begins at 0. Knows no format and no window.

Tapes and broadcasters call their first frame 01:00:00:00 or 10:00:00:00, and captions made for them (SCC, but also SRT
and others that were exported from such a timeline) count from there.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from core.cue import Cue
from core.document.document import Document
from core.document.edit import Edit
from core.document.edits import set_field, shift

_NAMED_HOUR_MS = 3_600_000
"""What an hour adds to a start timecode, which is a name: see `timecode.timecode_of_ms`."""


def hours_late(cues: Sequence[Cue], duration_ms: int, hour_ms: Fraction) -> int:
    """By how many whole hours the cues lie behind a film; 0 where they do not, or may well belong where they are.

    They do where all begin after the first hour and the last begins when the film is over. The fewest hours that bring
    that one into the film, and never so many that the first would begin before 0.

    Args:
        cues: in order of time.
        duration_ms: of the film; 0 = not known.
        hour_ms: how long an hour of their timecodes lasts.
    """
    if not cues or duration_ms <= 0 or cues[-1].start_ms < duration_ms:
        return 0
    needed = (cues[-1].start_ms - duration_ms) // hour_ms + 1
    return min(needed, cues[0].start_ms // hour_ms)


def counted_from_zero(document: Document, hours: int, hour_ms: Fraction) -> Edit | None:
    """Every cue that many hours of timecode earlier; the document remembers what its first frame is called."""
    moved = shift(document, range(len(document.cues)), -round(hours * hour_ms))
    named = set_field(document, "start_timecode", document.start_timecode + hours * _NAMED_HOUR_MS)
    return moved.then(named) if moved is not None and named is not None else moved
