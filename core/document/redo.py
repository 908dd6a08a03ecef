"""A part of a document done again: which cues, how the old and the new differ, and the edit that puts the new in.

Knows no engine: recognising again (`core.events.Job` with a stretch) and timing again (`WordsJob`) are asked elsewhere.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from core.cue import Cue
from core.document.document import Document
from core.document.edit import Edit
from core.document.edits.cue_structure import put
from core.transcript import Word

_MOST_AROUND_MS = 300
"""Sound before and behind the part that is listened to, at most: no word is cut off, no neighbour is heard."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is done again.

    Attributes:
        seen: its cues as they were, in order; locked ones are none of them.
        kept: locked cues inside, which nothing new may overlap.
        from_ms, to_ms: the stretch of the film, with a little around it where no neighbour stands.
    """

    seen: tuple[Cue, ...]
    kept: tuple[Cue, ...]
    from_ms: int
    to_ms: int


class Kind(enum.Enum):
    """Whether a word stands in both, in the old only, or in the new only."""

    SAME = "same"
    OLD = "old"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Compared:
    """A cue of one side, word by word.

    Attributes:
        kinds: one for each word.
        moved: its times, or those of one of its words, are others than on the other side.
    """

    cue: Cue
    kinds: tuple[Kind, ...]
    moved: bool


def part_of(document: Document, cue_ids: Iterable[str]) -> Part | None:
    """The part from the first to the last of these cues; None where there is nothing that may be done again."""
    wanted = set(cue_ids)
    rows = [row for row, cue in enumerate(document.cues) if cue.id in wanted]
    if not rows:
        return None
    inside = document.cues[rows[0] : rows[-1] + 1]
    seen = tuple(cue for cue in inside if not cue.locked)
    if not seen:
        return None
    start_ms, end_ms = seen[0].start_ms, max(cue.end_ms for cue in seen)
    before_ms = max((cue.end_ms for cue in document.cues[: rows[0]]), default=0)
    behind_ms = min((cue.start_ms for cue in document.cues[rows[-1] + 1 :]), default=end_ms + _MOST_AROUND_MS)
    from_ms = max(0, start_ms - _MOST_AROUND_MS, min(before_ms, start_ms))
    to_ms = min(end_ms + _MOST_AROUND_MS, max(behind_ms, end_ms))
    return Part(seen, tuple(cue for cue in inside if cue.locked), from_ms, to_ms)


def compared(old: Sequence[Cue], new: Sequence[Cue]) -> tuple[tuple[Compared, ...], tuple[Compared, ...]]:
    """Both sides with what is different marked; case and punctuation count, white space does not."""
    old_words = [word for cue in old for word in cue.words]
    new_words = [word for cue in new for word in cue.words]
    matcher = SequenceMatcher(None, [w.text for w in old_words], [w.text for w in new_words], autojunk=False)
    pairs = [
        (old_words[first + n], new_words[second + n])
        for first, second, count in matcher.get_matching_blocks()
        for n in range(count)
    ]
    of_old, of_new = {old.id: new for old, new in pairs}, {new.id: old for old, new in pairs}
    edges = {(cue.start_ms, cue.end_ms) for cue in old}, {(cue.start_ms, cue.end_ms) for cue in new}
    return (
        tuple(_compared(cue, of_old, Kind.OLD, edges[1]) for cue in old),
        tuple(_compared(cue, of_new, Kind.NEW, edges[0]) for cue in new),
    )


def redone(document: Document, part: Part, new: Iterable[Cue], *, label: str = "Redo part") -> Edit | None:
    """The new cues in place of the old, as one step.

    New cues that would overlap a locked one are left out. None where one of the cues was changed since, or where
    nothing is left to put in.
    """
    rows = {cue.id: row for row, cue in enumerate(document.cues)}
    if any(cue.id not in rows or document.cues[rows[cue.id]] != cue for cue in part.seen):
        return None
    fitting = [cue for cue in new if not any(_overlap(cue, locked) for locked in part.kept)]
    return put(document, [rows[cue.id] for cue in part.seen], fitting, label=label) if fitting else None


def retimed(cues: Sequence[Cue], words: Sequence[Word]) -> tuple[Cue, ...]:
    """The cues with these words' times, one word for each of theirs, in order; edges keep their distance to the words.

    Raises:
        ValueError: other words than the cues have.
    """
    if [word.text for cue in cues for word in cue.words] != [word.text for word in words]:
        raise ValueError("these are not the words of the cues")
    made: list[Cue] = []
    at = 0
    for cue in cues:
        made.append(_retimed(cue, words[at : at + len(cue.words)]))
        at += len(cue.words)
    return tuple(made)


def _retimed(cue: Cue, found: Sequence[Word]) -> Cue:
    if not found:
        return cue
    words = tuple(
        replace(
            word, start_ms=new.start_ms, end_ms=new.end_ms, source=new.source, time_confidence=new.time_confidence,
            syllables=(),
        )
        for word, new in zip(cue.words, found, strict=True)
    )  # fmt: skip
    start_ms = words[0].start_ms - (cue.words[0].start_ms - cue.start_ms)
    end_ms = words[-1].end_ms + (cue.end_ms - cue.words[-1].end_ms)
    return replace(cue, words=words, start_ms=max(0, start_ms), end_ms=end_ms)


def _compared(cue: Cue, twins: dict[str, Word], alone: Kind, edges: set[tuple[int, int]]) -> Compared:
    kinds = tuple(Kind.SAME if word.id in twins else alone for word in cue.words)
    moved = (cue.start_ms, cue.end_ms) not in edges or any(
        (twin.start_ms, twin.end_ms) != (word.start_ms, word.end_ms)
        for word in cue.words
        if (twin := twins.get(word.id)) is not None
    )
    return Compared(cue, kinds, moved)


def _overlap(one: Cue, other: Cue) -> bool:
    return one.start_ms < other.end_ms and other.start_ms < one.end_ms
