"""A part is done again: seen, compared, put in as one step. `edited` also undoes and redoes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.cue import Cue
from core.document import edits
from core.document.edits.cue_structure import fresh
from core.document.edits.cue_times import moved
from core.document.edits.spans import shifted
from core.document.redo import Kind, Part, compared, part_of, redone, retimed
from tests.core.document.builders import cue, document, spans, texts
from tests.core.document.conftest import Edited

ONE, TWO, THREE = cue("one two", 1000), cue("three for", 2000), cue("five", 4000)
FILM = document(ONE, TWO, THREE)


def part(*cues: Cue) -> Part:
    found = part_of(FILM, [cue.id for cue in cues])
    assert found is not None
    return found


def test_a_part_goes_from_the_first_to_the_last_cue_and_hears_no_neighbour() -> None:
    assert part(ONE, THREE).seen == (ONE, TWO, THREE)
    assert (part(TWO).from_ms, part(TWO).to_ms) == (1700, 2480)
    near = document(cue("one", 1000), cue("two", 1100), cue("three", 1200))
    found = part_of(near, [near.cues[1].id])
    assert found is not None
    assert (found.from_ms, found.to_ms) == (1080, 1200)
    assert part_of(FILM, ["gone"]) is None


def test_locked_cues_are_no_part_and_nothing_new_overlaps_them(edited: Edited) -> None:
    before = document(ONE, replace(TWO, locked=True), THREE)
    found = part_of(before, [ONE.id, THREE.id])
    assert found is not None
    assert found.seen == (ONE, THREE)
    new = [cue("uno dos", 1010, name="new1"), cue("tres", 2050, name="new2"), cue("cinco", 4010, name="new3")]
    assert texts(edited(before, redone(before, found, new))) == ["uno dos", "three for", "cinco"]
    assert part_of(document(replace(ONE, locked=True)), [ONE.id]) is None


def test_the_new_cues_stand_in_place_of_the_old_as_one_step(edited: Edited) -> None:
    new = [cue("three", 2000, name="a"), cue("four", 2200, name="b")]
    after = edited(FILM, redone(FILM, part(TWO), new))
    assert texts(after) == ["one two", "three", "four", "five"]


def test_a_part_that_was_changed_meanwhile_is_left_alone() -> None:
    found = part(TWO)
    edit = edits.set_text(FILM, 1, "three four")
    assert edit is not None
    assert redone(FILM.apply(edit), found, [cue("new", 2000, name="n")]) is None
    assert redone(FILM, found, []) is None


def test_words_that_differ_are_marked_on_both_sides() -> None:
    old, new = compared((TWO, THREE), (fresh(cue("three four", 2000)), fresh(THREE)))
    assert [side.kinds for side in old] == [(Kind.SAME, Kind.OLD), (Kind.SAME,)]
    assert [side.kinds for side in new] == [(Kind.SAME, Kind.NEW), (Kind.SAME,)]
    assert [side.moved for side in (*old, *new)] == [False] * 4


def test_times_that_differ_are_marked() -> None:
    later = moved(fresh(TWO), 50)
    inside = replace(THREE, end_ms=5000)
    shifted_word = fresh(replace(inside, words=shifted(inside.words, 10)))
    old, new = compared((ONE, TWO, inside), (fresh(ONE), later, shifted_word))
    assert [side.moved for side in old] == [False, True, True]
    assert [side.moved for side in new] == [False, True, True]


def test_a_word_that_moved_inside_its_cue_is_seen_though_it_is_the_same_word() -> None:
    wide = replace(TWO, end_ms=3000)
    old, new = compared((wide,), (replace(wide, words=shifted(wide.words, 30)),))
    assert (old[0].moved, new[0].moved) == (True, True)


def test_timing_again_keeps_the_text_and_how_long_cues_stand_around_their_words(edited: Edited) -> None:
    wide = replace(TWO, start_ms=1900, end_ms=2400)
    before = document(ONE, wide, THREE)
    new = retimed((wide,), shifted(wide.words, 70))
    found = part_of(before, [wide.id])
    assert found is not None
    after = edited(before, redone(before, found, new, label="Time again"))
    assert spans(after) == [(1000, 1180), (1970, 2470), (4000, 4080)]
    assert after.cues[1].id == wide.id
    assert [word.id for word in after.cues[1].words] == [word.id for word in wide.words]
    with pytest.raises(ValueError, match="words"):
        retimed((wide,), ONE.words)
