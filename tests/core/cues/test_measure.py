"""Lengths and speeds as each style counts them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.cues.measure import (
    line_lengths,
    reading_ms,
    reading_speed,
    total_columns,
    words_per_minute,
    words_reading_ms,
)
from core.cues.scripts import columns, is_cjk, is_spaceless
from core.cues.styles import style
from tests.core.cues.spoken import spoken


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("word", 4),
        ("Größe", 5),
        ("中文", 4),
        ("ガ", 2),
        ("e\u0301", 1),
        ("สวัสดี", 4),
        ("a\u200db", 2),
        ("“so”", 4),
        ("", 0),
    ],
)
def test_columns_are_two_for_full_width_and_none_for_marks_above(text: str, count: int) -> None:
    assert columns(text) == count


@pytest.mark.parametrize(
    ("style_id", "text", "lengths"),
    [
        ("netflix-en", "Two lines\nof text", (9.0, 7.0)),
        ("netflix-zh", "我有2011年", (5.0,)),
        ("netflix-ko", "안녕 OK!", (4.0,)),
        ("plain", "中文", (4.0,)),
        ("netflix-en", "", ()),
    ],
)
def test_a_line_is_as_long_as_its_style_counts(style_id: str, text: str, lengths: tuple[float, ...]) -> None:
    assert line_lengths(text, style(style_id)) == lengths


def test_reading_speed_counts_spaces_but_no_line_breaks() -> None:
    assert reading_speed("ten chars.\nten chars.", 1000, style("netflix-en")) == 20.0
    assert reading_speed("九个字的中文句子啊", 1000, style("netflix-zh")) == 9.0


def test_text_without_time_is_infinitely_fast_and_no_text_is_not() -> None:
    assert reading_speed("so", 0, style("bbc")) == float("inf")
    assert reading_speed("", 0, style("bbc")) == 0.0
    assert words_per_minute(3, 0) == float("inf")
    assert words_per_minute(0, 0) == 0.0
    assert words_per_minute(3, 1000) == 180.0


def test_time_to_read_is_the_time_at_the_highest_speed() -> None:
    text = "exactly twenty chars"
    assert reading_ms(columns(text), 3, style("netflix-en")) == 1000
    assert reading_speed(text, 1000, style("netflix-en")) == style("netflix-en").max_cps


def test_time_to_read_is_rounded_up_so_that_the_speed_is_kept() -> None:
    seventeen = replace(style("netflix-en"), max_cps=17)
    needed_ms = reading_ms(10, 2, seventeen)
    assert reading_speed("ten chars.", needed_ms, seventeen) <= 17
    assert reading_speed("ten chars.", needed_ms - 1, seventeen) > 17


def test_a_style_that_counts_words_gives_each_a_third_of_a_second() -> None:
    assert words_reading_ms(spoken("one two three"), style("bbc")) == 1000


def test_a_style_that_asks_for_no_speed_needs_no_time() -> None:
    assert reading_ms(100, 20, style("short")) == 0


def test_all_lines_count_together() -> None:
    assert total_columns("中文\nab") == 6


@pytest.mark.parametrize(
    ("character", "cjk", "spaceless"),
    [
        ("中", True, True),
        ("。", True, True),
        ("カ", True, True),
        ("한", False, False),
        ("ก", False, True),
        ("a", False, False),
    ],
)
def test_scripts_without_spaces_are_known(character: str, cjk: bool, spaceless: bool) -> None:
    assert (is_cjk(character), is_spaceless(character)) == (cjk, spaceless)
