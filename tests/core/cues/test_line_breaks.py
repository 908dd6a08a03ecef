"""How well two neighbouring words can be parted."""

from __future__ import annotations

import pytest

from core.cues.line_breaks import Parting, partings, spaced
from core.transcript import Word, words_text
from tests.core.cues.spoken import sign_by_sign, spoken


def behind(text: str, language: str) -> Parting:
    """The judgement at the bar in `text`."""
    before = text.split("|")[0].split()
    words = spaced(spoken(text.replace("|", "")), language)
    return partings(words, language)[len(before) - 1]


def sign_behind(text: str, language: str) -> Parting:
    """The judgement at the bar in `text`, its characters given one by one."""
    words = spaced(sign_by_sign(text.replace("|", "")), language)
    return partings(words, language)[text.index("|") - 1]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("He left. | She stayed.", "en"),
        ("Why? | Nobody knows.", "en"),
        ("“He left.” | She stayed.", "en"),
        ("He waited… | Nobody came.", "en"),
        ("So do I. | They do not.", "en"),
        ("He said no. | She left.", "en"),
        ("Er ging. | Sie blieb.", "de"),
        ("»Ja.« | Er ging.", "de"),
        ("„Haus.“ | Dann kam er.", "de"),
        ("Bonjour ! | Entrez.", "fr"),
        ("Он ушёл. | Она осталась.", "ru"),
        ("वह गया। | वह रुकी।", "hi"),
        ("أين هو؟ | لا أعرف.", "ar"),
    ],
)
def test_a_sentence_ends_here(text: str, language: str) -> None:
    assert behind(text, language) is Parting.SENTENCE


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("If it rains, | stay.", "en"),
        ("“Why?” | he asked.", "en"),
        ("It was – | nobody knew.", "en"),
        ("the beating heart | And all its blood", "en"),
        ("Weil es regnet, | bleiben wir.", "de"),
        ("Он сказал, | что болен.", "ru"),
        ("قال، | ثم ذهب", "ar"),
    ],
)
def test_a_clause_ends_here(text: str, language: str) -> None:
    assert behind(text, language) is Parting.CLAUSE


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("the | house", "en"),
        ("he went to | school", "en"),
        ("we have | seen", "en"),
        ("it doesn’t | matter", "en"),
        ("apples and | pears", "en"),
        ("see Dr. | Watson now", "en"),
        ("said (Mr. | Watson)", "en"),
        ("by J. | R. Smith", "en"),
        ("in New | York today", "en"),
        ("about 5 | million people", "en"),
        ("in der | Schule", "de"),
        ("am 3. | Oktober", "de"),
        ("er hat | gesagt", "de"),
        ("dans la | maison", "fr"),
        ("il est | parti", "fr"),
        ("en la | ciudad", "es"),
        ("la mia | casa", "it"),
        ("para o | Brasil", "pt"),
        ("он не | может", "ru"),
        ("пошёл в | школу", "ru"),
    ],
)
def test_a_word_that_must_not_end_a_line_is_held(text: str, language: str) -> None:
    assert behind(text, language) is Parting.HELD


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("stay | until morning", "en"),
        ("born | in 1999", "en"),
        ("kommt | aus Köln", "de"),
        ("vient | de Paris", "fr"),
        ("vive | en Madrid", "es"),
        ("arriva | con Anna", "it"),
        ("mora | em Lisboa", "pt"),
        ("живёт | в Москве", "ru"),
    ],
)
def test_a_phrase_begins_before_a_conjunction_or_preposition(text: str, language: str) -> None:
    assert behind(text, language) is Parting.PHRASE


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Bonjour | !", "fr"),
        ("« | Oui »", "fr"),
        ("« Oui | »", "fr"),
        ("( | so", "en"),
        ("well | )", "en"),
        ("- | Hello there", "en"),
        ("nur 5 | % davon", "de"),
    ],
)
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(text: str, language: str) -> None:
    assert behind(text, language) is Parting.FORBIDDEN


@pytest.mark.parametrize(
    "text", ["he waited | ...and left", "about | .5 percent", "it was | ’tis said", "he | “said” so"]
)
def test_a_word_that_begins_with_a_mark_may_begin_a_line(text: str) -> None:
    assert behind(text, "en") in {Parting.PLAIN, Parting.HELD, Parting.PHRASE}


def test_a_written_word_given_in_parts_is_not_torn() -> None:
    words = [Word("self-", 0, 10, after=""), Word("made", 10, 20), Word("man", 20, 30)]
    assert partings(words, "en")[0] is Parting.FORBIDDEN


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("早上八点开会|，请不要迟到", "zh"),
        ("“|明天开会”", "zh"),
        ("请不要迟到|！", "zh"),
        ("「|東京」へ行く", "ja"),
        ("東京タワ|ー", "ja"),
        ("楽しか|った", "ja"),
    ],
)
def test_kinsoku_is_kept_in_chinese_and_japanese(text: str, language: str) -> None:
    assert sign_behind(text, language) is Parting.FORBIDDEN


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("我们的学|生在北京学习", "zh"),
        ("我们在北|京大学学习", "zh"),
        ("今日|は天気がいい", "ja"),
        ("散|歩に行きましょう", "ja"),
    ],
)
def test_a_word_without_spaces_is_not_parted_in_its_middle(text: str, language: str) -> None:
    assert sign_behind(text, language) is Parting.HELD


@pytest.mark.parametrize(
    ("text", "language"), [("今日は|天気がいい", "ja"), ("我们的学生|在北京学习", "zh"), ("วันนี้|อากาศดีมาก", "th")]
)
def test_a_phrase_without_spaces_may_end_where_its_words_do(text: str, language: str) -> None:
    assert sign_behind(text, language) is Parting.PHRASE


def test_a_quotation_mark_of_its_own_ends_the_sentence_it_closes() -> None:
    assert sign_behind("请不要迟到！”|你们觉得呢", "zh") is Parting.SENTENCE


def test_two_capitals_are_no_name_where_all_nouns_have_one() -> None:
    assert behind("gestern Hund | Katze gesehen", "de") is Parting.PLAIN


def test_a_capital_that_opens_a_sentence_makes_no_name() -> None:
    assert behind("It rained. Yesterday | London was dry.", "en") is Parting.PLAIN


def test_a_language_without_lists_still_has_its_punctuation() -> None:
    assert behind("Mae hi. | Wel.", "cy") is Parting.SENTENCE
    assert behind("mae | hi", "") is Parting.PLAIN


def test_the_end_is_a_sentences_end_and_nothing_has_no_partings() -> None:
    assert partings(spoken("one"), "en") == [Parting.SENTENCE]
    assert partings([], "en") == []


def test_chinese_gets_no_spaces_and_latin_inside_keeps_its_own() -> None:
    words = spaced(spoken("你 好 Open AI 公司"), "zh")
    assert words_text(words) == "你好 Open AI 公司"


def test_korean_keeps_its_spaces() -> None:
    assert words_text(spaced(spoken("안녕하세요 여러분"), "ko")) == "안녕하세요 여러분"


def test_old_line_breaks_become_spaces_and_right_words_stay_the_same_object() -> None:
    words = [Word("one", 0, 1, after="\n"), Word("two", 1, 2)]
    result = spaced(words, "en")
    assert words_text(result) == "one two"
    assert result[1] is words[1]
    assert words_text(spaced([Word("中", 0, 1, after="\n"), Word("文", 1, 2, after="")], "zh")) == "中文"
