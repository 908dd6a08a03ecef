"""An aligner's times for a window, put between neighbours that keep theirs. Knows no engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from core.document.edits.spans import within
from core.document.heal.window import Window
from core.transcript import Source, Word

_ASTRAY_MS = 300
"""Sentinels that are found so far from where they are, in the median, say that the answer is of another place."""

LEAST_MS = 40
"""A healed word is at least this long, or it was not found between its neighbours."""

_SQUEEZED_MS = 150
SQUEEZED = 0.4
"""`time_confidence` of a word that its neighbours cut short by more than that."""


def healed(asked: Window, timed: Sequence[Word]) -> tuple[Word, ...] | None:
    """The words of `asked.seen` with times from the sound for its run; all others are the same values.

    Args:
        timed: one for each of `asked.words`, in order.

    Returns:
        None where the times are not to be believed: estimates, sentinels astray, or no room between the neighbours.
    """
    own = timed[len(asked.ahead) : len(asked.ahead) + len(asked.run)]
    if len(timed) != len(asked.words) or any(word.source is Source.ESTIMATED for word in own) or _astray(asked, timed):
        return None
    spans = _fitted([(word.start_ms, word.end_ms) for word in own], asked.low_ms, asked.high_ms)
    if spans is None:
        return None
    old = asked.seen.words[asked.first : asked.last]
    run = (_healed(word, found, span) for word, found, span in zip(old, own, spans, strict=True))
    return (*asked.seen.words[: asked.first], *run, *asked.seen.words[asked.last :])


def _astray(asked: Window, timed: Sequence[Word]) -> bool:
    behind = len(timed) - len(asked.behind)
    pairs = [*zip(asked.ahead, timed, strict=False), *zip(asked.behind, timed[behind:], strict=True)]
    shifts = [abs(found.start_ms + found.end_ms - word.start_ms - word.end_ms) / 2 for word, found in pairs]
    return bool(shifts) and median(shifts) > _ASTRAY_MS


def _fitted(spans: Sequence[tuple[int, int]], low_ms: int, high_ms: int) -> list[tuple[int, int]] | None:
    """The spans cut to low..high; None where one of them is not found there."""
    cut = [(within(start_ms, low_ms, high_ms), within(end_ms, low_ms, high_ms)) for start_ms, end_ms in spans]
    return cut if all(end_ms - start_ms >= LEAST_MS for start_ms, end_ms in cut) else None


def _healed(word: Word, found: Word, span: tuple[int, int]) -> Word:
    cut_ms = (found.end_ms - found.start_ms) - (span[1] - span[0])
    confidence = SQUEEZED if cut_ms > _SQUEEZED_MS else found.time_confidence
    return replace(word, start_ms=span[0], end_ms=span[1], source=Source.ALIGNED, time_confidence=confidence)
