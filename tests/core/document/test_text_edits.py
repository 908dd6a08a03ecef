"""Corrections: what stays keeps everything, what changes says that its time is a guess."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from core.document import edits
from core.document.document import Document
from core.document.text_diff import rewritten
from core.errors import BadArgument
from core.transcript import Source, Word
from tests.core.document.builders import check_whole, cue, document, texts
from tests.core.document.conftest import Edited


def _kept(before: tuple[Word, ...], after: tuple[Word, ...]) -> list[str]:
    """Texts of the words that are the same in all but the white space behind."""
    same = {
        (w.id, w.text, w.start_ms, w.end_ms, w.source, w.text_confidence, w.time_confidence, w.marks) for w in before
    }
    return [
        w.text
        for w in after
        if (w.id, w.text, w.start_ms, w.end_ms, w.source, w.text_confidence, w.time_confidence, w.marks) in same
    ]


@pytest.mark.parametrize(
    ("text", "new", "kept"),
    [
        ("the cat sat on the mat", "the big cat sat on the mat", "the cat sat on the mat"),
        ("the cat sat on the mat", "cat sat on the mat", "cat sat on the mat"),
        ("the cat sat on the mat", "the elephant sat on the mat", "the sat on the mat"),
        ("the cat sat on the mat", "the cat\nsat on the mat", "the cat sat on the mat"),
        ("the cat sat on the mat", "the cat sat on the mat today", "the cat sat on the mat"),
        ("no no no", "no no no no", "no no no"),
        ("你好世界", "你们好世界", "你 好 世 界"),
        ("你好世界", "你好，世界", "你 世 界"),
        ("我用 Windows 写", "我用 Linux 写", "我 用 写"),
        ("مرحبا بالعالم", "مرحبا يا بالعالم", "مرحبا بالعالم"),
    ],
)
def test_untouched_words_keep_everything(edited: Edited, text: str, new: str, kept: str) -> None:
    before = document(cue(text, 0, 2000))
    after = edited(before, edits.set_text(before, 0, new))
    assert texts(after) == [new]
    assert _kept(before.cues[0].words, after.cues[0].words) == kept.split()


@pytest.mark.parametrize(
    ("text", "new"),
    [("the wurld is round", "the world is round"), ("hello there", "Hello, there."), ("colour it", "color it")],
)
def test_spelling_case_and_punctuation_keep_times_ids_and_source(edited: Edited, text: str, new: str) -> None:
    before = document(cue(text))
    after = edited(before, edits.set_text(before, 0, new))
    assert [(w.id, w.start_ms, w.end_ms, w.source) for w in after.cues[0].words] == [
        (w.id, w.start_ms, w.end_ms, w.source) for w in before.cues[0].words
    ]
    assert texts(after) == [new]


def test_a_corrected_word_is_no_longer_in_doubt(edited: Edited) -> None:
    before = document(cue("the wurld"))
    word = edited(before, edits.set_text(before, 0, "the world")).cues[0].words[1]
    assert (word.text_confidence, word.time_confidence) == (None, 0.8)


def test_another_word_in_its_place_is_estimated(edited: Edited) -> None:
    before = document(cue("the cat sat"))
    word = edited(before, edits.set_text(before, 0, "the elephant sat")).cues[0].words[1]
    assert (word.source, word.time_confidence, word.start_ms, word.end_ms) == (Source.ESTIMATED, None, 100, 180)


def test_more_words_share_the_time_between_the_neighbours(edited: Edited) -> None:
    before = document(cue("we recognise speech now"))
    after = edited(before, edits.set_text(before, 0, "we wreck a nice beach now"))
    first, *changed, last = after.cues[0].words
    assert (first, last) == (before.cues[0].words[0], before.cues[0].words[3])
    assert all(first.end_ms <= word.start_ms <= word.end_ms <= last.start_ms for word in changed)


def test_words_of_several_characters_stay_cut_as_they_were(edited: Edited) -> None:
    words = tuple(Word(t, n * 100, n * 100 + 80, after="", id=t) for n, t in enumerate(["你好", "世界"]))
    start = document(cue("", 0, 500))
    before = edited(start, edits.put(start, [0], [replace(start.cues[0], words=words)], label="x"))
    after = edited(before, edits.set_text(before, 0, "你们好世界"))
    assert [(w.text, w.id) for w in after.cues[0].words] == [("你们好", "你好"), ("世界", "世界")]


def test_marks_go_on_in_what_is_typed_inside(edited: Edited) -> None:
    plain = document(cue("so very good"))
    before = edited(plain, edits.set_mark(plain, [0], "i", on=True))
    after = edited(before, edits.set_text(before, 0, "so very very extraordinarily good"))
    assert all(word.marks == {"i"} for word in after.cues[0].words)


def test_the_same_text_is_no_edit() -> None:
    before = document(cue("one  two\nthree"))
    assert edits.set_text(before, 0, before.cues[0].text) is None


def test_an_empty_text_leaves_a_cue_without_words(edited: Edited) -> None:
    before = document(cue("one two", 0, 900))
    after = edited(before, edits.set_text(before, 0, "  \n "))
    assert after.cues[0].words == ()
    assert texts(edited(after, edits.set_text(after, 0, "back again"))) == ["back again"]


def test_replace_all_keeps_times_where_the_count_of_words_is_the_same(edited: Edited) -> None:
    before = document(cue("a cat and a cat", 0), cue("dog", 1000), cue("cat", 2000))
    after = edited(before, edits.replace_all(before, edits.search_pattern("CAT", whole_word=True), "hippopotamus"))
    assert texts(after) == ["a hippopotamus and a hippopotamus", "dog", "hippopotamus"]
    assert [(w.start_ms, w.end_ms, w.source) for one in after.cues for w in one.words] == [
        (w.start_ms, w.end_ms, w.source) for one in before.cues for w in one.words
    ]


def test_replace_all_takes_groups_and_rows(edited: Edited) -> None:
    before = document(cue("a1 b2", 0), cue("a1", 1000))
    pattern = edits.search_pattern(r"([a-z])(\d)", regex=True)
    assert texts(edited(before, edits.replace_all(before, pattern, r"\2\1", [0]))) == ["1a 2b", "a1"]
    assert edits.replace_all(before, edits.search_pattern("zzz"), "x") is None


@pytest.mark.parametrize("wanted", ["(", "", "[a-"])
def test_a_bad_pattern_is_a_sentence(wanted: str) -> None:
    with pytest.raises(BadArgument):
        edits.search_pattern(wanted, regex=True)


def test_a_bad_replacement_is_a_sentence() -> None:
    with pytest.raises(BadArgument):
        edits.replace_all(document(cue("one")), edits.search_pattern("one"), r"\7")


def test_one_word_put_in_or_exchanged_leaves_all_others_alone() -> None:
    rng = random.Random(7)
    vocabulary = ["the", "a", "no", "cat", "sat", "on", "mat,", "and", "then"]
    for _ in range(500):
        spoken = [rng.choice(vocabulary) for _ in range(rng.randrange(2, 12))]
        before = cue(" ".join(spoken), 0, 5000)
        at = rng.randrange(len(spoken))
        exchanged = rng.random() < 0.5
        written = [*spoken[:at], "extraordinary", *spoken[at + exchanged :]]
        after = rewritten(before.words, " ".join(written), 0, 5000)
        others = [*before.words[:at], *before.words[at + exchanged :]]
        assert [*after[:at], *after[at + 1 :]] == others, (spoken, written)
        assert after[at].source is Source.ESTIMATED


def test_any_text_typed_over_any_other_is_there_afterwards() -> None:
    rng = random.Random(5)
    signs = [
        *"ab c d\n.,’“” -",
        "你",
        "好",
        "。",
        "「",
        "」",
        "ー",
        "ส",
        "ั",
        "ว",
        "\u3000",
        "\u00a0",
        "🙂",
        "e\u0301",
        "ا",
    ]
    for _ in range(3000):
        first, second = ("".join(rng.choices(signs, k=rng.randrange(14))) for _ in range(2))
        if rng.random() < 0.7:
            at = rng.randrange(len(first) + 1)
            second = first[:at] + rng.choice(signs) + first[at + rng.randrange(3) :]
        made = Document().apply(edits.insert(Document(), 100, 900, first))
        edit = edits.set_text(made, 0, second)
        after = made.apply(edit) if edit is not None else made
        check_whole(after)
        assert "".join(after.cues[0].text.split()) == "".join(second.split()), (first, second)
        assert edits.set_text(after, 0, after.cues[0].text) is None
