"""Findings against a style."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from core.cue import Cue
from core.cues.builder import build_cues
from core.cues.checks import Finding, Severity, check
from core.cues.styles import STYLES, style
from core.timecode import ms_of_frame
from core.transcript import Source, Word, shared_out, split_text
from tests.core.cues.spoken import spoken

NETFLIX = style("netflix-en")
MUST, SHOULD = Severity.MUST, Severity.SHOULD


def cue(text: str, start_ms: int, end_ms: int, *, words_end_ms: int | None = None) -> Cue:
    last_ms = end_ms if words_end_ms is None else words_end_ms
    return Cue(shared_out(split_text(text), start_ms, last_ms, source=Source.ALIGNED), start_ms, end_ms)


def codes(*cues: Cue, style_id: str = "netflix-en", rate: Fraction | None = None) -> list[tuple[str, Severity]]:
    return [(finding.code, finding.severity) for finding in check(cues, STYLES[style_id], rate)]


def test_a_good_cue_has_no_findings() -> None:
    assert codes(cue("All is well here.", 0, 2000), cue("And here as well.", 2083, 4000)) == []


@pytest.mark.parametrize(
    ("shown", "code"),
    [
        (Cue((), 0, 2000), "empty"),
        (cue("one\ntwo\nthree", 0, 2000), "lines"),
        (cue("This line is written to be far too long for anyone.", 0, 5000), "line_length"),
        (cue("Twenty-one characters", 0, 1000), "reading_speed"),
        (cue("Brief.", 0, 831), "min_duration"),
        (cue("Long.", 0, 7002), "max_duration"),
        (cue("Broken\x07bell", 0, 2000), "forbidden"),
        (cue("Lost \ufffd sign", 0, 2000), "forbidden"),
    ],
)
def test_what_is_off_with_a_cue_has_a_name(shown: Cue, code: str) -> None:
    assert codes(shown) == [(code, MUST)]


@pytest.mark.parametrize("shown", [cue("Twenty characters ok", 0, 1000), cue("Kept.", 0, 832), cue("Held.", 0, 7001)])
def test_a_limit_that_is_just_kept_is_no_finding(shown: Cue) -> None:
    assert codes(shown) == []


def test_seven_seconds_of_timecode_may_last_as_long_as_they_do() -> None:
    shown = cue("Held to the last frame.", 0, 7007)
    assert codes(shown, rate=Fraction(24000, 1001)) == []
    assert codes(shown, rate=Fraction(25)) == codes(shown) == [("max_duration", MUST)]
    assert codes(cue("A frame too long.", 0, 7049), rate=Fraction(24000, 1001)) == [("max_duration", MUST)]


@pytest.mark.parametrize(("style_id", "found"), [("netflix-zh", [("italics", MUST)]), ("netflix-en", [])])
def test_italics_are_found_where_the_style_has_none(style_id: str, found: list[tuple[str, Severity]]) -> None:
    plain = cue("Only one word", 0, 3000)
    leaning = replace(plain, words=(replace(plain.words[0], marks=frozenset({"i"})), *plain.words[1:]))
    assert codes(leaning, style_id=style_id) == found
    assert codes(plain, style_id=style_id) == []


def test_the_sentence_names_the_numbers_and_the_cue() -> None:
    shown = cue("Twenty-one characters", 0, 1000)
    (finding,) = check([shown], NETFLIX)
    sentence = "{cps:.1f} characters a second; {limit} can be read."
    assert finding == Finding(shown.id, "reading_speed", MUST, sentence, {"cps": 21.0, "limit": 20})
    assert finding.text == "21.0 characters a second; 20 can be read."


def test_a_line_is_named_by_its_number() -> None:
    (finding,) = check([cue("Short\nThis line is written to be far too long for anyone.", 0, 6000)], NETFLIX)
    assert finding.params["line"] == 2


def test_overlapping_cues_are_found_at_the_first() -> None:
    first, second = cue("First one here.", 0, 2000), cue("Second one here.", 1900, 4000)
    assert [(f.cue_id, f.code, f.params) for f in check([first, second], NETFLIX)] == [
        (first.id, "overlap", {"ms": 100})
    ]


def test_a_gap_of_less_than_two_frames_must_grow_where_the_words_leave_room() -> None:
    assert codes(cue("One of them.", 0, 2000, words_end_ms=1500), cue("The other.", 2040, 4000)) == [("gap", MUST)]


def test_a_gap_the_words_leave_no_room_for_is_only_mentioned() -> None:
    assert codes(cue("One of them.", 0, 2000), cue("The other.", 2040, 4000)) == [("gap", SHOULD)]


def test_times_shared_out_in_a_file_take_no_room() -> None:
    def read(text: str, start_ms: int, end_ms: int) -> Cue:
        return Cue(shared_out(split_text(text), start_ms, end_ms, source=Source.IMPORTED), start_ms, end_ms)

    assert codes(read("One of them.", 0, 2000), read("The other.", 2040, 4000)) == [("gap", MUST)]


def test_room_is_measured_on_frames_where_there_are_any() -> None:
    # 110 ms between the words, but frames at 25 a second leave one whole frame between their edges.
    first, second = cue("One of them.", 0, 2010), cue("The other.", 2080, 4000)
    second = replace(second, words=shared_out(split_text("The other."), 2110, 4000, source=Source.ALIGNED))
    assert codes(first, second, rate=Fraction(25)) == [("gap", SHOULD)]


def test_two_frames_of_a_film_whose_rate_nobody_told_are_only_mentioned() -> None:
    def after(gap_ms: int, rate: Fraction | None) -> list[tuple[str, Severity]]:
        first, second = cue("One of them.", 0, 2000, words_end_ms=1500), cue("The other.", 2000 + gap_ms, 4000)
        return codes(first, second, rate=rate)

    assert after(80, None) == after(67, None) == [("gap", SHOULD)]
    assert after(60, None) == [("gap", MUST)]
    assert after(80, Fraction(24)) == [("gap", MUST)]
    assert after(80, Fraction(25)) == []


def test_a_gap_that_should_be_closed_is_found() -> None:
    assert codes(cue("One of them.", 0, 2000), cue("The other.", 2400, 4000)) == [("open_gap", SHOULD)]
    assert codes(cue("One of them.", 0, 2000), cue("The other.", 2501, 4000)) == []


def test_bbc_takes_no_gap_or_a_whole_second() -> None:
    def parted_by(gap_ms: int) -> list[tuple[str, Severity]]:
        return codes(cue("One.", 0, 2000), cue("Other.", 2000 + gap_ms, 4500), style_id="bbc")

    assert parted_by(0) == parted_by(1000) == []
    assert parted_by(500) == parted_by(999) == [("open_gap", SHOULD)]


def test_bbc_counts_words_a_minute() -> None:
    assert codes(cue("five words in one second", 0, 1000), style_id="bbc") == [("words_a_minute", SHOULD)]


@pytest.mark.parametrize("rate", [Fraction(24000, 1001), Fraction(25), Fraction(30000, 1001), Fraction(60)])
@pytest.mark.parametrize("off_ms", [-1, 0])
def test_two_frames_are_counted_in_frames_and_rounding_is_forgiven(rate: Fraction, off_ms: int) -> None:
    def parted_by(frames: int) -> list[tuple[str, Severity]]:
        end_ms, start_ms = ms_of_frame(100, rate), ms_of_frame(100 + frames, rate) + off_ms
        first = cue("One.", end_ms - 1500, end_ms, words_end_ms=end_ms - 400)
        return codes(first, cue("Other.", start_ms, start_ms + 1500), rate=rate)

    assert parted_by(2) == []
    assert parted_by(1) == [("gap", MUST)]


def test_own_styles_are_checked_like_given_ones() -> None:
    own = replace(NETFLIX, id="mine", max_line_chars=10)
    assert [finding.code for finding in check([cue("Eleven char", 0, 2000)], own)] == ["line_length"]


@pytest.mark.parametrize("style_id", STYLES)
@pytest.mark.parametrize("rate", [None, Fraction(24000, 1001), Fraction(25)])
def test_what_the_builder_makes_of_calm_speech_has_no_findings(style_id: str, rate: Fraction | None) -> None:
    text = "When winter was over, / the boats went out to sea again. / Nobody stayed at home."
    # 260 ms a character is slow enough even for Japanese, which is read at 4 full-width characters a second.
    words = spoken(text, ms_per_char=130, pause_ms=1200)
    assert check(build_cues(words, STYLES[style_id], language="en", frame_rate=rate), STYLES[style_id], rate) == ()


def test_cues_without_words_still_keep_gaps() -> None:
    assert codes(Cue((Word("a", 0, 900),), 0, 900), Cue((), 950, 2000))[0] == ("gap", MUST)
