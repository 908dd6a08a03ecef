"""Edges that two words share, and everything behind one: moved together. Knows no pixels and no sound.

The rule is `word_edits`': words give way down to `MIN_WORD_MS` (or to what they have, where that is less), and the
cue's end goes along outward, up to the next cue where the two do not overlap already.
"""

from __future__ import annotations

from dataclasses import replace

from core.cue import Cue
from core.document.document import Document
from core.document.edit import Edit
from core.document.edits.rows import replaced_each
from core.document.edits.spans import retimed, shifted, within
from core.document.edits.word_edits import MIN_WORD_MS
from core.transcript import Word


def move_shared_edge(document: Document, row: int, index: int, at_ms: int, *, merge_key: str = "") -> Edit | None:
    """Put the end of word `index` and the start of the one behind it to `at_ms`; both keep their least length.

    None where there is no word behind it, or nothing changes.
    """
    cue = document.cues[row]
    if not 0 <= index < len(cue.words) - 1:
        return None
    left, right = cue.words[index], cue.words[index + 1]
    at_ms = within(at_ms, left.start_ms + _least_ms(left), right.end_ms - _least_ms(right))
    words = (
        *cue.words[:index],
        retimed(left, left.start_ms, at_ms),
        retimed(right, at_ms, right.end_ms),
        *cue.words[index + 2 :],
    )
    return replaced_each(document, {row: replace(cue, words=words)}, "Change word times", merge_key=merge_key)


def shift_words(document: Document, row: int, index: int, by_ms: int, *, merge_key: str = "") -> Edit | None:
    """Move the words from `index` on by `by_ms`, inside their cue; the end of the word before goes along if it touches.

    Moved back, they stop where the word before has its least length (or ends, where the two do not touch); moved on,
    where the next cue begins. None where nothing changes.
    """
    cue = document.cues[row]
    if not 0 <= index < len(cue.words):
        return None
    by_ms = within(by_ms, *_shift_limits(document, row, index))
    head, tail = list(cue.words[:index]), shifted(cue.words[index:], by_ms) if by_ms else cue.words[index:]
    if head and head[-1].end_ms == cue.words[index].start_ms:
        head[-1] = retimed(head[-1], head[-1].start_ms, tail[0].start_ms)
    new = _around(replace(cue, words=(*head, *tail)), cue, by_ms)
    return replaced_each(document, {row: new}, "Shift words", merge_key=merge_key)


def _around(new: Cue, cue: Cue, by_ms: int) -> Cue:
    """The cue's edges, which stand where they stood unless its words need room; an end on its last word stays on it."""
    end_ms = max(cue.end_ms, new.words[-1].end_ms)
    if cue.end_ms == cue.words[-1].end_ms:
        end_ms = cue.end_ms + by_ms
    return replace(new, start_ms=min(cue.start_ms, new.words[0].start_ms), end_ms=end_ms)


def _shift_limits(document: Document, row: int, index: int) -> tuple[int, int]:
    """How far words may be moved back (negative) and on, in ms."""
    cue = document.cues[row]
    first = cue.words[index]
    if index == 0:
        before_ms = document.cues[row - 1].end_ms if row else 0
        low_ms = before_ms if before_ms <= cue.start_ms else 0
    else:
        before = cue.words[index - 1]
        touching = before.end_ms == first.start_ms
        low_ms = before.start_ms + _least_ms(before) if touching else before.end_ms
    last_ms = cue.words[-1].end_ms
    next_ms = document.cues[row + 1].start_ms if row + 1 < len(document.cues) else None
    room_ms = next_ms - last_ms if next_ms is not None and next_ms >= cue.end_ms else 2**62
    return min(0, low_ms - first.start_ms), room_ms


def _least_ms(word: Word) -> int:
    return min(MIN_WORD_MS, word.end_ms - word.start_ms)
