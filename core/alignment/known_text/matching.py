"""Heard units against a text's units: alignment by dynamic programming, over all of it or its best part.

Knows no times and no lines. Words that sound alike count a little: an engine hears "thrift less" for "thriftless".
A mismatch costs less than the two gaps that would pass it over, so that misheard words stay in their places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from core.alignment import letters

MATCH = 6
_ALIKE = 2
_MISMATCH = -3
_GAP = 2
_ALIKE_FROM = 0.7
"""Words whose sounds, guessed from their letters, agree to this share sound alike."""

_DIAGONAL, _SKIP_HEARD, _SKIP_TEXT = range(3)

Numbers = npt.NDArray[np.int32]
Moves = npt.NDArray[np.uint8]
Pair = tuple[int, int]
"""(index of a heard unit, index of a text unit)"""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Scores of every heard unit against every text unit, row by row when asked.

    Attributes:
        heard: (m,) which row of `scores` each heard unit has.
        text: (n,) which column each text unit has.
        scores: (different heard units, different text units) int8.
    """

    heard: Numbers
    text: Numbers
    scores: npt.NDArray[np.int8]

    def row(self, heard: int) -> npt.NDArray[np.int8]:
        """(n,) scores of heard unit `heard` against each text unit."""
        row: npt.NDArray[np.int8] = self.scores[self.heard[heard]][self.text]
        return row

    def part(self, heard: Sequence[int], text: Sequence[int]) -> Table:
        """The same scores for some of the units."""
        return Table(self.heard[np.asarray(heard, int)], self.text[np.asarray(text, int)], self.scores)


def table_of(heard: Sequence[str], text: Sequence[str]) -> Table:
    """The table for these units, compared by letters and by sound."""
    heard_words, text_words = list(dict.fromkeys(heard)), list(dict.fromkeys(text))
    scores = np.full((len(heard_words), len(text_words)), _MISMATCH, np.int8)
    if heard_words and text_words:
        likeness = cdist(
            [_sounds(word) for word in heard_words],
            [_sounds(word) for word in text_words],
            scorer=Levenshtein.normalized_similarity,
            score_cutoff=_ALIKE_FROM,
            dtype=np.float32,
        )
        scores[likeness >= _ALIKE_FROM] = _ALIKE
    columns = {word: index for index, word in enumerate(text_words)}
    rows = {word: index for index, word in enumerate(heard_words)}
    for word, row in rows.items():
        if word in columns:
            scores[row, columns[word]] = MATCH
    return Table(
        np.array([rows[word] for word in heard], np.int32), np.array([columns[word] for word in text], np.int32), scores
    )


def _sounds(word: str) -> tuple[str, ...]:
    """What `word` sounds like: phones for the letters a–z, else its own letters."""
    return tuple(letters.phones(word).split()) if word.isascii() and word.isalpha() else tuple(word)


def best_overall(table: Table) -> list[Pair]:
    """Pairs of the best alignment of all heard with all text units, rising on both sides; only scores above zero.

    Quadratic in time, but at 2·10⁸ pairs a second; memory grows with length to the power of 1.5 (rows are kept at
    intervals and those between made again).
    """
    heard, text = len(table.heard), len(table.text)
    if not heard or not text:
        return []
    every = max(1, int(heard**0.5))
    gaps = np.arange(text + 1, dtype=np.int32) * _GAP
    kept = {0: -gaps}
    row = kept[0]
    for index in range(heard):
        row, _ = _next_row(row, table.row(index), gaps)
        if (index + 1) % every == 0:
            kept[index + 1] = row
    pairs: list[Pair] = []
    column = text
    for first, last in reversed(list(pairwise([*range(0, heard, every), heard]))):
        moves = np.empty((last - first, text + 1), np.uint8)
        row = kept[first]
        for index in range(first, last):
            row, moves[index - first] = _next_row(row, table.row(index), gaps)
        column = _trace(moves, first, column, pairs)
    return [(h, t) for h, t in reversed(pairs) if table.scores[table.heard[h], table.text[t]] > 0]


def _next_row(before: Numbers, scores: npt.NDArray[np.int8], gaps: Numbers) -> tuple[Numbers, Moves]:
    """The row behind `before`, and how each of its cells was reached; `gaps`: what passing over so many units costs."""
    skip = before - _GAP
    here = skip.copy()
    np.maximum(here[1:], before[:-1] + scores, out=here[1:])
    moves = np.where(here > skip, np.uint8(_DIAGONAL), np.uint8(_SKIP_HEARD))
    along = np.maximum.accumulate(here + gaps) - gaps
    moves[along > here] = _SKIP_TEXT
    return along.astype(np.int32, copy=False), moves


def _trace(moves: Moves, first: int, column: int, pairs: list[Pair]) -> int:
    """Walk back through `moves`, whose row 0 is heard unit `first`; the column at its top."""
    row = len(moves) - 1
    while row >= 0:
        move = moves[row, column]
        if move == _SKIP_TEXT:
            column -= 1
            continue
        if move == _DIAGONAL:
            column -= 1
            pairs.append((first + row, column))
        row -= 1
    return column


_STOP = 3


def best_part(table: Table) -> list[Pair]:
    """Pairs of the best-scoring stretch of heard against a stretch of text (ends are free); only scores above zero."""
    heard, text = len(table.heard), len(table.text)
    if not heard or not text:
        return []
    gaps = np.arange(text + 1, dtype=np.int32) * _GAP
    moves = np.empty((heard, text + 1), np.uint8)
    row = np.zeros(text + 1, np.int32)
    best, at = 0, (0, 0)
    for index in range(heard):
        row, moves[index] = _next_row(row, table.row(index), gaps)
        moves[index][row <= 0] = _STOP
        np.maximum(row, 0, out=row)
        column = int(row.argmax())
        if row[column] > best:
            best, at = int(row[column]), (index, column)
    pairs: list[Pair] = []
    if best:
        _trace_part(moves, *at, pairs)
    return [(h, t) for h, t in reversed(pairs) if table.scores[table.heard[h], table.text[t]] > 0]


def _trace_part(moves: Moves, row: int, column: int, pairs: list[Pair]) -> None:
    while row >= 0 and column > 0 and moves[row, column] != _STOP:
        move = moves[row, column]
        if move == _SKIP_TEXT:
            column -= 1
            continue
        if move == _DIAGONAL:
            column -= 1
            pairs.append((row, column))
        row -= 1
