"""Text into words: where it is parted, whose marks and times the words have, and that it joins to the same text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.cjk import joins_without_space, split_cjk
from core.subtitles.words import Run, words_of_runs, words_of_text
from core.transcript import Source, words_text


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("don't", ["don't"]),
        ("床前明月光，", ["床", "前", "明", "月", "光，"]),
        ("「床前」，Qwen3模型", ["「床", "前」，", "Qwen3", "模", "型"]),
        ("きゃー！", ["きゃー！"]),
        ("東京に行く。", ["東", "京", "に", "行", "く。"]),
        ("ｶﾞｷﾞ", ["ｶﾞ", "ｷﾞ"]),
        ("한국어로", ["한국어로"]),
        ("（）你", ["（）你"]),
        ("你（）", ["你（）"]),
        ("𠮷野", ["𠮷", "野"]),
        ("，。", ["，。"]),
    ],
)
def test_cjk_is_parted_by_character_with_its_punctuation(token: str, words: list[str]) -> None:
    assert split_cjk(token) == words


@given(st.text("ab1 你好ゃーカ「」，。！—（）\"'…é한", min_size=1).filter(str.strip))
def test_parting_cjk_loses_no_character(text: str) -> None:
    token = text.replace(" ", "")
    assert "".join(split_cjk(token)) == token
    assert all(split_cjk(token))


@given(st.text() | st.text("ab 你好\u00a0\u202f\n\u3000,。"))
def test_words_join_to_the_text_but_for_runs_of_white_space(text: str) -> None:
    words = words_of_text(text, 0, 5_000)
    assert "".join(words_text(words).split()) == "".join(text.split())
    assert all(word.text == word.text.strip() != "" and not word.after.strip() for word in words)
    assert all(0 <= word.start_ms <= word.end_ms <= 5_000 and word.source is Source.IMPORTED for word in words)


def test_lines_end_at_newlines_and_nowhere_else() -> None:
    text = "line\u2028separator and \x85 next line char and \x0b vt\nlast"
    assert words_text(words_of_text(text, 0, 100)) == text


def test_a_no_break_space_stays_inside_its_word() -> None:
    assert [word.text for word in words_of_text("10\u00a0km weit\u202f!", 0, 100)] == ["10\u00a0km", "weit\u202f!"]


def test_a_no_break_space_where_its_word_is_parted_stands_behind_the_first_part() -> None:
    runs = [Run("月\u00a0光 "), Run("a\u00a0", frozenset({"i"})), Run("b")]
    assert [(word.text, word.after) for word in words_of_runs(runs, 0, 1000)] == [
        ("月", "\u00a0"), ("光", " "), ("a", "\u00a0"), ("b", " "),
    ]  # fmt: skip
    assert [(w.text, w.after) for w in words_of_runs([Run("a\u00a0"), Run("b", at_ms=5)], 0, 9)] == [
        ("a", "\u00a0"), ("b", " "),
    ]  # fmt: skip


def test_a_mark_inside_a_word_parts_it_and_punctuation_alone_does_not() -> None:
    bold = frozenset({"b"})
    words = words_of_runs([Run("un"), Run("belie", bold), Run("vable"), Run(" "), Run("yes", bold), Run("!")], 0, 1000)
    assert [(word.text, word.after, word.marks) for word in words] == [
        ("un", "", frozenset()),
        ("belie", "", bold),
        ("vable", " ", frozenset()),
        ("yes!", " ", bold),
    ]


def test_words_between_stamps_share_their_time_out() -> None:
    words = words_of_runs([Run("one "), Run("two six ", at_ms=500), Run("end", at_ms=900), Run("", at_ms=950)], 0, 1000)
    assert [(word.text, word.start_ms, word.end_ms) for word in words] == [
        ("one", 0, 500),
        ("two", 500, 700),
        ("six", 700, 900),
        ("end", 900, 950),
    ]


@pytest.mark.parametrize("stamp_ms", [-5, 1001, 99_999])
def test_a_stamp_outside_the_cue_is_passed_over(stamp_ms: int) -> None:
    words = words_of_runs([Run("one "), Run("two", at_ms=stamp_ms)], 0, 1000)
    assert [(word.start_ms, word.end_ms) for word in words] == [(0, 500), (500, 1000)]


def test_a_stamp_that_goes_back_is_passed_over() -> None:
    words = words_of_runs([Run("one "), Run("two ", at_ms=600), Run("six", at_ms=300)], 0, 1000)
    assert [(word.start_ms, word.end_ms) for word in words] == [(0, 600), (600, 800), (800, 1000)]


def test_stamped_cjk_words_stay_as_the_file_has_them() -> None:
    words = words_of_runs([Run("你好"), Run("世界", at_ms=400)], 0, 1000)
    assert [(word.text, word.after) for word in words] == [("你好", ""), ("世界", "")]


@pytest.mark.parametrize(
    ("before", "behind", "joins"), [("光，", "疑", True), ("one", "two", False), ("光", "two", False)]
)
def test_lines_of_cjk_join_without_a_space(before: str, behind: str, joins: bool) -> None:
    assert joins_without_space(before, behind) is joins
