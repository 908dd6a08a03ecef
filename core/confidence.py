"""Confidence of parts of a text, folded onto its words. Knows no engine and no model.

A part is whatever the engine is sure of at once: for Qwen3-ASR a token. A word is as sure as the least sure part that
gives it a letter or digit: one wrong syllable makes a wrong word, and a comma does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from core.transcript import Word, words_text


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
