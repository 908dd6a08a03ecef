"""New times of cues, found by aligning their text, taken over after review. Knows no sound and no score."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from core.cue import Cue
from core.document.document import Document
from core.document.edit import Edit
from core.document.edits.rows import replaced_each
from core.transcript import Word


def take_times(document: Document, changes: Iterable[tuple[Cue, Cue]], *, label: str = "Re-time cues") -> Edit | None:
    """Give cues the times that were found for them, as one step.

    Cues are found by id. Left out are those that are gone, whose text is another by now, or that stand there already.
    Marks, line breaks, style, voice and all else of a cue stay as they are now.

    Args:
        changes: (the cue as it was seen, the same with its new times) each.
    """
    rows = {cue.id: row for row, cue in enumerate(document.cues)}
    new: dict[int, Cue] = {}
    for seen, timed in changes:
        row = rows.get(seen.id)
        if row is not None and has_text_of(document.cues[row], seen):
            new[row] = _with_times(document.cues[row], timed)
    return replaced_each(document, new, label)


def has_text_of(cue: Cue, seen: Cue) -> bool:
    """Whether the cue still has the words that were seen, whatever their times, marks and line breaks are now."""
    return [word.text for word in cue.words] == [word.text for word in seen.words]


def stands_at(cue: Cue, timed: Cue) -> bool:
    """Whether the cue and its words have these times."""
    return (cue.start_ms, cue.end_ms) == (timed.start_ms, timed.end_ms) and _times(cue) == _times(timed)


def _with_times(cue: Cue, timed: Cue) -> Cue:
    """The cue with the times of `timed`; where the aligner parted words otherwise, its words come as they are."""
    if has_text_of(cue, timed):
        pairs = zip(cue.words, timed.words, strict=True)
        words = tuple(_timed_as(word, new) for word, new in pairs)
    else:
        words = timed.words
    return replace(cue, words=words, start_ms=timed.start_ms, end_ms=timed.end_ms)


def _timed_as(word: Word, new: Word) -> Word:
    same = (word.start_ms, word.end_ms) == (new.start_ms, new.end_ms)
    return replace(
        word,
        start_ms=new.start_ms,
        end_ms=new.end_ms,
        source=new.source,
        time_confidence=new.time_confidence,
        syllables=word.syllables if same else new.syllables,
    )


def _times(cue: Cue) -> list[tuple[int, int]]:
    return [(word.start_ms, word.end_ms) for word in cue.words]
