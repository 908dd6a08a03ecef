"""Any edit at all, chosen by a seeded `random.Random`: what property tests and the kill storm do to a document."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from core.cue import Cue
from core.document import edits
from core.document.document import Bookmark, Document, MediaRef
from core.document.edit import Edit
from core.document.edits import dictation, whole, word_doubt, word_edges
from core.document.edits.cue_times import moved
from core.document.history import History
from core.transcript import Word, new_id

TEXTS = ["hello world", "the cat sat on the mat", "你好世界。", "a\nb", "", "สวัสดีครับ", "I can't — go!", "no no no", "x"]

RATES = [Fraction(24000, 1001), Fraction(25), Fraction(60)]

Maker = Callable[[random.Random, Document, int], Edit | None]


def a_cue(rng: random.Random, start_ms: int) -> Cue:
    """A cue of its own ids, words with gaps."""
    end_ms = start_ms + rng.randrange(0, 3000)
    made = edits.insert(Document(), start_ms, end_ms, rng.choice(TEXTS)).changes[0]
    inserted: Cue = made.inserted[0]  # type: ignore[union-attr]
    return inserted


def some_edit(rng: random.Random, document: Document) -> Edit | None:
    """An edit of a random kind at a random place."""
    if not document.cues or rng.random() < 0.1:
        return edits.insert(document, rng.randrange(-100, 20_000), rng.randrange(0, 22_000), rng.choice(TEXTS))
    row = rng.randrange(len(document.cues))
    return this_edit(rng, document, row, rng.choice(list(MAKERS if document.cues[row].words else NEEDS_NO_WORDS)))


def this_edit(rng: random.Random, document: Document, row: int, name: str) -> Edit | None:
    """The named edit at that cue, the rest random; None also where the cue has no words and it needs some."""
    if name in NEEDS_WORDS and not document.cues[row].words:
        return None
    return rng.choice(MAKERS[name])(rng, document, row)


def some_step(rng: random.Random, history: History) -> None:
    """An edit, a drag, an arrival, a late result, undo, redo or a save."""
    kind = rng.random()
    if kind < 0.62:
        history.apply(some_edit(rng, history.document))
    elif kind < 0.74:
        history.undo()
    elif kind < 0.84:
        history.redo()
    elif kind < 0.90:
        start = max([cue.start_ms for cue in history.document.cues], default=0) - rng.choice([0, 0, 0, 4000])
        arrived = [a_cue(rng, max(0, start + n * 300)) for n in range(rng.randrange(1, 4))]
        history.arrive(edits.append(history.document, arrived, job="1"))
    elif kind < 0.94:
        _late(rng, history)
    elif kind < 0.98:
        _drag(rng, history)
    else:
        history.mark_saved()


def _late(rng: random.Random, history: History) -> None:
    cause = history.step_id
    seen = [cue for cue in history.document.cues if cue.words]
    if not seen:
        return
    cue = rng.choice(seen)
    healed = [_nudged(rng, word) for word in cue.words]
    if rng.random() < 0.5:
        history.apply(some_edit(rng, history.document))
    history.apply_late(edits.late(history.document, cue, healed), cause)


def _drag(rng: random.Random, history: History) -> None:
    if not history.document.cues:
        return
    name = history.document.cues[rng.randrange(len(history.document.cues))].id
    for _ in range(3):
        at_ms = rng.randrange(0, 20_000)

        def make(document: Document, at_ms: int = at_ms) -> Edit | None:
            row = document.row_of(name)
            return None if row is None else edits.move(document, row, at_ms)

        history.drag("drag:" + name, make)
    if rng.random() < 0.7:
        history.close_step()


def _nudged(rng: random.Random, word: Word) -> Word:
    start = max(0, word.start_ms + rng.randrange(-50, 50))
    return replace(word, start_ms=start, end_ms=start + rng.randrange(0, 300))


def _alone(edit: Edit | None) -> Edit | None:
    """The edit as a step of its own, whatever came before."""
    return replace(edit, merge_key="") if edit is not None else None


def _one_behind_the_other(document: Document) -> bool:
    """As the passages of a dictation are."""
    return all(ahead.end_ms <= behind.start_ms for ahead, behind in pairwise(document.cues))


def _found_at(rng: random.Random, cue: Cue) -> tuple[Cue, Cue]:
    """A cue and the same elsewhere, as known text finds it."""
    return cue, moved(cue, max(-cue.start_ms, rng.randrange(-3000, 3000)))


def _ms(rng: random.Random) -> int:
    return rng.randrange(-500, 25_000)


def _rows(rng: random.Random, document: Document) -> list[int]:
    return rng.sample(range(len(document.cues)), rng.randrange(1, min(5, len(document.cues)) + 1))


def _word(rng: random.Random, document: Document, row: int) -> int:
    return rng.randrange(len(document.cues[row].words))


def _offset(rng: random.Random, document: Document, row: int) -> int:
    return rng.randrange(-1, len(document.cues[row].text) + 2)


def _edges(rng: random.Random, document: Document, row: int) -> dict[str, int]:
    cue = document.cues[row]
    near = {"start_ms": cue.start_ms + rng.randrange(-900, 900), "end_ms": cue.end_ms + rng.randrange(-900, 900)}
    return {key: near[key] for key in rng.sample(sorted(near), rng.randrange(1, 3))}


def _corrected(rng: random.Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + rng.choice(["", " ", "s", " new ", "\n", "们", ".", " X y "]) + text[at + rng.randrange(3) :]


NEEDS_NO_WORDS: dict[str, tuple[Maker, ...]] = {
    "insert": (lambda r, d, row: edits.insert(d, _ms(r), _ms(r), r.choice(TEXTS)),),
    "append": (lambda r, d, row: _alone(edits.append(d, [a_cue(r, max(0, _ms(r)))], job="2")),),
    "paste": (
        lambda r, d, row: edits.paste(d, [d.cues[n] for n in _rows(r, d)[:2]]),
        lambda r, d, row: edits.paste(d, [d.cues[n] for n in _rows(r, d)[:2]], at_ms=max(0, _ms(r))),
    ),
    "delete": (lambda r, d, row: edits.delete(d, _rows(r, d)[:2]),),
    "merge": (lambda r, d, row: edits.merge(d, _rows(r, d), between=r.choice([None, " ", "\n"])),),
    "put": (lambda r, d, row: edits.put(d, _rows(r, d), [a_cue(r, max(0, _ms(r)))], label="Redo part"),),
    "split_at_time": (lambda r, d, row: edits.split_at_time(d, row, d.cues[row].start_ms + r.randrange(500)),),
    "retime": (
        lambda r, d, row: edits.retime(
            d, row, **_edges(r, d, row), neighbours=r.random() < 0.5, gap_ms=r.choice([0, 80])
        ),
    ),
    "move": (lambda r, d, row: edits.move(d, row, _ms(r), neighbours=r.random() < 0.5),),
    "shift": (lambda r, d, row: edits.shift(d, _rows(r, d), r.randrange(-3000, 3000)),),
    "set_start_and_shift_rest": (lambda r, d, row: edits.set_start_and_shift_rest(d, row, _ms(r)),),
    "stretch": (
        lambda r, d, row: edits.stretch(d, _rows(r, d), start_ms=_ms(r), end_ms=_ms(r)),
        lambda r, d, row: edits.stretch(d, range(len(d.cues)), start_ms=0, end_ms=r.randrange(1, 20_000)),
    ),
    "convert_frame_rate": (
        lambda r, d, row: edits.convert_frame_rate(d, _rows(r, d), r.choice(RATES), r.choice(RATES)),
    ),
    "lead_in": (lambda r, d, row: edits.lead_in(d, _rows(r, d), r.randrange(-900, 900), gap_ms=r.choice([0, 80])),),
    "lead_out": (lambda r, d, row: edits.lead_out(d, _rows(r, d), r.randrange(-900, 900), gap_ms=r.choice([0, 80])),),
    "extend_to_next": (lambda r, d, row: edits.extend_to_next(d, _rows(r, d), until=lambda ms: ms - 80),),
    "extend_to_previous": (lambda r, d, row: edits.extend_to_previous(d, _rows(r, d), gap_ms=r.choice([0, 80])),),
    "set_text": (
        lambda r, d, row: edits.set_text(d, row, r.choice(TEXTS)),
        lambda r, d, row: edits.set_text(d, row, _corrected(r, d.cues[row].text)),
    ),
    "replace_all": (
        lambda r, d, row: edits.replace_all(d, edits.search_pattern("a", regex=True), r.choice(["", "b", "a a"])),
    ),
    "replace_one": (
        lambda r, d, row: edits.replace_one(d, row, 0, edits.search_pattern(r"\w+", regex=True), r.choice(["", "b c"])),
    ),
    "set_mark": (
        lambda r, d, row: edits.set_mark(
            d, _rows(r, d), r.choice(["i", "c:#ff0000", "c:#00ff00"]), on=r.random() < 0.7
        ),
    ),
    "clear_marks": (lambda r, d, row: edits.clear_marks(d, _rows(r, d)),),
    "set_language": (lambda r, d, row: edits.set_language(d, _rows(r, d), r.choice(["", "en", "zh"])),),
    "set_voice": (lambda r, d, row: edits.set_voice(d, _rows(r, d), r.choice(["", "Ann"])),),
    "set_style": (lambda r, d, row: edits.set_style(d, _rows(r, d), r.choice(["", "Top"])),),
    "set_locked": (lambda r, d, row: edits.set_locked(d, _rows(r, d), r.random() < 0.5),),
    "set_state": (lambda r, d, row: edits.set_state(d, _rows(r, d), r.choice(["", "draft"])),),
    "set_field": (
        lambda r, d, row: edits.set_field(d, "bookmarks", tuple(Bookmark(n) for n in range(r.randrange(3)))),
        lambda r, d, row: edits.set_field(d, "frame_rate", r.choice([None, *RATES])),
    ),
    "take_times": (lambda r, d, row: edits.take_times(d, [_found_at(r, d.cues[n]) for n in _rows(r, d)]),),
    "say": (
        lambda r, d, row: _alone(dictation.say(d, a_cue(r, max(0, _ms(r))).words, job="3", fresh=r.random() < 0.3)),
    ),
    "mark": (lambda r, d, row: _alone(dictation.mark(d, max(0, _ms(r)), "gap", job="3")),),
    "known_better": (
        lambda r, d, row: _alone(dictation.known_better(d, [_nudged(r, word) for word in d.cues[row].words], job="3")),
    ),
    "as_subtitles": (
        lambda r, d, row: (
            dictation.as_subtitles(d, MediaRef("take.flac", r.randrange(3), "x")) if _one_behind_the_other(d) else None
        ),
    ),
    "replace_cues": (lambda r, d, row: whole.replace_cues(d, (*d.cues[:row], *d.cues[row + 1 :])),),
    "late": (lambda r, d, row: edits.late(d, d.cues[row], [_nudged(r, word) for word in d.cues[row].words]),),
}
"""What can be done to any cue, by the edit's name."""

