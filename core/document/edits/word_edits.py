"""Single words: their edges, their text, their place. Knows no pixels and no sound.

The rule for edges: **the neighbour gives way**, down to `MIN_WORD_MS` (or to what it has, where that is less); there
the dragged edge stops. At the first and last word the cue's own edge goes along outward, up to the next cue where
the two do not overlap already. Never negative, never overlapping.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from core.cue import Cue
from core.document.document import Document
from core.document.edit import Edit
from core.document.edits.cue_structure import joined
from core.document.edits.rows import replaced, replaced_each
from core.document.edits.spans import halves, retimed, untangled, within
from core.document.text_diff import rewritten
from core.transcript import Source, Word

MIN_WORD_MS = 20
"""A word that gives way keeps at least this; shorter is no spoken sound."""

_NO_LIMIT_MS = 2**62


def retime_word(
    document: Document,
    row: int,
    index: int,
    *,
    start_ms: int | None = None,
    end_ms: int | None = None,
    merge_key: str = "",
) -> Edit | None:
    """Set a word's start, its end, or both (a move: it keeps its length as long as there is room)."""
    cue = document.cues[row]
    word = cue.words[index]
    low_ms, high_ms = _limits(document, row, index)
    if start_ms is not None and end_ms is not None:
        length_ms = min(max(0, end_ms - start_ms), high_ms - low_ms)
        start = within(start_ms, low_ms, high_ms - length_ms)
        end = start + length_ms
    else:
        start = word.start_ms if start_ms is None else within(start_ms, low_ms, word.end_ms - _least_ms(word))
        end = word.end_ms if end_ms is None else within(end_ms, word.start_ms + _least_ms(word), high_ms)
    return replaced_each(
        document, {row: _with_word_at(cue, index, start, end)}, "Change word times", merge_key=merge_key
    )


def set_word_text(document: Document, row: int, index: int, text: str) -> Edit | None:
    """Correct one word; several words share its time, "" takes it away."""
    cue = document.cues[row]
    word = cue.words[index]
    low_ms = cue.words[index - 1].end_ms if index > 0 else cue.start_ms
    high_ms = cue.words[index + 1].start_ms if index + 1 < len(cue.words) else cue.end_ms
    new = rewritten((word,), text, low_ms, high_ms)
    if new:
        new = (*new[:-1], replace(new[-1], after=word.after))
    words = (*cue.words[:index], *new, *cue.words[index + 1 :])
    return replaced_each(document, {row: replace(cue, words=words)}, "Edit word")


def delete_words(document: Document, row: int, indexes: Iterable[int]) -> Edit | None:
    """Take words away; the cue keeps its times."""
    cue, gone = document.cues[row], set(indexes)
    words = tuple(word for index, word in enumerate(cue.words) if index not in gone)
    return replaced_each(document, {row: replace(cue, words=words)}, "Delete words")


def split_word(document: Document, row: int, index: int, offset: int) -> Edit | None:
    """Cut a word before character `offset`, its time shared by length; None where one part would be empty."""
    cue = document.cues[row]
    try:
        parts = halves(cue.words[index], offset)
    except ValueError:
        return None
    words = (*cue.words[:index], *parts, *cue.words[index + 1 :])
    return replaced_each(document, {row: replace(cue, words=words)}, "Split word")


def join_words(document: Document, row: int, index: int, count: int = 2, *, glue: str = "") -> Edit | None:
    """Make one word of `count` from `index` on, from the first start to the last end; None where there are too few.

    Args:
        glue: between the texts: "", "-", an apostrophe; no white space at a word's inside is made.
    """
    cue = document.cues[row]
    parts = cue.words[index : index + count]
    if count < 2 or index < 0 or len(parts) < count:
        return None
    words = (*cue.words[:index], _one_word(parts, glue.strip()), *cue.words[index + count :])
    return replaced_each(document, {row: replace(cue, words=words)}, "Join words")


def to_next_cue(document: Document, row: int, index: int) -> Edit | None:
    """Move the words from `index` on to the front of the next cue; the cues' times follow.

    The cue keeps what it stood on after its last word, as far as there is room; one left without words goes.
    """
    if row + 1 >= len(document.cues) or not 0 <= index < len(document.cues[row].words):
        return None
    cue, behind = document.cues[row], document.cues[row + 1]
    words = untangled(joined(cue.words[index:], behind.words))
    taken = replace(
        behind,
        words=words,
        start_ms=min(behind.start_ms, words[0].start_ms),
        end_ms=max(behind.end_ms, words[-1].end_ms),
    )
    left = _cut_behind(cue, index)
    return replaced(document, {row: left, row + 1: (taken,)}, "Move words to next cue")


