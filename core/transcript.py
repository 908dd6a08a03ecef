"""Words and segments, the shapes every room exchanges. Knows nothing of sound, files, models or windows."""

from __future__ import annotations

import enum
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


def new_id() -> str:
    """A fresh id for a word or a cue: 16 hex digits, unique for all practical purposes."""
    return os.urandom(8).hex()  # uuid4 takes three times as long, and a long file makes a quarter of a million


class Source(enum.StrEnum):
    """Where a word's times come from."""

    RECOGNISED = "recognised"
    ALIGNED = "aligned"
    ESTIMATED = "estimated"
    EDITED = "edited"
    TAPPED = "tapped"
    IMPORTED = "imported"


Syllable = tuple[str, int, int]
"""(text, start_ms, end_ms)"""


@dataclass(frozen=True, slots=True)
class Word:
    """One word as shown, with its time.

    Attributes:
        text: as shown, punctuation included, no white space at its ends, never empty.
        after: the white space behind it: "" between CJK characters, " ", or "\\n" for a line break inside the cue.
        start_ms, end_ms: integers, start <= end.
        source: where the times come from.
        text_confidence, time_confidence: 0..1, or None where nobody measured it.
        marks: "i", "b", "u", "c:#rrggbb", or "<format>:<its own tag>", which only that format reads.
        syllables: () = not split.
    """

    text: str
    start_ms: int
    end_ms: int
    after: str = " "
    source: Source = Source.RECOGNISED
    text_confidence: float | None = None
    time_confidence: float | None = None
    marks: frozenset[str] = frozenset()
    syllables: tuple[Syllable, ...] = ()
    id: str = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class Segment:
    """What a recognizer made of one chunk of speech.

    Attributes:
        text: as recognised.
        languages: codes; more than one where the speaker mixes.
        words: () until aligned, where the engine gives none of its own.
        engine: id of the engine that made it.
        notes: what happened on the way: "repeated", "retried", "cut short", …
        confidences: (part of the text, 0..1), the parts joining to `text`; () where the engine gives none. Words that
            are timed later take their `text_confidence` from it.
    """

    start_ms: int
    end_ms: int
    text: str
    languages: tuple[str, ...] = ()
    words: tuple[Word, ...] = ()
    engine: str = ""
    notes: tuple[str, ...] = ()
    confidences: tuple[tuple[str, float], ...] = ()


def words_text(words: Sequence[Word]) -> str:
    """The words' text and white space joined, the last `after` dropped."""
    if not words:
        return ""
    return "".join([word.text + word.after for word in words[:-1]]) + words[-1].text


def split_text(text: str) -> list[tuple[str, str]]:
    """`text` as (word, white space behind it) pairs, parted at white space; runs of it become one " " or "\\n".

    >>> split_text("one  two\\nthree ")
    [('one', ' '), ('two', '\\n'), ('three', ' ')]
    """
    pairs: list[tuple[str, str]] = []
    lines = [line.split() for line in text.splitlines()]
    lines = [line for line in lines if line]
    for index, line in enumerate(lines):
        end = "\n" if index < len(lines) - 1 else " "
        pairs.extend((word, " ") for word in line[:-1])
        pairs.append((line[-1], end))
    return pairs


def shared_out(
    pairs: Sequence[tuple[str, str]],
    start_ms: int,
    end_ms: int,
    *,
    source: Source,
    marks: Iterable[frozenset[str]] | None = None,
) -> tuple[Word, ...]:
    """Words for `pairs` of (text, after) that share start_ms..end_ms out by length of text.

    Neighbours touch; a word may get zero length only where there are more words than milliseconds.
    """
    weights = [max(1, len(text)) for text, _ in pairs]
    total = sum(weights)
    all_marks = list(marks) if marks is not None else [frozenset[str]()] * len(pairs)
    words: list[Word] = []
    done = 0
    for (text, after), weight, word_marks in zip(pairs, weights, all_marks, strict=True):
        word_start = start_ms + (end_ms - start_ms) * done // total
        done += weight
        word_end = start_ms + (end_ms - start_ms) * done // total
        words.append(Word(text, word_start, word_end, after=after, source=source, marks=word_marks))
    return tuple(words)
