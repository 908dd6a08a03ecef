"""Cues on the grain of formats that count hundredths of a second. Knows no format."""

from __future__ import annotations

from dataclasses import replace

from core.cue import Cue


def in_centiseconds(cue: Cue) -> Cue:
    """The cue with every edge rounded to the nearest centisecond, halves up.

    Edges are rounded and never lengths, so that what touched still touches.
    """
    words = tuple(
        replace(
            word,
            start_ms=_rounded(word.start_ms),
            end_ms=_rounded(word.end_ms),
            syllables=tuple((text, _rounded(start_ms), _rounded(end_ms)) for text, start_ms, end_ms in word.syllables),
        )
        for word in cue.words
    )
    return replace(cue, start_ms=_rounded(cue.start_ms), end_ms=_rounded(cue.end_ms), words=words)


def _rounded(ms: int) -> int:
    return (ms + 5) // 10 * 10