def to_previous_cue(document: Document, row: int, index: int) -> Edit | None:
    """Move the words up to and with `index` to the end of the cue before; the cues' times follow, as `to_next_cue`."""
    if row < 1 or not 0 <= index < len(document.cues[row].words):
        return None
    cue, before = document.cues[row], document.cues[row - 1]
    words = untangled(joined(before.words, cue.words[: index + 1]))
    taken = replace(
        before,
        words=words,
        start_ms=min(before.start_ms, words[0].start_ms),
        end_ms=max(before.end_ms, words[-1].end_ms),
    )
    left = _cut_before(cue, index + 1)
    return replaced(document, {row - 1: (taken,), row: left}, "Move words to previous cue")


def _limits(document: Document, row: int, index: int) -> tuple[int, int]:
    """How far the word's start may go back and its end forth, in ms."""
    cue = document.cues[row]
    if index > 0:
        before = cue.words[index - 1]
        low_ms = before.start_ms + _least_ms(before)
    else:
        end_ms = document.cues[row - 1].end_ms if row else 0
        low_ms = end_ms if end_ms <= cue.start_ms else 0
    if index + 1 < len(cue.words):
        behind = cue.words[index + 1]
        return low_ms, behind.end_ms - _least_ms(behind)
    start_ms = document.cues[row + 1].start_ms if row + 1 < len(document.cues) else _NO_LIMIT_MS
    return low_ms, start_ms if start_ms >= cue.end_ms else _NO_LIMIT_MS


def _least_ms(word: Word) -> int:
    return min(MIN_WORD_MS, word.end_ms - word.start_ms)


def _with_word_at(cue: Cue, index: int, start_ms: int, end_ms: int) -> Cue:
    words = list(cue.words)
    words[index] = retimed(words[index], start_ms, end_ms)
    if index > 0:
        before = words[index - 1]
        words[index - 1] = retimed(before, before.start_ms, min(before.end_ms, start_ms))
    if index + 1 < len(words):
        behind = words[index + 1]
        words[index + 1] = retimed(behind, max(behind.start_ms, end_ms), behind.end_ms)
    return replace(cue, words=tuple(words), start_ms=min(cue.start_ms, start_ms), end_ms=max(cue.end_ms, end_ms))


def _one_word(parts: Sequence[Word], glue: str) -> Word:
    sources = {part.source for part in parts}
    return replace(
        parts[0],
        text=glue.join(part.text for part in parts),
        end_ms=parts[-1].end_ms,
        after=parts[-1].after,
        source=sources.pop() if len(sources) == 1 else Source.EDITED,
        text_confidence=_least([part.text_confidence for part in parts]),
        time_confidence=_least([part.time_confidence for part in parts]),
        marks=frozenset().union(*(part.marks for part in parts)),
        syllables=_syllables(parts, glue),
    )


def _syllables(parts: Sequence[Word], glue: str) -> tuple[tuple[str, int, int], ...]:
    """The parts' syllables behind each other, where every part has them and nothing comes between."""
    whole = not glue and all(part.syllables for part in parts)
    return tuple(syllable for part in parts for syllable in part.syllables) if whole else ()


def _least(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return min(known) if len(known) == len(values) else None


def _cut_behind(cue: Cue, index: int) -> tuple[Cue, ...]:
    """The cue without its words from `index` on, ending before them; () where none are left."""
    words = cue.words[:index]
    if not words:
        return ()
    lead_out_ms = cue.end_ms - cue.words[-1].end_ms
    return (replace(cue, words=words, end_ms=min(cue.words[index].start_ms, words[-1].end_ms + lead_out_ms)),)


def _cut_before(cue: Cue, index: int) -> tuple[Cue, ...]:
    """The cue without its words before `index`, beginning behind them; () where none are left."""
    words = cue.words[index:]
    if not words:
        return ()
    lead_in_ms = cue.words[0].start_ms - cue.start_ms
    return (replace(cue, words=words, start_ms=max(cue.words[index - 1].end_ms, words[0].start_ms - lead_in_ms)),)