NEEDS_WORDS: dict[str, tuple[Maker, ...]] = {
    "split_at_word": (lambda r, d, row: edits.split_at_word(d, row, _word(r, d, row), touching=r.random() < 0.5),),
    "split_at_text": (lambda r, d, row: edits.split_at_text(d, row, _offset(r, d, row)),),
    "retime_word": (lambda r, d, row: edits.retime_word(d, row, _word(r, d, row), **_edges(r, d, row)),),
    "set_word_text": (lambda r, d, row: edits.set_word_text(d, row, _word(r, d, row), r.choice([*TEXTS, "word"])),),
    "split_word": (lambda r, d, row: edits.split_word(d, row, _word(r, d, row), r.randrange(4)),),
    "join_words": (
        lambda r, d, row: edits.join_words(d, row, _word(r, d, row), r.randrange(1, 4), glue=r.choice(["", "-"])),
    ),
    "delete_words": (lambda r, d, row: edits.delete_words(d, row, [_word(r, d, row)]),),
    "to_next_cue": (lambda r, d, row: edits.to_next_cue(d, row, _word(r, d, row)),),
    "to_previous_cue": (lambda r, d, row: edits.to_previous_cue(d, row, _word(r, d, row)),),
    "last_word": (
        lambda r, d, row: (
            _alone(dictation.last_word(d, replace(d.cues[-1].words[-1], after="\n"), job="3"))
            if d.cues[-1].words
            else None
        ),
    ),
    "confirm_word": (lambda r, d, row: word_doubt.confirm_word(d, row, _word(r, d, row)),),
    "move_shared_edge": (lambda r, d, row: word_edges.move_shared_edge(d, row, _word(r, d, row), _ms(r)),),
    "shift_words": (lambda r, d, row: word_edges.shift_words(d, row, _word(r, d, row), r.randrange(-900, 900)),),
}
"""What can be done to a cue that has words."""

MAKERS = {**NEEDS_NO_WORDS, **NEEDS_WORDS}
"""Every edit there is; a test compares the names with what `core.document.edits` has."""

__all__ = ["MAKERS", "a_cue", "new_id", "some_edit", "some_step", "this_edit"]
