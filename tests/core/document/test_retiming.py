"""New times are taken over by cues that still say the same. `edited` also undoes and redoes each step."""

from __future__ import annotations

from dataclasses import replace

from core.cue import Cue
from core.document import edits
from core.document.edits.cue_times import moved
from core.transcript import Source, Word
from tests.core.document.builders import cue, document, spans, texts, words
from tests.core.document.conftest import Edited


def later(old: Cue, by_ms: int) -> Cue:
    """The cue as an aligner found it, so much later, sure of its times."""
    found = moved(old, by_ms)
    return replace(found, words=tuple(replace(word, time_confidence=0.99) for word in found.words))


def test_several_cues_take_their_times_in_one_step_and_stand_in_order(edited: Edited) -> None:
    before = document(cue("one two", 0), cue("three", 500), cue("four", 1000))
    first, second, _ = before.cues
    after = edited(before, edits.take_times(before, [(first, later(first, 3_000)), (second, later(second, 100))]))
    assert texts(after) == ["three", "four", "one two"]
    assert spans(after) == [(600, 680), (1000, 1080), (3000, 3180)]
    assert [word.start_ms for word in after.cues[2].words] == [3000, 3100]
    assert after.cues[2].words[0].time_confidence == 0.99


def test_what_is_no_time_stays_as_it_is_now(edited: Edited) -> None:
    old = cue("one two", 0)
    marked = tuple(replace(word, marks=frozenset({"i"}), after="\n", text_confidence=0.5) for word in old.words)
    before = document(replace(old, words=marked, voice="Ann", style="top", locked=True))
    (after,) = edited(before, edits.take_times(before, [(old, later(old, 1_000))])).cues
    assert (after.voice, after.style, after.locked, after.id) == ("Ann", "top", True, old.id)
    assert [(w.marks, w.after, w.text_confidence) for w in after.words] == [({"i"}, "\n", 0.5)] * 2
    assert [w.id for w in after.words] == [w.id for w in old.words]


def test_cues_that_were_moved_since_take_them_too(edited: Edited) -> None:
    old = cue("one two", 500)
    before = document(moved(old, 40))
    assert spans(edited(before, edits.take_times(before, [(old, later(old, 1_000))]))) == [(1500, 1680)]


def test_cues_that_say_something_else_by_now_or_are_gone_are_left_alone() -> None:
    old, gone = cue("one two", 0), cue("three", 500)
    before = document(replace(old, words=words("one more", 0)))
    assert edits.take_times(before, [(old, later(old, 1_000)), (gone, later(gone, 1_000))]) is None


def test_taking_what_stands_there_already_is_no_step() -> None:
    old = cue("one two", 0)
    new = later(old, 1_000)
    assert edits.take_times(document(new), [(old, new)]) is None
    assert edits.stands_at(new, later(old, 1_000))
    assert not edits.stands_at(old, new)


def test_words_that_the_aligner_parted_otherwise_come_as_they_are(edited: Edited) -> None:
    old = cue("床前明月", 0, 800)
    parted = tuple(Word(sign, 1000 + n * 100, 1100 + n * 100, after="", source=Source.ALIGNED) for n, sign in
                   enumerate(("床前", "明月")))  # fmt: skip
    new = replace(old, words=parted, start_ms=1000, end_ms=1400)
    before = document(old)
    after = edited(before, edits.take_times(before, [(old, new)]))
    assert after.cues == (new,)
    back = edited(after, edits.take_times(after, [(new, old)]))
    assert back.cues == (old,)
