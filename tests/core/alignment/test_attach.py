"""Units of the aligner come back onto the text, and nothing that was written is lost."""

from __future__ import annotations

import pytest
from transformers import Qwen3ASRProcessor

from core.alignment.attach import attach

split = Qwen3ASRProcessor.split_words_for_alignment
TEXTS = {
    "English": "“Don’t,” she said: (e-mail) me at 3.5 % — C++, a.b.c, U.S.! … ok?",
    "Chinese": "你好，世界！今天是2024年5月3日。《红楼梦》“很好”。",
    "mixed": "我用 PySide6 和 C++ 写代码（非常 good），OK？",
    "Thai": "สวัสดีครับ ผมชื่อ สมชาย",
    "Hindi": "नमस्ते दुनिया, यह ३.५ किमी है।",
    "Arabic": "مرحبًا بالعالم، كيف حالك؟",
    "German": "Straße 12–14; „Grüß Gott“, ﬁnde ich.",
    "Spanish": "¿Qué tal? ¡Muy bien! (¿no?)",
    "music": "♪ la la la ♪",
    "lines": "one  two\nthree\t four",
    "marks only": "… — !",
    "cafe with a combining mark": "cafe\u0301 e\u0301te\u0301",
}


def joined(text: str, units: list[str]) -> str:
    return "".join(word.text + word.after for word in attach(text, units))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_words_join_to_the_text_again(text: str) -> None:
    assert joined(text, split(None, text)) == text


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_unit_has_one_word_and_they_come_in_order(text: str) -> None:
    units = split(None, text)
    found = [word.unit for word in attach(text, units) if word.unit is not None]
    assert found == list(range(len(units)))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_words_are_never_empty_and_have_no_white_space_at_their_ends(text: str) -> None:
    assert all(word.text and word.text == word.text.strip() for word in attach(text, split(None, text)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("(e-mail), 3.5 % C++", ["(e-mail),", "3.5", "%", "C++"]),
        ("你好，“世界”！", ["你", "好，", "“世", "界”！"]),
        ("用PySide6（好）吗", ["用", "PySide6", "（好）", "吗"]),
        ("don’t stop—now", ["don’t", "stop—now"]),
    ],
)
def test_marks_stay_with_the_word_they_belong_to(text: str, words: list[str]) -> None:
    assert [word.text for word in attach(text, split(None, text))] == words


def test_japanese_units_of_nagisa_come_back_though_it_rewrites_the_text() -> None:
    text = "「今日は、いい天気ですね。」と３．５㌔　歩いた！"
    units = split(None, text, "Japanese")
    words = attach(text, units)
    assert "".join(word.text + word.after for word in words) == text
    found = [word.unit for word in words if word.unit is not None]
    assert found == sorted(found)
    assert len(found) >= len(units) - 1
    assert words[0].text.startswith("「今日")


def test_korean_units_of_soynlp_come_back() -> None:
    text = "안녕하세요, 저는 자막을 만듭니다."
    units = split(None, text, "Korean")
    assert joined(text, units) == text


def test_text_that_no_unit_stands_for_keeps_its_words() -> None:
    assert [(word.text, word.unit) for word in attach("a ?? b", ["a", "b"])] == [("a", 0), ("??", None), ("b", 1)]
