"""What became of each line of a given text, and what was said that it does not have. Knows no sound and no engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.confidence import time_score
from core.transcript import Word

if TYPE_CHECKING:  # a report crosses to the window's process, which does without NumPy
    from core.alignment.known_text.anchors import Anchors
    from core.alignment.known_text.script import Script

DOUBTFUL = 0.5
"""A line that scores less wants to be looked at."""

_LEAST_SPEECH_MS = 1_500
"""Speech without text is told from this length on; shorter are breaths and fillers."""

Span = tuple[int, int]
"""Half-open, ms of the media."""


@dataclass(frozen=True, slots=True)
class TimedLine:
    """A line of the text and what was found of it.

    Attributes:
        number: in the text as given, 1 = first.
        text: as given.
        words: in order of time; () where the line was not found.
        score: 0..1, the mean of its words' time confidence; 0 where it was not found. Below `DOUBTFUL` look at it.
        moved: spoken out of the text's order.
    """

    number: int
    text: str
    words: tuple[Word, ...] = ()
    score: float = 0.0
    moved: bool = False

    @property
    def found(self) -> bool:
        """Whether the line has times."""
        return bool(self.words)


@dataclass(frozen=True, slots=True)
class Report:
    """The whole outcome.

    Attributes:
        lines: every line of the text, in the text's order.
        untexted: speech that no line covers.
    """

    lines: tuple[TimedLine, ...]
    untexted: tuple[Span, ...] = ()

    @property
    def unmatched(self) -> tuple[TimedLine, ...]:
        """Lines that were not found in the sound."""
        return tuple(line for line in self.lines if not line.found)

    def in_time(self) -> tuple[TimedLine, ...]:
        """The found lines in the order spoken."""
        return tuple(sorted((line for line in self.lines if line.found), key=lambda line: line.words[0].start_ms))


def report_of(script: Script, words: Mapping[int, Sequence[Word]], anchors: Anchors, speech: Sequence[Span]) -> Report:
    """The report for `words` by token; `speech`: where anything is said at all."""
    lines = []
    for index, line in enumerate(script.lines):
        own = tuple(word for token in line.tokens for word in words.get(token, ()))
        lines.append(TimedLine(line.number, line.text, own, time_score(own) or 0.0, index in anchors.moved))
    return Report(tuple(lines), tuple(_not_covered(speech, [line.words for line in lines if line.words])))


def _not_covered(speech: Sequence[Span], lines: Iterable[Sequence[Word]]) -> Iterable[Span]:
    """Parts of `speech` outside all lines, as long as `_LEAST_SPEECH_MS`."""
    covered = sorted((words[0].start_ms, max(word.end_ms for word in words)) for words in lines)
    for start_ms, end_ms in speech:
        at_ms = start_ms
        for first_ms, last_ms in [*_touching(covered, start_ms, end_ms), (end_ms, end_ms)]:
            if first_ms - at_ms >= _LEAST_SPEECH_MS:
                yield at_ms, first_ms
            at_ms = max(at_ms, last_ms)


def _touching(spans: Sequence[Span], start_ms: int, end_ms: int) -> Iterable[Span]:
    return (span for span in spans if span[1] > start_ms and span[0] < end_ms)
