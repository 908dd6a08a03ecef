"""Text without spaces in words: nothing is lost, no word is longer than a line, punctuation is no word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.spaceless import split_spaceless, split_words
from core.transcript import split_text

THAI = "เมื่อวานนี้ผมบอกคุณแอนเดอร์สันว่าเขาจะไปถึงที่นั่นตอนเก้าโมงเช้าแต่เขาไม่เชื่อเลยแม้แต่คำเดียว"


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("don't", ["don't"]),
        ("「床前」，Qwen3模型", ["「床", "前」，", "Qwen3", "模", "型"]),
        ("“อีกไม่นาน”เราจะเห็นแสงไฟ...", ["“อีก", "ไม่", "นาน”", "เรา", "จะ", "เห็น", "แสงไฟ..."]),
        ("เร็วๆ", ["เร็วๆ"]),
        ("(สวัสดี)", ["(สวัสดี)"]),
        ("จีน中国", ["จีน", "中", "国"]),
    ],
)
def test_each_script_is_parted_in_its_own_way(token: str, words: list[str]) -> None:
    assert split_spaceless(token) == words


def test_no_word_of_a_thai_sentence_is_as_long_as_a_line() -> None:
    assert max(map(len, split_spaceless(THAI))) < 15


@given(st.text("กขคงนมาิี้่ๆฯ!()“”a1 中。", min_size=1).map(lambda text: text.replace(" ", "")).filter(bool))
def test_parting_loses_no_character(token: str) -> None:
    words = split_spaceless(token)
    assert "".join(words) == token
    assert all(words)


def test_white_space_stays_behind_the_last_part() -> None:
    text = "我们 去北京\nok อีกไม่นาน"
    found = list(split_words(text))
    assert "".join(word + after for word, after in found) == "".join(word + after for word, after in split_text(text))
    assert ("们", " ") in found
    assert ("京", "\n") in found
