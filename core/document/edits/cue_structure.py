"""Which cues there are: split, merge, insert, delete, put in others. Knows no style: callers choose where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from core.cue import Cue
from core.document.document import Document
from core.document.edit import Edit
from core.document.edits.cue_times import moved
from core.document.edits.rows import added, replaced, valid_rows
from core.document.edits.spans import halves, untangled
from core.document.text_diff import rewritten
from core.document.tokens import joint
from core.transcript import Word, new_id, words_text


def split_at_word(document: Document, row: int, word_index: int, *, touching: bool = False) -> Edit | None:
    """Split a cue so that its word `word_index` begins the second part, at that word's real time.

    The first part keeps the id and ends with its last word; `touching`: where the second begins. None where one part
    would have no words.
    """
    cue = document.cues[row]
    return replaced(document, {row: _parts(cue, cue.words, word_index, touching)}, "Split cue")


def split_at_text(document: Document, row: int, offset: int, *, touching: bool = False) -> Edit | None:
    """Split a cue before character `offset` of its text.

    In white space, or where only punctuation would be cut off, it splits between the words; inside a word, the word is
    cut and its time shared by length (`edited`). None where one part would have no words.
    """
    cue = document.cues[row]
    at = 0
    for index, word in enumerate(cue.words):
        inside = offset - at
        if inside <= _head(word.text):
            return split_at_word(document, row, index, touching=touching)
        if inside < _tail(word.text):
            words = (*cue.words[:index], *halves(word, inside), *cue.words[index + 1 :])
            return replaced(document, {row: _parts(cue, words, index + 1, touching)}, "Split cue")
        at += len(word.text) + len(word.after)
    return None


def split_at_time(document: Document, row: int, at_ms: int, *, touching: bool = False) -> Edit | None:
    """Split a cue between the two words nearest to `at_ms` (the playhead); one without words at that time itself."""
    cue = document.cues[row]
    if not cue.words and cue.start_ms < at_ms < cue.end_ms:
        parts = (replace(cue, end_ms=at_ms), replace(cue, start_ms=at_ms, id=new_id()))
        return replaced(document, {row: parts}, "Split cue")
    if len(cue.words) < 2:
        return None
    index = min(range(1, len(cue.words)), key=lambda n: _distance_ms(cue.words[n - 1], cue.words[n], at_ms))
    return split_at_word(document, row, index, touching=touching)


def merge(document: Document, rows: Iterable[int], *, between: str | None = None) -> Edit | None:
    """Make one cue of several: the words of all, from the first start to the last end.

    Words of cues that overlapped follow each other; those that begin too early share the time that is left.

    Args:
        between: " " or "\\n"; None = a blank, or nothing where the script has none.
    """
    chosen = valid_rows(document, rows)
    if len(chosen) < 2:
        return None
    cues = [document.cues[row] for row in chosen]
    words: tuple[Word, ...] = ()
    for cue in cues:
        words = joined(words, cue.words, between)
    words = untangled(words)
    end_ms = max([*(cue.end_ms for cue in cues), *(word.end_ms for word in words[-1:])])
    new: dict[int, Sequence[Cue]] = dict.fromkeys(chosen[1:], ())
    new[chosen[0]] = (replace(cues[0], words=words, end_ms=end_ms, locked=any(cue.locked for cue in cues)),)
    return replaced(document, new, "Merge cues")


def insert(document: Document, start_ms: int, end_ms: int, text: str = "", *, language: str = "") -> Edit:
    """Put in a cue at its place in time; its words share the time (`estimated`).

    Times before 0 become 0; an end before the start becomes the start.
    """
    start_ms = max(0, start_ms)
    end_ms = max(start_ms, end_ms)
    cue = Cue(rewritten((), text, start_ms, end_ms), start_ms, end_ms, language=language)
    edit = added(document, (cue,), "Insert cue")
    assert edit is not None  # one cue is always an edit
    return edit


def paste(
    document: Document, cues: Iterable[Cue], *, at_ms: int | None = None, label: str = "Paste cues"
) -> Edit | None:
    """Put in copies of cues with their words, under ids of their own.

    Args:
        at_ms: where the first of them starts; None = each at its own time.
    """
    copies = [fresh(cue) for cue in cues]
    if at_ms is not None and copies:
        by_ms = max(0, at_ms) - min(cue.start_ms for cue in copies)
        copies = [moved(cue, by_ms) for cue in copies]
    return added(document, copies, label)


def delete(document: Document, rows: Iterable[int]) -> Edit | None:
    """Take cues away."""
    chosen = valid_rows(document, rows)
    return replaced(document, dict.fromkeys(chosen, ()), "Delete cues" if len(chosen) > 1 else "Delete cue")


def put(document: Document, rows: Iterable[int], cues: Iterable[Cue], *, label: str) -> Edit | None:
    """Put cues in place of rows, as one step: a part done again, a re-flow. The cues need not be in order."""
    chosen = valid_rows(document, rows)
    if not chosen:
        return added(document, cues, label)
    new: dict[int, Sequence[Cue]] = dict.fromkeys(chosen, ())
    new[chosen[0]] = sorted(cues, key=lambda cue: (cue.start_ms, cue.end_ms))
    return replaced(document, new, label)


def fresh(cue: Cue) -> Cue:
    """A copy under new ids, of the cue and of its words."""
    return replace(cue, id=new_id(), words=tuple(replace(word, id=new_id()) for word in cue.words))


def joined(first: Sequence[Word], second: Sequence[Word], between: str | None = None) -> tuple[Word, ...]:
    """Words of two cues in one row, with white space where they meet."""
    if not first or not second:
        return (*first, *second)
    space = joint(words_text(first[-2:]), words_text(second[:2])) if between is None else between
    return (*first[:-1], replace(first[-1], after=space), *second)


def _parts(cue: Cue, words: Sequence[Word], index: int, touching: bool) -> tuple[Cue, ...]:
    first, second = tuple(words[:index]) if index > 0 else (), tuple(words[max(0, index) :])
    if not first or not second:
        return (cue,)
    end_ms = second[0].start_ms if touching else first[-1].end_ms
    return (
        replace(cue, words=first, end_ms=end_ms),
        replace(cue, words=second, start_ms=second[0].start_ms, id=new_id()),
    )


def _head(text: str) -> int:
    """Characters of punctuation at the start."""
    return next((n for n, character in enumerate(text) if character.isalnum()), 0)


def _tail(text: str) -> int:
    """Where the punctuation at the end begins."""
    return next((n + 1 for n in reversed(range(len(text))) if text[n].isalnum()), 0)


def _distance_ms(before: Word, behind: Word, at_ms: int) -> int:
    return max(before.end_ms - at_ms, at_ms - behind.start_ms, 0)
