"""An old subtitle's cues with the times that were found for their text, for review. Knows no sound and no builder.

A re-timed cue keeps its id, style, voice, marks and how long it stood past its last word. The window imports this, so
it stays light.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from core.alignment.known_text.report import DOUBTFUL, Report, TimedLine
from core.cue import Cue
from core.transcript import Word

_LEAST_PAIRS = 8
_USUAL_SCALE = (0.9, 1.1)
"""Films are sped up by 4 % at most; a scale outside is chance."""


@dataclass(frozen=True, slots=True)
class Retimed:
    """One cue of an old subtitle, for review.

    Attributes:
        old: as it was.
        new: with its new times, or None where it was not found.
        score: 0..1, how sure the new times are; below 0.5 look at it.
    """

    old: Cue
    new: Cue | None
    score: float

    @property
    def shift_ms(self) -> int:
        """How far the start moves; 0 where it was not found."""
        return 0 if self.new is None else self.new.start_ms - self.old.start_ms

    @property
    def doubtful(self) -> bool:
        """Whether a person should look before it is taken over."""
        return self.new is None or self.score < DOUBTFUL


def retimed(cues: Sequence[Cue], report: Report) -> tuple[Retimed, ...]:
    """What becomes of each of `cues`, in their order; line n of the report is cue n.

    Cues of which the text has no words to find (empty ones) keep no new time.
    """
    lines = {line.number: line for line in report.lines}
    found = [(cue, lines.get(number)) for number, cue in enumerate(cues, 1)]
    scale = _scale([(cue, line) for cue, line in found if line is not None and line.found])
    starts = sorted(line.words[0].start_ms for _, line in found if line is not None and line.found)
    return tuple(_retimed(cue, line, scale, starts) for cue, line in found)


def applied(changes: Iterable[Retimed], *, largest_shift_ms: int | None = None) -> tuple[Cue, ...]:
    """The cues with new times where they were found and moved no further than `largest_shift_ms`; in order of time."""
    cues = [
        change.new
        if change.new is not None and (largest_shift_ms is None or abs(change.shift_ms) <= largest_shift_ms)
        else change.old
        for change in changes
    ]
    return tuple(sorted(cues, key=lambda cue: (cue.start_ms, cue.end_ms)))


def _scale(found: Sequence[tuple[Cue, TimedLine]]) -> float:
    """New time over old time, by the median over neighbouring cues; 1 where it cannot be told."""
    ratios = [
        (after[1].words[0].start_ms - before[1].words[0].start_ms) / (after[0].start_ms - before[0].start_ms)
        for before, after in pairwise(found)
        if after[0].start_ms - before[0].start_ms >= 1000
    ]
    scale = median(ratios) if len(ratios) >= _LEAST_PAIRS else 1.0
    return scale if _USUAL_SCALE[0] <= scale <= _USUAL_SCALE[1] else 1.0


def _retimed(cue: Cue, line: TimedLine | None, scale: float, starts: Sequence[int]) -> Retimed:
    if line is None or not line.found:
        return Retimed(cue, None, 0.0)
    words = _with_marks(line.words, cue.words)
    start_ms, last_ms = words[0].start_ms, max(word.end_ms for word in words)
    later = bisect_right(starts, start_ms)
    end_ms = start_ms + round((cue.end_ms - cue.start_ms) * scale)
    if later < len(starts):
        end_ms = min(end_ms, starts[later])
    return Retimed(cue, replace(cue, words=words, start_ms=start_ms, end_ms=max(end_ms, last_ms)), line.score)


def _with_marks(words: Sequence[Word], old: Sequence[Word]) -> tuple[Word, ...]:
    """The new words with the old ones' ids and marks, where both are the same words."""
    if [word.text for word in words] != [word.text for word in old]:
        return tuple(words)
    return tuple(
        replace(word, id=before.id, marks=before.marks, after=before.after)
        for word, before in zip(words, old, strict=True)
    )
