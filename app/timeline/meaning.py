"""What a word's block tells: where its time comes from, and whether it is in doubt. Knows no Qt and no colours."""

from __future__ import annotations

import enum
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.timeline.index import changed_span
from core.confidence import DOUBT_BELOW
from core.cue import Cue
from core.transcript import Source, Word


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


@dataclass(frozen=True, slots=True, eq=False)
class Summary:
    """The words of each cue in short, in row order.

    Attributes:
        cues: what was summed up.
        table: (n, 5) int64: worst look, words estimated, mean length of a word (ms; 0 = no words), start of the first
            word, end of the last (ms).
    """

    cues: tuple[Cue, ...]
    table: npt.NDArray[np.int64]

    @property
    def worst(self) -> npt.NDArray[np.int64]:
        """(n,) the worst `Look`; MEASURED for no words."""
        return self.table[:, 0]

    @property
    def estimated(self) -> int:
        """How many words are estimated."""
        return int(self.table[:, 1].sum())

    @property
    def mean_ms(self) -> npt.NDArray[np.int64]:
        """(n,) mean length of a word; 0 for no words."""
        return self.table[:, 2]

    @property
    def starts_ms(self) -> npt.NDArray[np.int64]:
        """(n,) start of the first word."""
        return self.table[:, 3]

    @property
    def ends_ms(self) -> npt.NDArray[np.int64]:
        """(n,) end of the last word."""
        return self.table[:, 4]


class Summaries:
    """Sums up documents one after the other; what two have in common is summed up once."""

    def __init__(self) -> None:
        self._last = Summary((), np.zeros((0, 5), np.int64))

    def of(self, cues: tuple[Cue, ...]) -> Summary:
        """The summary of a document's cues."""
        if self._last.cues is not cues:
            before = self._last.table
            first, last_before, last_after = changed_span(self._last.cues, cues)
            changed = np.array([_summed_up(cue) for cue in cues[first:last_after]], np.int64).reshape(-1, 5)
            self._last = Summary(cues, np.concatenate((before[:first], changed, before[last_before:])))
        return self._last


def _summed_up(cue: Cue) -> tuple[int, int, int, int, int]:
    words = cue.words
    if not words:
        return Look.MEASURED, 0, 0, cue.start_ms, cue.start_ms
    looks = [_LOOKS[word.source] for word in words]
    start_ms, end_ms = words[0].start_ms, words[-1].end_ms
    mean_ms = max(1, (end_ms - start_ms) // len(words))
    return max(looks), looks.count(Look.ESTIMATED), mean_ms, start_ms, end_ms
