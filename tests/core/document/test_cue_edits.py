"""Cues: split, merge, insert, delete, times, marks. `edited` also undoes and redoes each."""

from __future__ import annotations

import pytest

from core.cue import Cue
from core.document import edits
from core.document.document import BrokenInvariant, Document
from core.document.edit import Edit, Replace, Splice
from core.transcript import Source
from tests.core.document.builders import cue, document, spans, texts
from tests.core.document.conftest import Edited


def test_a_split_at_a_word_happens_at_its_real_time(edited: Edited) -> None:
    before = document(cue("one two three four", 0, 1000))
    after = edited(before, edits.split_at_word(before, 0, 2))
    assert texts(after) == ["one two", "three four"]
    assert spans(after) == [(0, 180), (200, 1000)]
    assert after.cues[0].words + after.cues[1].words == before.cues[0].words
    assert after.cues[0].id == before.cues[0].id


def test_a_touching_split_leaves_no_gap(edited: Edited) -> None:
    before = document(cue("one two three four", 0, 1000))
    assert spans(edited(before, edits.split_at_word(before, 0, 2, touching=True))) == [(0, 200), (200, 1000)]


@pytest.mark.parametrize("index", [-1, 0, 4, 99])
def test_a_split_that_leaves_nothing_on_one_side_does_nothing(index: int) -> None:
    assert edits.split_at_word(document(cue("one two three four")), 0, index) is None


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (4, ["one", "two, three"]),
        (3, ["one", "two, three"]),
        (5, ["one t", "wo, three"]),
        (7, ["one two,", "three"]),
        (8, ["one two,", "three"]),
        (0, None),
        (14, None),
    ],
)
def test_a_split_in_the_text_finds_the_word(edited: Edited, offset: int, expected: list[str] | None) -> None:
    before = document(cue("one two, three"))
    edit = edits.split_at_text(before, 0, offset)
    assert (texts(edited(before, edit)) if expected else edit) == expected


def test_a_split_inside_a_word_shares_its_time_by_length(edited: Edited) -> None:
    before = document(cue("abcdefgh", 0, 80))
    after = edited(before, edits.split_at_text(before, 0, 2))
    assert spans(after) == [(0, 20), (20, 80)]
    assert after.cues[1].words[0].source is Source.EDITED


def test_a_split_at_the_playhead_takes_the_nearest_gap(edited: Edited) -> None:
    before = document(cue("one two three four", 0, 1000))
    assert texts(edited(before, edits.split_at_time(before, 0, 290))) == ["one two three", "four"]


def test_a_cue_without_words_splits_at_the_playhead(edited: Edited) -> None:
    before = document(cue("", 0, 1000))
    assert spans(edited(before, edits.split_at_time(before, 0, 400))) == [(0, 400), (400, 1000)]


def test_a_split_part_behind_an_overlapping_cue_goes_below_it(edited: Edited) -> None:
    before = document(cue("one two three four", 0, 1000), cue("over", 100))
    after = edited(before, edits.split_at_word(before, 0, 2))
    assert texts(after) == ["one two", "over", "three four"]


@pytest.mark.parametrize(("between", "expected"), [(None, "one two three"), ("\n", "one two\nthree")])
def test_a_merge_joins_the_words(edited: Edited, between: str | None, expected: str) -> None:
    before = document(cue("one two", 0), cue("three", 500, 900))
    after = edited(before, edits.merge(before, [0, 1], between=between))
    assert (texts(after), spans(after)) == ([expected], [(0, 900)])
    assert [word.id for word in after.cues[0].words] == [word.id for one in before.cues for word in one.words]


def test_chinese_is_merged_without_a_blank(edited: Edited) -> None:
    before = document(cue("你好。", 0), cue("世界", 500))
    assert texts(edited(before, edits.merge(before, [0, 1]))) == ["你好。世界"]


def test_words_of_overlapping_cues_follow_each_other_when_merged(edited: Edited) -> None:
    before = document(cue("one two three", 0), cue("four five", 110, 400))
    after = edited(before, edits.merge(before, [0, 1]))
    assert texts(after) == ["one two three four five"]
    assert after.cues[0].words[:3] == before.cues[0].words
    assert [word.source for word in after.cues[0].words[3:]] == [Source.EDITED] * 2


def test_one_row_or_rows_that_are_gone_do_not_merge() -> None:
    assert edits.merge(document(cue("one")), [0, 7, -1]) is None


def test_an_inserted_cue_stands_at_its_place_with_estimated_words(edited: Edited) -> None:
    before = document(cue("one", 0), cue("two", 1000))
    after = edited(before, edits.insert(before, 400, 800, "and so"))
    assert texts(after) == ["one", "and so", "two"]
    assert [word.source for word in after.cues[1].words] == [Source.ESTIMATED] * 2


def test_deleted_rows_are_gone_wherever_they_stood(edited: Edited) -> None:
    before = document(*(cue(f"w{n}", n * 1000) for n in range(6)))
    assert texts(edited(before, edits.delete(before, [5, 0, 2, 3, 99]))) == ["w1", "w4"]


def test_a_pasted_cue_has_ids_of_its_own(edited: Edited) -> None:
    before = document(cue("one two", 0))
    after = edited(before, edits.paste(before, before.cues))
    assert texts(after) == ["one two", "one two"]


