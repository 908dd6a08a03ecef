"""What is asked of a recogniser and what it answers: plain values. Knows no torch, so judging answers needs none."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from core.media.waveform import Samples
from core.timecode import SAMPLE_RATE

_LEAST_TOKENS, _TOKENS_A_SECOND = 32, 20
"""Budget of an answer. Fast speech is 5 tokens a second in English and Chinese, and three times that in scripts the
tokenizer was not made for (Hindi, Thai)."""


LONGEST_PERIOD = 12
"""Tokens; longer loops run into the budget."""
_REPEATED_TOKENS = 20
_REPEATS = 5
"""A loop is the same tokens five times or more and twenty tokens or more: sixty at most. A refrain stays under that."""


class Ending(enum.Enum):
    """Why an answer ended; only `SAID` is a result. `LOST`: its numbers were none, as where float16 overflows."""

    SAID = "said"
    BUDGET = "budget"
    LOOP = "loop"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer, read.

    Attributes:
        languages: codes, as the model named them; () = none named, or no speech.
        text: as the model wrote it.
        confidences: (part of the text, 0..1); the parts join to `text`.
    """

    languages: tuple[str, ...]
    text: str
    confidences: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """One clip.

    Attributes:
        samples: (n,) float32, 16 kHz mono.
        context: names and terms that help.
        languages: codes: () = any, one = the answer is in it, several = in one or two of them.
    """

    samples: Samples
    context: str = ""
    languages: tuple[str, ...] = ()

    @property
    def forced(self) -> str:
        """The language the prompt gives, or ""."""
        return self.languages[0] if len(self.languages) == 1 else ""

    @property
    def budget(self) -> int:
        """Most tokens of the answer."""
        return budget_for(len(self.samples))


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer and how it ended: text behind a loop's first round, or from where numbers were none, is left out."""

    heard: Heard
    ending: Ending


def budget_for(samples: int) -> int:
    """Most tokens of an answer to so many samples."""
    return _LEAST_TOKENS + _TOKENS_A_SECOND * samples // SAMPLE_RATE


def repeated(ids: Sequence[int]) -> int:
    """How many tokens at the end repeat what stands before them; 0 where nothing is repeated often enough."""
    for period in range(1, LONGEST_PERIOD + 1):
        wanted = max(_REPEATS * period, _REPEATED_TOKENS)
        if len(ids) < wanted:
            return 0
        if ids[-1] != ids[-1 - period]:
            continue
        same = period
        while same < len(ids) and ids[-1 - same] == ids[-1 - same + period]:
            same += 1
        if same >= wanted:
            return same - period
    return 0
