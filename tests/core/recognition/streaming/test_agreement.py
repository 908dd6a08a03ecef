"""A word is firm when two answers share it and another follows; what the whole segment speaks against is doubtful."""

from __future__ import annotations

import pytest

from core.recognition.streaming.agreement import DOUBTFUL, Said, after_last, doubted, settled, with_doubts, words_of

PIECES = ["language", " None", "<t>", "Hel", "lo", ",", " wor", "ld", " 你", "好", "。", "吗"]


def text_of(ids: tuple[int, ...]) -> str:
    return "".join(PIECES[i] for i in ids if i > 2).strip()


@pytest.mark.parametrize(
    ("agreed", "count", "text"),
    [
        ((0, 1, 2), 3, ""),
        ((0, 1, 2, 3), 3, ""),
        ((0, 1, 2, 3, 4, 5), 3, ""),
        ((0, 1, 2, 3, 4, 5, 6), 6, "Hello,"),
        ((0, 1, 2, 3, 4, 5, 6, 7), 6, "Hello,"),
        ((0, 1, 2, 3, 4, 5, 6, 7, 8), 8, "Hello, world"),
        ((0, 1, 2, 3, 4, 5, 6, 7, 8, 9), 9, "Hello, world 你"),
        ((0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), 9, "Hello, world 你"),
        ((0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), 11, "Hello, world 你好。"),
    ],
)
def test_only_whole_words_with_another_behind_them_are_settled(agreed: tuple[int, ...], count: int, text: str) -> None:
    found = settled(agreed, 3, text_of)
    assert (found, text_of(agreed[:found])) == (count, text)


def test_what_is_settled_never_shrinks() -> None:
    assert settled((0, 1, 2, 3, 4, 5, 6), 6, text_of) == 6


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("use Qwen 模型。 now", [("use", " "), ("Qwen", " "), ("模", ""), ("型。", " "), ("now", " ")]),
        ("don’t\nstop", [("don’t", "\n"), ("stop", " ")]),
        ("", []),
    ],
)
def test_words_are_parted_at_spaces_and_between_cjk_characters(text: str, words: list[tuple[str, str]]) -> None:
    assert [(word.text, word.after) for word in words_of(text)] == words


def test_behind_the_last_word_stands_what_its_script_needs() -> None:
    assert after_last(Said("end.", "")).after == " "
    assert after_last(Said("型。", " ")).after == ""


def test_firm_words_that_stand_differently_in_the_whole_are_doubtful() -> None:
    firm = words_of("the cat sat here")
    places = doubted(firm, words_of("a cat sits here now"))
    assert places == {0, 2}
    marked = with_doubts([Said("the", " ", 0.9), *firm[1:]], places)
    assert [word.sure for word in marked] == [DOUBTFUL, None, DOUBTFUL, None]
    assert [word.text for word in marked] == ["the", "cat", "sat", "here"]


def test_a_comma_or_a_capital_makes_no_doubt_but_another_sign_of_a_vowel_does() -> None:
    assert doubted(words_of("Well. And don’t stop …"), words_of("Well, and don't stop! …")) == set()
    assert doubted(words_of("है कि –"), words_of("है की ,")) == {1, 2}
