"""Any edit at all, chosen by a seeded `random.Random`: what property tests and the kill storm do to a document."""

from __future__ import annotations

import random
from collections.abc import Callable

from core.cue import Cue
from core.document import edits
from core.document.document import Bookmark, Document
from core.document.edit import Edit
from core.document.history import History
from core.transcript import Word, new_id

TEXTS = ["hello world", "the cat sat on the mat", "你好世界。", "a\nb", "", "สวัสดีครับ", "I can't — go!", "no no no", "x"]

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
    maker = rng.choice(MAKERS if document.cues[row].words else MAKERS[:WITHOUT_WORDS])
    return maker(rng, document, row)


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
    from dataclasses import replace

    start = max(0, word.start_ms + rng.randrange(-50, 50))
    return replace(word, start_ms=start, end_ms=start + rng.randrange(0, 300))


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


MAKERS: list[Maker] = [
    lambda r, d, row: edits.retime(d, row, **_edges(r, d, row), neighbours=r.random() < 0.5, gap_ms=r.choice([0, 80])),
    lambda r, d, row: edits.move(d, row, _ms(r), neighbours=r.random() < 0.5),
    lambda r, d, row: edits.shift(d, _rows(r, d), r.randrange(-3000, 3000)),
    lambda r, d, row: edits.set_start_and_shift_rest(d, row, _ms(r)),
    lambda r, d, row: edits.set_text(d, row, r.choice(TEXTS)),
    lambda r, d, row: edits.set_text(d, row, _corrected(r, d.cues[row].text)),
    lambda r, d, row: edits.merge(d, _rows(r, d), between=r.choice([None, " ", "\n"])),
    lambda r, d, row: edits.delete(d, _rows(r, d)[:2]),
    lambda r, d, row: edits.paste(d, [d.cues[n] for n in _rows(r, d)[:2]]),
    lambda r, d, row: edits.put(d, _rows(r, d), [a_cue(r, max(0, _ms(r)))], label="Redo part"),
    lambda r, d, row: edits.replace_all(d, edits.search_pattern("a", regex=True), r.choice(["", "b", "a a"])),
    lambda r, d, row: edits.set_mark(d, _rows(r, d), r.choice(["i", "c:#ff0000", "c:#00ff00"]), on=r.random() < 0.7),
    lambda r, d, row: edits.set_voice(d, _rows(r, d), r.choice(["", "Ann"])),
    lambda r, d, row: edits.set_locked(d, _rows(r, d), r.random() < 0.5),
    lambda r, d, row: edits.set_field(d, "bookmarks", tuple(Bookmark(n) for n in range(r.randrange(3)))),
    lambda r, d, row: edits.split_at_time(d, row, d.cues[row].start_ms + r.randrange(500)),
    lambda r, d, row: edits.split_at_word(d, row, _word(r, d, row), touching=r.random() < 0.5),
    lambda r, d, row: edits.split_at_text(d, row, _offset(r, d, row)),
    lambda r, d, row: edits.retime_word(d, row, _word(r, d, row), **_edges(r, d, row)),
    lambda r, d, row: edits.set_word_text(d, row, _word(r, d, row), r.choice([*TEXTS, "word"])),
    lambda r, d, row: edits.split_word(d, row, _word(r, d, row), r.randrange(4)),
    lambda r, d, row: edits.join_words(d, row, _word(r, d, row), r.randrange(1, 4), glue=r.choice(["", "-"])),
    lambda r, d, row: edits.delete_words(d, row, [_word(r, d, row)]),
    lambda r, d, row: edits.to_next_cue(d, row, _word(r, d, row)),
    lambda r, d, row: edits.to_previous_cue(d, row, _word(r, d, row)),
]
"""The last ones need a word."""

WITHOUT_WORDS = 16

__all__ = ["a_cue", "new_id", "some_edit", "some_step"]
