"""Cues from words: what always holds, and what an editor would expect to see."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.cue import Cue
from core.cues.builder import CueStream, build_cues
from core.cues.measure import line_lengths
from core.cues.passages import MOST_WORDS
from core.cues.styles import STYLES, Style, style
from core.document.document import check_cues
from core.timecode import ms_of_frame
from core.transcript import Word
from tests.core.cues.spoken import sign_by_sign, spoken, with_pauses

NETFLIX = style("netflix-en")
CHINESE = style("netflix-zh")


def texts(cues: tuple[Cue, ...]) -> list[str]:
    return [cue.text for cue in cues]


# ── what always holds ────────────────────────────────────────────────────────────────────────────

_SAMPLES = "the of and house, river. Tomorrow “well” – 5 million ! 你 好 。 안녕 สวัสดี"
_TOKENS = st.one_of(
    st.sampled_from(_SAMPLES.split()),
    st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=12),
    st.text("ab", min_size=43, max_size=60),
)


@st.composite
def _words(draw: st.DrawFn) -> list[Word]:
    words: list[Word] = []
    at_ms = draw(st.integers(0, 3000))
    for text in draw(st.lists(_TOKENS, max_size=60)):
        start_ms = at_ms + draw(st.sampled_from([0, 0, 0, 40, 200, 700, 2600]))
        at_ms = start_ms + draw(st.sampled_from([0, 1, 80, 300, 9000]))
        words.append(Word(text, start_ms, at_ms, after=draw(st.sampled_from([" ", " ", "", "\n"]))))
    return words


_STYLES = st.sampled_from([*STYLES.values(), replace(NETFLIX, max_lines=3, max_line_chars=12)])
_RATES = st.sampled_from([None, Fraction(24000, 1001), Fraction(25), Fraction(30000, 1001)])
_LANGUAGES = st.sampled_from(["", "en", "de", "zh", "ja", "ko", "th"])


@settings(max_examples=150, deadline=None)
@given(_words(), _STYLES, _LANGUAGES, _RATES)
def test_cues_hold_all_words_in_order_inside_and_never_overlap(
    words: list[Word], chosen: Style, language: str, rate: Fraction | None
) -> None:
    cues = build_cues(words, chosen, language=language, frame_rate=rate)
    check_cues(cues)
    assert [replace(word, after="") for cue in cues for word in cue.words] == [replace(w, after="") for w in words]
    assert all(before.end_ms <= after.start_ms for before, after in pairwise(cues))


@settings(max_examples=150, deadline=None)
@given(_words(), _STYLES, _LANGUAGES, _RATES)
def test_no_line_is_too_long_and_no_cue_too_high_or_too_long_unless_one_word_is(
    words: list[Word], chosen: Style, language: str, rate: Fraction | None
) -> None:
    for cue in build_cues(words, chosen, language=language, frame_rate=rate):
        lengths = line_lengths(cue.text, chosen)
        assert len(lengths) <= chosen.max_lines
        assert len(cue.words) == 1 or max(lengths) <= chosen.max_line_chars
        assert len(cue.words) == 1 or cue.duration_ms <= chosen.max_duration_ms


@settings(max_examples=100, deadline=None)
@given(_words(), st.integers(1, 40), st.sampled_from([NETFLIX, STYLES["bbc"], CHINESE]), _RATES)
def test_a_stream_gives_the_same_cues_however_the_words_arrive(
    words: list[Word], at_once: int, chosen: Style, rate: Fraction | None
) -> None:
    stream = CueStream(chosen, "en", frame_rate=rate)
    cues: list[Cue] = []
    for first in range(0, len(words), at_once):
        cues.extend(stream.feed(words[first : first + at_once]))
    cues.extend(stream.finish())
    assert _without_ids(cues) == _without_ids(build_cues(words, chosen, language="en", frame_rate=rate))


def _without_ids(cues: list[Cue] | tuple[Cue, ...]) -> list[Cue]:
    return [replace(cue, id="") for cue in cues]


# ── the stream ───────────────────────────────────────────────────────────────────────────────────


def test_a_stream_gives_cues_once_a_long_pause_has_passed() -> None:
    stream = CueStream(NETFLIX, "en")
    words = spoken("This was said first. / And this came later.", pause_ms=2500)
    assert stream.feed(words[:4]) == ()
    assert texts(stream.feed(words[4:])) == ["This was said first."]
    assert texts(stream.finish()) == ["And this came later."]


def test_a_stream_never_waits_for_more_than_a_passage() -> None:
    words = with_pauses(spoken("he went on and on about it. " * 200), seed=3)
    stream, given_out = CueStream(NETFLIX, "en"), 0
    for index, word in enumerate(words, start=1):
        given_out += sum(len(cue.words) for cue in stream.feed([word]))
        assert index - given_out <= MOST_WORDS + 1


def test_a_passage_without_pauses_is_cut_where_a_sentence_ends() -> None:
    words = spoken("They all went down to the river again today. " * 40)
    cues = build_cues(words, NETFLIX, language="en")
    assert all(cue.text.endswith("today.") for cue in cues)


def test_a_finished_stream_gives_nothing_more() -> None:
    stream = CueStream(NETFLIX, "en")
    stream.feed(spoken("one"))
    assert len(stream.finish()) == 1
    assert stream.finish() == ()


# ── what an editor expects ───────────────────────────────────────────────────────────────────────


def test_no_words_make_no_cues() -> None:
    assert build_cues([], NETFLIX) == ()


def test_language_and_mark_go_onto_every_cue() -> None:
    (cue,) = build_cues(spoken("rough text"), NETFLIX, language="en", mark="draft")
    assert (cue.language, cue.mark) == ("en", "draft")


def test_sentences_get_cues_of_their_own() -> None:
    words = spoken("It rained for the whole of the night. Nobody in the village slept at all.")
    assert texts(build_cues(words, NETFLIX, language="en")) == [
        "It rained for the whole of the night.",
        "Nobody in the village slept at all.",
    ]


def test_two_very_short_sentences_share_a_line() -> None:
    assert texts(build_cues(spoken("Yes. I know."), NETFLIX, language="en")) == ["Yes. I know."]


def test_a_long_sentence_is_parted_at_its_comma() -> None:
    words = spoken("When the long winter was over at last in the north, the boats went out to sea again every morning.")
    assert texts(build_cues(words, NETFLIX, language="en")) == [
        "When the long winter\nwas over at last in the north,",
        "the boats went out\nto sea again every morning.",
    ]


def test_no_line_ends_with_an_article_or_preposition() -> None:
    words = spoken("We walked along the old wall of the garden until we came to the gate near the river.")
    lines = "\n".join(texts(build_cues(words, NETFLIX, language="en"))).split("\n")
    assert not {line.split()[-1] for line in lines} & {"the", "of", "to", "near", "along", "we", "old", "until"}


def test_unpunctuated_text_is_parted_where_the_speaker_pauses() -> None:
    words = spoken("and so my fellow americans / ask not what your country can do / ask what you can do", pause_ms=650)
    assert texts(build_cues(words, NETFLIX, language="en")) == [
        "and so my fellow americans",
        "ask not what your country can do",
        "ask what you can do",
    ]


def test_a_word_longer_than_a_line_stands_alone() -> None:
    long_word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk"
    cues = build_cues(spoken(f"das {long_word} heißt so"), style("netflix-de"), language="de")
    assert long_word in texts(cues)


def test_german_is_parted_before_its_conjunction() -> None:
    words = spoken("Er blieb den ganzen Abend zu Hause, weil er am nächsten Morgen sehr früh aufstehen musste.")
    assert texts(build_cues(words, style("netflix-de"), language="de")) == [
        "Er blieb den ganzen Abend zu Hause,",
        "weil er am nächsten Morgen\nsehr früh aufstehen musste.",
    ]


def test_chinese_has_no_spaces_and_is_parted_at_its_punctuation() -> None:
    text = "昨天晚上我们在北京大学的图书馆里学习，后来下起了大雨，所以大家都没有带伞。"
    cues = build_cues(sign_by_sign(text), CHINESE, language="zh")
    assert "".join(texts(cues)).replace("\n", "") == text
    assert all(cue.text[-1] in "，。" for cue in cues)
    assert not any(line[0] in "，。" for cue in cues for line in cue.text.split("\n"))


@pytest.mark.parametrize(
    ("language", "text", "lines"),
    [
        (
            "es",
            "La doctora que los había conocido allí, la Dra. López, no se sorprendió en absoluto.",
            "allí, / la Dra.",
        ),
        (
            "fr",
            "Elle n'était pas du tout surprise, elle les attendait depuis le début du mois.",
            "surprise, / elle les",
        ),
        (
            "en",
            "It wasn't very big, but it was warm and clean and it cost them only two hundred.",
            "clean / and it cost",
        ),
    ],
)
def test_no_line_ends_on_a_word_that_belongs_to_the_next(language: str, text: str, lines: str) -> None:
    cues = build_cues(spoken(text, ms_per_char=75), style(f"netflix-{language}"), language=language)
    built = " / ".join(line for cue in cues for line in cue.text.split("\n"))
    assert lines in built


def test_words_that_bring_spaces_lose_them_between_chinese_characters_only() -> None:
    (cue,) = build_cues(spoken("你 好 Open AI"), CHINESE, language="zh")
    assert cue.text == "你好 Open AI"


@pytest.mark.parametrize("rate", [Fraction(24000, 1001), Fraction(25), Fraction(60)])
def test_edges_lie_on_frames_where_the_words_leave_room(rate: Fraction) -> None:
    cues = build_cues(spoken("One thing. / Another thing. / The last.", pause_ms=900), NETFLIX, frame_rate=rate)
    frames = {ms_of_frame(n, rate) for n in range(1000)}
    assert all(cue.start_ms in frames and cue.end_ms in frames for cue in cues)


def test_cues_parted_by_a_passage_keep_their_gap_rule() -> None:
    # 120 words and more without a long pause: the cut falls between two cues that chain all the same.
    words = spoken(" / ".join(["they went down to the river again."] * 60), pause_ms=400)
    cues = build_cues(words, NETFLIX, language="en")
    assert {after.start_ms - before.end_ms for before, after in pairwise(cues)} == {83}


def test_words_that_overlap_are_parted_instead_of_breaking_a_cue() -> None:
    words = [Word("one", 0, 900), Word("two", 500, 1000), Word("three", 1000, 1200)]
    cues = build_cues(words, NETFLIX, language="en")
    assert texts(cues) == ["one", "two three"]
    check_cues(cues)
