"""Which words a step left without a measured time: new ones, and those whose text is another. Knows no sound."""

from __future__ import annotations

from collections.abc import Iterator

from core.cue import Cue
from core.document.edit import Edit, Splice
from core.transcript import Source, Word


def spoiled(edit: Edit) -> dict[str, frozenset[str]]:
    """Ids of the words that `edit` put in as estimates, by the id of their cue; in order of the edit.

    A word that was an estimate before, with the same text, was none of the person's doing.
    """
    splices = [change for change in edit.changes if isinstance(change, Splice)]
    guessed = {cue.id: list(_estimates(cue)) for splice in splices for cue in splice.inserted}
    guessed = {cue_id: words for cue_id, words in guessed.items() if words}
    if not guessed:  # a whole film was shifted: nothing to compare
        return {}
    before = {word.id: word.text for splice in splices for cue in splice.removed for word in _estimates(cue)}
    found = {
        cue_id: frozenset(word.id for word in words if before.get(word.id) != word.text)
        for cue_id, words in guessed.items()
    }
    return {cue_id: fresh for cue_id, fresh in found.items() if fresh}


def _estimates(cue: Cue) -> Iterator[Word]:
    return (word for word in cue.words if word.source is Source.ESTIMATED)
