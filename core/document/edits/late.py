"""Work that comes while the person goes on: cues of a running job, word times that arrive behind. Names no rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from core.cue import Cue
from core.document.document import Document
from core.document.edit import Edit
from core.document.edits.rows import added, replaced_each
from core.document.edits.spans import untangled, within
from core.transcript import Word


def append(document: Document, cues: Iterable[Cue], *, job: str) -> Edit | None:
    """Cues as a running job brings them, each at its place in time; for `History.arrive`: one undo step a job."""
    return added(document, cues, "Recognise", merge_key=f"job:{job}")


def late(document: Document, seen: Cue, new: Sequence[Word], *, label: str = "Heal times") -> Edit | None:
    """Words made for a cue as it was some time ago; for `History.apply_late`.

    The cue is found by its id. None where it is gone, or where its words have another text or other times now. What
    else changed since stays: the cue's own times (the words are cut to them), marks and line breaks.

    Args:
        seen: the cue the work was made from.
        new: its words with what was found out.
    """
    row = document.row_of(seen.id)
    if row is None:
        return None
    cue = document.cues[row]
    if [_core(word) for word in cue.words] != [_core(word) for word in seen.words]:
        return None
    present = {word.id: word for word in cue.words}
    fitting = untangled([_inside(word, cue) for word in new])
    words = tuple(_as_it_looks(word, present.get(word.id)) for word in fitting)
    return replaced_each(document, {row: replace(cue, words=words)}, label)


def _core(word: Word) -> tuple[str, str, int, int]:
    return word.id, word.text, word.start_ms, word.end_ms


def _inside(word: Word, cue: Cue) -> Word:
    """The word cut to the cue; its times were found, not set, so its source stays."""
    start_ms, end_ms = (within(ms, cue.start_ms, cue.end_ms) for ms in (word.start_ms, word.end_ms))
    same = (word.start_ms, word.end_ms) == (start_ms, end_ms)
    return word if same else replace(word, start_ms=start_ms, end_ms=end_ms, syllables=())


def _as_it_looks(word: Word, present: Word | None) -> Word:
    """The word with the marks and white space that its place has now."""
    return word if present is None else replace(word, marks=present.marks, after=present.after)
