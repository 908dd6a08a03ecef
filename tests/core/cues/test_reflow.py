"""Cues built anew from their words."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from core.cue import Cue
from core.cues.builder import build_cues
from core.cues.checks import check
from core.cues.reflow import reflow
from core.cues.styles import style
from core.document.document import check_cues
from core.subtitles.words import words_of_text
from core.transcript import words_text
from tests.core.cues.spoken import spoken

NETFLIX = style("netflix-en")
TEXT = "When winter was over, / the boats went out to sea again. / Nobody stayed at home / after that long night."
CUES = build_cues(spoken(TEXT, pause_ms=600), NETFLIX, language="en")


def test_another_style_gets_the_same_words_with_their_ids_and_times() -> None:
    short = reflow(CUES, style("short"))
    assert len(short) > len(CUES)
    assert [(w.id, w.start_ms, w.end_ms) for c in short for w in c.words] == [
        (w.id, w.start_ms, w.end_ms) for c in CUES for w in c.words
    ]
    assert all("\n" not in cue.text for cue in short)


def test_there_and_back_gives_the_same_cues() -> None:
    again = reflow(reflow(CUES, style("short")), NETFLIX)
    assert [replace(cue, id="") for cue in again] == [replace(cue, id="") for cue in CUES]


@pytest.mark.parametrize("rate", [None, Fraction(24000, 1001), Fraction(25), Fraction(30000, 1001)])
def test_cues_made_from_a_long_one_of_a_file_keep_the_gap(rate: Fraction | None) -> None:
    text = "The boats went out to sea again when winter was over. Nobody stayed at home after that long night, not one."
    file = (
        Cue(words_of_text(text, 1000, 9000), 1000, 9000),
        Cue(words_of_text("And who would have stayed at home?", 9000, 11_000), 9000, 11_000),
    )
    cues = reflow(file, NETFLIX, language="en", frame_rate=rate)
    assert len(cues) > len(file)
    assert words_text([word for cue in cues for word in cue.words]).split() == " ".join(c.text for c in file).split()
    assert check(cues, NETFLIX, rate) == ()
    check_cues(cues)


def test_a_locked_cue_stays_as_it_is_and_its_neighbours_keep_their_distance() -> None:
    locked = replace(CUES[1], locked=True)
    result = reflow((CUES[0], locked, *CUES[2:]), style("short"))
    assert locked in result
    check_cues(result)
    row = result.index(locked)
    assert result[row - 1].end_ms <= locked.start_ms
    assert result[row + 1].start_ms >= locked.end_ms


def test_two_speakers_never_share_a_cue() -> None:
    words = spoken("Yes. No.", ms_per_char=80)
    said = (
        Cue(tuple(words[:1]), words[0].start_ms, words[0].end_ms, voice="Ann"),
        Cue(tuple(words[1:]), words[1].start_ms, words[1].end_ms, voice="Bob"),
    )
    assert [(cue.voice, cue.text) for cue in reflow(said, NETFLIX)] == [("Ann", "Yes."), ("Bob", "No.")]


def test_what_a_cue_carries_goes_with_its_words() -> None:
    carrying = tuple(
        replace(cue, voice="Ann", style="top", settings={"vtt": "line:0"}, mark="draft", language="en") for cue in CUES
    )
    for cue in reflow(carrying, style("short")):
        assert (cue.voice, cue.style, cue.settings) == ("Ann", "top", {"vtt": "line:0"})
        assert (cue.mark, cue.language) == ("draft", "en")


def test_a_cue_without_words_stays() -> None:
    sign = Cue((), 100_000, 101_000)
    assert sign in reflow((*CUES, sign), style("short"))


def test_nothing_reflows_to_nothing() -> None:
    assert reflow((), NETFLIX) == ()
