"""Which words want a look, the most doubtful first, with a reason for each. Knows no window.

A person goes through this list instead of looking at paint over everything (peers had to take that away), so it must be
short: a word stands in it once, for its weightiest reason.
"""

from __future__ import annotations

import bisect
import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from core.confidence import DOUBT_BELOW, all_times_doubtful, time_score
from core.cue import Cue
from core.document.document import Document, Unmatched
from core.transcript import Source, Word

Spans = Sequence[tuple[int, int]]
"""(start_ms, end_ms) each, in order of time, not overlapping."""


class Reason(enum.StrEnum):
    """Why a word is in doubt."""

    UNMATCHED = "unmatched"
    LOW_TEXT = "low_text"
    LOW_TIME = "low_time"
    RETRIED = "retried"
    ESTIMATED = "estimated"


_UNMATCHED, _RETRIED, _ESTIMATED = 1.0, 0.45, 0.4
"""How doubtful what has no confidence of its own is: behind every word under `DOUBT_BELOW`, but for lines not found."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word in doubt, or a line of a given text that was not found.

    Attributes:
        doubt: 0..1, more is worse.
        confidence: 0..1 where the reason is a low one, else None.
        cue_id, word_id: "" for a line.
        text: the word, or the line.
        line: number of the line in the given text, 1 = first; 0 for a word.
        start_ms, end_ms: of the word; 0 for a line.
    """

    reason: Reason
    doubt: float
    text: str
    cue_id: str = ""
    word_id: str = ""
    confidence: float | None = None
    line: int = 0
    start_ms: int = 0
    end_ms: int = 0


class Doubts:
    """Finds the doubts of documents one after the other; cues that stay are not looked at again.

    Attributes:
        retried_ms: passages that the engine had to hear again.
    """

    def __init__(self, retried_ms: Spans = ()) -> None:
        self.retried_ms = retried_ms
        self._kept: dict[int, tuple[Cue, tuple[Doubt, ...]]] = {}

    def of(self, document: Document) -> list[Doubt]:
        """All doubts, the most doubtful first, among equals in order of time."""
        kept: dict[int, tuple[Cue, tuple[Doubt, ...]]] = {}
        found: list[Doubt] = [_of_line(line) for line in document.unmatched]
        for cue in document.cues:
            known = self._kept.get(id(cue))  # the cue is kept with it, so its id is not given to another
            kept[id(cue)] = known if known is not None else (cue, tuple(doubts_of(cue, self.retried_ms)))
            found += kept[id(cue)][1]
        self._kept = kept
        return sorted(found, key=lambda doubt: -doubt.doubt)

    def begin_anew(self, retried_ms: Spans) -> None:
        """Other passages were heard again; every cue is looked at anew."""
        self.retried_ms = retried_ms
        self._kept = {}


def doubts_of(cue: Cue, retried_ms: Spans = ()) -> Iterable[Doubt]:
    """The doubts of one cue, in order of its words; where no time is sure, that is said once, of all of it."""
    together = _of_times(cue)
    if together is not None:
        yield together
    for word in cue.words:
        left = word if together is None else replace(word, time_confidence=None)
        reason = reason_of(left, retried=_is_inside(word, retried_ms))
        if reason is not None and not (together is not None and reason[0] is Reason.ESTIMATED):
            kind, doubt, confidence = reason
            yield Doubt(kind, doubt, word.text, cue.id, word.id, confidence, 0, word.start_ms, word.end_ms)


def _of_times(cue: Cue) -> Doubt | None:
    """The doubt of a cue in which every word's time is in doubt; None for any other, and for a single word."""
    if len(cue.words) < 2 or not all_times_doubtful(cue.words):
        return None
    score = time_score(cue.words)
    text, first, end_ms = cue.text.replace("\n", " "), cue.words[0], cue.words[-1].end_ms
    if score is None or score >= DOUBT_BELOW:
        return Doubt(Reason.ESTIMATED, _ESTIMATED, text, cue.id, first.id, None, 0, first.start_ms, end_ms)
    return Doubt(Reason.LOW_TIME, 1 - score, text, cue.id, first.id, score, 0, first.start_ms, end_ms)


def reason_of(word: Word, *, retried: bool = False) -> tuple[Reason, float, float | None] | None:
    """The weightiest reason to doubt a word, how doubtful it is, and the confidence that says so; None for none."""
    found: list[tuple[float, Reason, float | None]] = []
    if word.text_confidence is not None and word.text_confidence < DOUBT_BELOW:
        found.append((1 - word.text_confidence, Reason.LOW_TEXT, word.text_confidence))
    if word.time_confidence is not None and word.time_confidence < DOUBT_BELOW:
        found.append((1 - word.time_confidence, Reason.LOW_TIME, word.time_confidence))
    if retried and word.source is not Source.EDITED:
        found.append((_RETRIED, Reason.RETRIED, None))
    if word.source is Source.ESTIMATED:
        found.append((_ESTIMATED, Reason.ESTIMATED, None))
    if not found:
        return None
    doubt, reason, confidence = max(found, key=lambda one: one[0])
    return reason, doubt, confidence


def _of_line(line: Unmatched) -> Doubt:
    return Doubt(Reason.UNMATCHED, _UNMATCHED, line.text, line=line.line)


def _is_inside(word: Word, spans: Spans) -> bool:
    place = bisect.bisect_right(spans, word.start_ms, key=lambda span: span[0]) - 1
    return place >= 0 and word.start_ms < spans[place][1]
