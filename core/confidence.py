"""Confidence of parts of a text, folded onto its words, and of words, folded onto a cue. Knows no engine and no model.

A part is whatever the engine is sure of at once: for Qwen3-ASR a token. A word is as sure as the least sure part that
gives it a letter or digit: one wrong syllable makes a wrong word, and a comma does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import fmean

from core.transcript import Source, Word, words_text

DOUBT_BELOW = 0.5
"""A confidence of text or time under this is doubt (both run 0..1)."""


def with_text_confidence(words: Sequence[Word], parts: Sequence[tuple[str, float]]) -> tuple[Word, ...]:
    """`words` with `text_confidence` from `parts` of the same text; words that have one keep it.

    White space does not count in comparing the texts. Where they differ otherwise, the words come back as they are:
    a confidence on the wrong word is worse than none.

    >>> words = [Word("Hi,", 0, 1), Word("you", 1, 2)]
    >>> [word.text_confidence for word in with_text_confidence(words, [("Hi", 0.9), (",", 0.2), (" you", 0.8)])]
    [0.9, 0.8]
    """
    letters = [(letter, sure) for text, sure in parts for letter in text if not letter.isspace()]
    if "".join(letter for letter, _ in letters) != "".join(words_text(words).split()):
        return tuple(words)
    made = []
    place = 0
    for word in words:
        count = len("".join(word.text.split()))
        sure = [value for letter, value in letters[place : place + count] if letter.isalnum()]
        place += count
        known = word.text_confidence is not None or not sure
        made.append(word if known else replace(word, text_confidence=min(sure)))
    return tuple(made)


def time_score(words: Sequence[Word]) -> float | None:
    """How sure the times of a line or cue are, 0..1: the mean of its words' that were measured; None where none was.

    >>> time_score([Word("Hi,", 0, 1, time_confidence=0.9), Word("—", 1, 2), Word("you", 2, 3, time_confidence=0.4)])
    0.65
    """
    known = [word.time_confidence for word in words if word.time_confidence is not None]
    return round(fmean(known), 2) if known else None


def all_times_doubtful(words: Sequence[Word]) -> bool:
    """Whether every word's time is either estimated or one its aligner was not sure of."""
    return all(word.source is Source.ESTIMATED or _is_low(word.time_confidence) for word in words)


def _is_low(confidence: float | None) -> bool:
    return confidence is not None and confidence < DOUBT_BELOW
