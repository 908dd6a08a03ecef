"""What a good cue costs: every price the builder weighs, by name. Knows no search and no words, only measures of them.

All costs are whole numbers, so sums compare exactly, and all functions work element by element on arrays (int64). The
yardstick: beginning another cue costs 100. So a break in the middle of a phrase (220) is worth avoiding even by a
second line (10) with a plain break inside (55), and a sentence is left alone rather than joined to the next one.

The kinds of rule are those of Netflix's and the BBC's guides; the prices are ours, set by reading cues built from
English, German and Chinese speech.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from core.cues.line_breaks import Parting

Ints = npt.NDArray[np.int64]

INFEASIBLE = 1 << 40
"""More than any sum of real costs: breaks a hard limit."""

CUE = 100
"""Every cue: fewer are calmer to read."""

LINE = 10
"""Every line after the first of a cue."""

PARTING: dict[Parting, int] = {
    Parting.SENTENCE: 0,
    Parting.CLAUSE: 40,
    Parting.PHRASE: 150,
    Parting.PLAIN: 220,
    Parting.HELD: 360,
    Parting.FORBIDDEN: 5000,
}
"""A cue's end behind a word, by how well the place can be a break, where the speaker does not pause."""

WHOLE_SENTENCE = 95
"""Every sentence end inside a cue that holds whole sentences only: two short ones may share a line, long ones not."""

CUT_SENTENCE = 180
"""Every sentence end inside a cue that begins or ends in the middle of one."""

STUB = 60
"""A cue of next to no text that is no sentence of its own; nothing from a third of a line on."""

FULL_PAUSE_MS = 700
"""A pause that speaks for a break as clearly as punctuation does."""

LINE_SHARE = 25
"""Percent of a cue break's price that a line break at the same place costs: the eye joins lines more easily."""

HELD_LINE_SHARE = 55
"""The same between words that should stay together: 198, more than another cue that begins with a clause (140)."""

FREE_PAUSE_MS = 200
"""A pause inside a cue up to this costs nothing."""

_PARTING_TABLE = np.array([PARTING[kind] for kind in Parting], dtype=np.int64)
# Held words stay held through a speaker's hesitation, so a pause does not take all of their price (not less either: the
# lists are wrong about "do" and "her" at the end of what is said); nothing moves a forbidden one.
_RELIEF_PERCENT = np.array(
    [80 if kind is Parting.HELD else 0 if kind is Parting.FORBIDDEN else 100 for kind in Parting], dtype=np.int64
)


def parting(kinds: Ints, pauses_ms: Ints) -> Ints:
    """A cue ends here: the price of the place, less the longer the speaker pauses (nothing left at `FULL_PAUSE_MS`)."""
    full = _PARTING_TABLE[kinds]
    paused_ms = np.clip(pauses_ms, 0, FULL_PAUSE_MS)
    relief: Ints = full * _RELIEF_PERCENT[kinds] * paused_ms // (100 * FULL_PAUSE_MS)
    return full - relief


def line_parting(kinds: Ints, pauses_ms: Ints) -> Ints:
    """A line ends here inside a cue; what is forbidden stays forbidden."""
    share = np.where(kinds == Parting.HELD, HELD_LINE_SHARE, LINE_SHARE)
    price: Ints = parting(kinds, pauses_ms) * share // 100
    return price


def pause_inside(pauses_ms: Ints) -> Ints:
    """A cue runs on over a pause: 320 for a whole second."""
    cost: Ints = np.maximum(0, pauses_ms - FREE_PAUSE_MS) * 4 // 10
    return cost


def sentence_inside(inner_ends: Ints, whole: npt.NDArray[np.bool_]) -> Ints:
    """Sentences end inside a cue: little where it holds whole sentences only, more where one of them is cut."""
    cost: Ints = inner_ends * np.where(whole, WHOLE_SENTENCE, CUT_SENTENCE)
    return cost


def stub(columns: Ints, whole: npt.NDArray[np.bool_], line_columns: int) -> Ints:
    """A cue holds a word or two of a sentence that goes on elsewhere."""
    enough = max(1, line_columns // 3)
    cost: Ints = np.where(whole, 0, np.maximum(0, enough - columns) * STUB // enough)
    return cost


def too_short(room_ms: Ints, min_duration_ms: int) -> Ints:
    """A cue cannot stand its shortest time before the next one comes: up to 300."""
    cost: Ints = np.maximum(0, min_duration_ms - room_ms) * 300 // max(1, min_duration_ms)
    return cost


def reading_speed(needed_ms: Ints, shown_ms: Ints) -> Ints:
    """Time to read is missing: 200 a second."""
    cost: Ints = np.maximum(0, needed_ms - shown_ms) // 5
    return cost


def balance(columns: Ints, total: Ints, lines: int, *, last: bool, line_limit: int) -> Ints:
    """A line of a cue of `lines` lines is longer or shorter than the others: 60 for a whole line's length.

    A line above the last that is the longer one costs half as much again: a pyramid standing on its base leaves more of
    the picture free and is read faster.
    """
    over = (columns * lines - total) * 60 // (lines * line_limit)
    cost: Ints = np.abs(over)
    return cost if last else cost + np.maximum(0, over) // 2
