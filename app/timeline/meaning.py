"""What a word's block tells: where its time comes from, and whether it is in doubt. Knows no Qt and no colours."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from app.timeline.lru import Lru
from core.cue import Cue
from core.transcript import Source, Word

DOUBT_BELOW = 0.5
"""A confidence of text or time under this shows as doubt (both run 0..1)."""


class Look(enum.IntEnum):
    """How a word's time is shown; a greater number is a worse source."""

    MEASURED = 0
    BY_HAND = 1
    ESTIMATED = 2
    HEALING = 3


_LOOKS = {
    Source.RECOGNISED: Look.MEASURED,
    Source.ALIGNED: Look.MEASURED,
    Source.EDITED: Look.BY_HAND,
    Source.TAPPED: Look.BY_HAND,
    Source.ESTIMATED: Look.ESTIMATED,
    Source.IMPORTED: Look.ESTIMATED,
}


def look_of(word: Word, healing: frozenset[str] = frozenset()) -> Look:
    """How a word's time is shown; `healing` are the ids of words being re-timed."""
    return Look.HEALING if healing and word.id in healing else _LOOKS[word.source]


def is_doubtful(word: Word) -> bool:
    """Whether the word's text or time is in doubt."""
    return _is_low(word.text_confidence) or _is_low(word.time_confidence)


def _is_low(confidence: float | None) -> bool:
    return confidence is not None and confidence < DOUBT_BELOW


@dataclass(frozen=True, slots=True)
class Summary:
    """A cue's words in short.

    Attributes:
        cue: the very cue that was summed up.
        worst: the worst look of its words; MEASURED for none.
        estimated: how many of its words are estimated.
        mean_ms: mean length of a word; 0 for none.
    """

    cue: Cue
    worst: Look
    estimated: int
    mean_ms: float


class Summaries:
    """Summaries by cue, kept while the cue stays the same value: a drag sums up one cue, not all."""

    def __init__(self, limit: int = 20_000) -> None:
        self._kept: Lru[str, Summary] = Lru(limit)

    def of(self, cue: Cue) -> Summary:
        """The summary of a cue."""
        kept = self._kept.get(cue.id)
        if kept is None or kept.cue is not cue:
            kept = _summed_up(cue)
            self._kept.put(cue.id, kept)
        return kept


def _summed_up(cue: Cue) -> Summary:
    looks = [_LOOKS[word.source] for word in cue.words]
    if not looks:
        return Summary(cue, Look.MEASURED, 0, 0.0)
    span_ms = cue.words[-1].end_ms - cue.words[0].start_ms
    return Summary(cue, max(looks), looks.count(Look.ESTIMATED), span_ms / len(looks))
