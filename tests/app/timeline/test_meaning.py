"""What word blocks tell, how cues are summed up, how both are said, and where arrow keys lead."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.timeline import keys
from app.timeline.lru import Lru
from app.timeline.meaning import Look, Summaries, is_doubtful, look_of
from app.timeline.speaking import cue_name, word_name
from core.cue import Cue
from core.transcript import Source, Word
from tests.app.timeline.films import cue, document

WORD = Word("Sister.", 64_780, 65_320, source=Source.ALIGNED, id="w")


@pytest.mark.parametrize(
    ("source", "look"),
    [
        (Source.RECOGNISED, Look.MEASURED),
        (Source.ALIGNED, Look.MEASURED),
        (Source.EDITED, Look.BY_HAND),
        (Source.TAPPED, Look.BY_HAND),
        (Source.ESTIMATED, Look.ESTIMATED),
        (Source.IMPORTED, Look.ESTIMATED),
    ],
)
def test_a_word_s_look_follows_its_source(source: Source, look: Look) -> None:
    word = replace(WORD, source=source)
    assert look_of(word) is look
    assert look_of(word, frozenset({"w"})) is Look.HEALING


def test_every_source_has_a_look() -> None:
    assert all(look_of(replace(WORD, source=source)) in Look for source in Source)


@pytest.mark.parametrize(
    ("text", "time", "doubtful"), [(None, None, False), (0.9, 0.9, False), (0.2, 0.9, True), (0.9, 0.2, True)]
)
def test_a_word_is_doubtful_when_its_text_or_time_is(text: float | None, time: float | None, doubtful: bool) -> None:
    assert is_doubtful(replace(WORD, text_confidence=text, time_confidence=time)) is doubtful


def test_a_cue_is_summed_up_by_its_worst_word() -> None:
    words = (WORD, replace(WORD, start_ms=65_320, end_ms=65_400, source=Source.ESTIMATED))
    summary = Summaries().of((Cue(words, 64_000, 66_000), Cue((), 70_000, 71_000)))
    assert summary.worst.tolist() == [Look.ESTIMATED, Look.MEASURED]
    assert summary.estimated == 1
    assert summary.mean_ms.tolist() == [310, 0]
    assert (summary.starts_ms[0], summary.ends_ms[0]) == (64_780, 65_400)


def test_summing_up_step_by_step_gives_what_summing_up_at_once_does() -> None:
    cues, summaries = document().cues, Summaries()
    estimated = replace(cues[1], words=(replace(cues[1].words[0], source=Source.ESTIMATED),))
    for step in (cues, (cues[0], estimated, *cues[2:]), cues[1:], (), (estimated,), cues):
        assert summaries.of(step).table.tolist() == Summaries().of(step).table.tolist()


def test_a_full_store_forgets_what_was_used_longest_ago() -> None:
    store: Lru[str, int] = Lru(2)
    store.put("a", 1)
    store.put("b", 2)
    store.get("a")
    store.put("c", 3)
    assert [store.get(key) for key in "abc"] == [1, None, 3]
    assert len(store) == 2


def test_a_word_is_said_with_its_place_source_doubt_and_time() -> None:
    said = word_name(replace(WORD, text_confidence=0.1), 13, 5, frozenset())
    plain = "".join(c for c in said if c not in "\u2066\u2068\u2069")
    assert plain == "Sister., word 6 of cue 14, measured, doubtful, 01:04.780 to 01:05.320"


def test_a_cue_is_said_on_one_line() -> None:
    assert "word\nword" not in cue_name(replace(cue("a", 0, 900), words=(replace(WORD, after="\n"), WORD)), 0)


def test_arrows_go_from_cue_to_cue_and_stop_at_the_ends() -> None:
    cues = document().cues
    assert keys.next_cue(cues, 1, 0, +1) == 2
    assert keys.next_cue(cues, 0, 0, -1) == 0
    assert keys.next_cue(cues, 3, 0, +1) == 3
    assert keys.next_cue((), None, 0, +1) is None


def test_without_a_selection_arrows_begin_at_the_playhead() -> None:
    cues = document().cues
    assert keys.next_cue(cues, None, 5000, +1) == 2
    assert keys.next_cue(cues, None, 5000, -1) == 1


def test_arrows_go_from_word_to_word_across_cues() -> None:
    cues = document().cues
    assert keys.next_word(cues, 1, "b.1", +1) == (1, cues[1].words[2])
    assert keys.next_word(cues, 1, "b.3", +1) == (2, cues[2].words[0])
    assert keys.next_word(cues, 1, "b.0", -1) == (0, cues[0].words[3])
    assert keys.next_word(cues, 0, "a.0", -1) is None
