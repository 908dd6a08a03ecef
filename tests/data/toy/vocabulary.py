"""The 22 words, and texts made of them: which may be trained on, and which are held back. Knows no sound."""

from __future__ import annotations

import hashlib
import random

_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_OTHERS = ("hello", "world", "this", "is", "a", "test", "of", "red", "green", "blue", "yes", "no")
WORDS = (*_DIGITS, *_OTHERS)
PHRASES = ("this is a test", "hello world", "is a", "a test", "a test of", "this is", "one of", "is this a test")
"""Said as people say them, run together: more of them than chance would give."""
_HELD_BACK_EVERY = 8
MOST_WORDS = 10


def is_held_back(text: str) -> bool:
    """Whether `text` is kept for the evaluation. Single words never are: there are only 22."""
    digest = hashlib.sha256(text.encode()).digest()
    return " " in text and digest[0] % _HELD_BACK_EVERY == 0


def some_text(rng: random.Random, *, held_back: bool) -> str:
    """A text of 1 to 10 words, mostly 2 to 6, from the side that is asked for."""
    while True:
        count = rng.choices(range(1, MOST_WORDS + 1), weights=(7, 10, 12, 12, 11, 10, 8, 6, 4, 3))[0]
        words: list[str] = []
        while len(words) < count:
            words += rng.choice(PHRASES).split() if rng.random() < 0.2 else [rng.choice(WORDS)]
        text = " ".join(words[:MOST_WORDS])
        if is_held_back(text) == held_back:
            return text