def test_an_edge_moved_in_cuts_only_the_words_that_stick_out(edited: Edited) -> None:
    before = document(cue("one two three", 0, 300))
    after = edited(before, edits.retime(before, 0, start_ms=50, end_ms=190))
    assert [(w.start_ms, w.end_ms) for w in after.cues[0].words] == [(50, 80), (100, 180), (190, 190)]
    assert after.cues[0].words[1] == before.cues[0].words[1]
    assert after.cues[0].words[0].source is Source.EDITED
    assert after.cues[0].words[0].time_confidence is None


@pytest.mark.parametrize(
    ("edges", "expected"),
    [({"start_ms": -50}, (0, 900)), ({"start_ms": 2000}, (900, 900)), ({"end_ms": 10}, (100, 100))],
)
def test_an_edge_stops_at_zero_and_at_the_other_edge(
    edited: Edited, edges: dict[str, int], expected: tuple[int, int]
) -> None:
    before = document(cue("", 100, 900))
    assert spans(edited(before, edits.retime(before, 0, **edges))) == [expected]


def test_neighbours_give_way_and_keep_a_frame(edited: Edited) -> None:
    before = document(cue("", 0, 1000), cue("", 1000, 2000), cue("", 2000, 3000))
    wide = edited(before, edits.retime(before, 1, start_ms=600, end_ms=2500, neighbours=True))
    assert spans(wide) == [(0, 600), (600, 2500), (2500, 3000)]
    widest = edited(before, edits.retime(before, 1, start_ms=-9, end_ms=9000, neighbours=True))
    assert spans(widest) == [(0, 40), (40, 2960), (2960, 3000)]
    gaps = edited(before, edits.retime(before, 1, start_ms=600, neighbours=True, gap_ms=80))
    assert spans(gaps) == [(0, 520), (600, 2000), (2000, 3000)]


def test_without_neighbours_cues_may_overlap(edited: Edited) -> None:
    before = document(cue("", 0, 1000), cue("", 1000, 2000))
    assert spans(edited(before, edits.retime(before, 0, end_ms=1500))) == [(0, 1500), (1000, 2000)]


def test_a_cue_that_moves_past_others_changes_its_row(edited: Edited) -> None:
    before = document(*(cue(f"w{n}", n * 1000) for n in range(5)))
    edit = edits.move(before, 3, 1500)
    after = edited(before, edit)
    assert texts(after) == ["w0", "w1", "w3", "w2", "w4"]
    assert edit is not None
    assert [(c.first, len(c.removed)) for c in edit.changes if isinstance(c, Splice)] == [(2, 2)]
    assert after.cues[2].words[0].start_ms == 1500


def test_a_shift_takes_the_words_along_and_stops_at_zero(edited: Edited) -> None:
    before = document(cue("one two", 300), cue("three", 1000), cue("four", 2000))
    after = edited(before, edits.shift(before, [0, 2], -800))
    assert spans(after) == [(0, 180), (1000, 1080), (1700, 1780)]
    assert [word.source for word in after.cues[0].words] == [Source.ALIGNED] * 2


def test_set_start_shifts_everything_below_along(edited: Edited) -> None:
    before = document(cue("one", 0), cue("two", 1000), cue("three", 2000))
    assert spans(edited(before, edits.set_start_and_shift_rest(before, 1, 1250))) == [
        (0, 80),
        (1250, 1330),
        (2250, 2330),
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda d: edits.set_language(d, [0, 1], "de"),
        lambda d: edits.set_voice(d, [0, 1], "Ann"),
        lambda d: edits.set_style(d, [1], "sign"),
        lambda d: edits.set_locked(d, [0], True),
        lambda d: edits.set_state(d, [0], "draft"),
        lambda d: edits.set_mark(d, [0, 1], "i", on=True),
        lambda d: edits.set_mark(d, [0], "b", on=True, words=range(1, 2)),
        lambda d: edits.set_field(d, "start_timecode", 3_600_000),
    ],
)
def test_what_is_said_of_cues_changes_once(edited: Edited, change: object) -> None:
    before = document(cue("one two", 0), cue("three", 1000))
    after = edited(before, change(before))  # type: ignore[operator]
    assert after != before
    assert change(after) is None  # type: ignore[operator]


def test_a_new_colour_takes_the_place_of_the_old(edited: Edited) -> None:
    before = document(cue("one"))
    red = edited(before, edits.set_mark(before, [0], "c:#ff0000", on=True))
    green = edited(red, edits.set_mark(red, [0], "c:#00ff00", on=True))
    assert green.cues[0].words[0].marks == {"c:#00ff00"}
    assert edited(green, edits.clear_marks(green, [0])).cues[0].words[0].marks == frozenset()


def test_an_edit_for_another_document_is_refused() -> None:
    edit = edits.delete(document(cue("one")), [0])
    assert edit is not None
    with pytest.raises(BrokenInvariant):
        document(cue("two")).apply(edit)
    with pytest.raises(BrokenInvariant):
        Document().apply(Edit("bad", (Replace("cues", (), (cue("x"),)),)))


@pytest.mark.parametrize(
    "broken",
    [
        Cue(cue("one two").words[::-1], 0, 500),
        Cue(cue("one two").words, 50, 500),
        Cue(cue("one two").words, 0, 100),
        Cue((), 10, 0),
    ],
)
def test_broken_cues_are_caught_while_checking(broken: Cue) -> None:
    with pytest.raises(BrokenInvariant):
        Document().apply(Edit("bad", (Splice(0, (), (broken,)),)))


@pytest.mark.parametrize("row", [-1, 2])
def test_a_row_that_is_not_there_is_a_mistake_of_the_caller(row: int) -> None:
    before = document(cue("one", 0), cue("two", 1000))
    with pytest.raises(IndexError):
        edits.set_text(before, row, "three")
