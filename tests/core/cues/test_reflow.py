"""Cues built anew from their words."""

from __future__ import annotations

from dataclasses import replace

from core.cue import Cue
from core.cues.builder import build_cues
from core.cues.reflow import reflow
from core.cues.styles import style
from core.document.document import check_cues
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
