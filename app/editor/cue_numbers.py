"""The numbers shown beside a cue: length, reading speed, characters a line, each against the style. Knows no Qt.

They are the ones the checks go by, so a number is shown as too high exactly where a finding says so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from core.cue import Cue
from core.cues.checks import SPEED_SLACK
from core.cues.measure import chars, reading_speed, words_per_minute
from core.cues.styles import Style


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast a cue must be read.

    Attributes:
        value: characters a second, or words a minute where the style asks for those; infinite where there is no time.
        limit: the most the style allows; 0 = not asked.
        in_words: whether it is words a minute.
    """

    value: float
    limit: int
    in_words: bool

    @property
    def over(self) -> bool:
        """Whether it is faster than can be read."""
        return bool(self.limit) and self.value > self.limit * SPEED_SLACK

    @property
    def share(self) -> float:
        """Of the limit, 0..1; 0 where there is none."""
        return min(1.0, self.value / self.limit) if self.limit else 0.0

    @property
    def text(self) -> str:
        """ "14.3", "152", "∞"."""
        if math.isinf(self.value):
            return "∞"
        return f"{self.value:.0f}" if self.in_words else f"{self.value:.1f}"


@dataclass(frozen=True, slots=True)
class LineCount:
    """Characters of one line against the style."""

    count: float
    limit: int

    @property
    def over(self) -> bool:
        """Whether the line is too long."""
        return self.count > self.limit

    @property
    def text(self) -> str:
        """ "27 / 42", with halves where the style counts full-width characters as one."""
        return f"{self.count:g} / {self.limit}"


def counts_words(style: Style) -> bool:
    """Whether the style asks for words a minute and not for characters a second."""
    return bool(style.max_wpm) and not style.max_cps


def speed_of(cue: Cue, style: Style) -> Speed:
    """Reading speed of a cue by the measure of its style."""
    if counts_words(style):
        return Speed(words_per_minute(len(cue.words), cue.duration_ms), style.max_wpm, True)
    return Speed(reading_speed(cue.text, cue.duration_ms, style), style.max_cps, False)


def line_count(line: str, style: Style) -> LineCount:
    """Characters of one line."""
    return LineCount(chars(line, style), style.max_line_chars)


def seconds_text(ms: int, places: int = 2) -> str:
    """A length in seconds: "2.64"."""
    return f"{ms / 1000:.{places}f}"
