"""Which words a step left without a measured time: new ones, and those whose text is another. Knows no sound."""

from __future__ import annotations

from collections.abc import Iterator

from core.document.edit import Edit, Splice
from core.transcript import Source, Word


def spoiled(edit: Edit) -> dict[str, frozenset[str]]:
    """Ids of the words that `edit` put in as estimates, by the id of their cue; in order of the edit.

    A word that was an estimate before, with the same text, was none of the person's doing.
    """
    splices = [change for change in edit.changes if isinstance(change, Splice)]
    before = {word.id: word for splice in splices for cue in splice.removed for word in cue.words}
    found: dict[str, frozenset[str]] = {}
    for cue in (cue for splice in splices for cue in splice.inserted):
        fresh = frozenset(_fresh(cue.words, before))
        if fresh:
            found[cue.id] = fresh
    return found


def _fresh(words: tuple[Word, ...], before: dict[str, Word]) -> Iterator[str]:
    for word in words:
        old = before.get(word.id)
        if word.source is Source.ESTIMATED and (old is None or (old.text, old.source) != (word.text, word.source)):
            yield word.id
