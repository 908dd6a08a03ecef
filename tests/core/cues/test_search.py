"""The cheapest division, against every division."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from core.cues.costs import INFEASIBLE
from core.cues.line_breaks import Parting, partings, spaced
from core.cues.search import Division, divide, run_of
from core.cues.styles import STYLES, Style, style
from core.transcript import Word
from tests.core.cues.plain_prices import PlainPrices
from tests.core.cues.spoken import sign_by_sign, spoken, with_pauses

TIGHT = replace(style("netflix-en"), max_line_chars=14, max_duration_ms=2500)
THREE_LINES = replace(TIGHT, max_lines=3, max_line_chars=11, max_duration_ms=4000)
ONE_LINE = replace(TIGHT, max_lines=1, max_cps=0, max_wpm=150)
CHINESE = replace(style("netflix-zh"), max_line_chars=4)

ENGLISH = "the a of and house, well. river Tomorrow because extraordinarily! go? seven in big –"


def short_segment(seed: int) -> tuple[list[Word], list[Parting], Style]:
    """Up to nine words with pauses, punctuation and held words, in one of four styles."""
    chance = random.Random(seed)
    chosen = chance.choice([TIGHT, THREE_LINES, ONE_LINE, CHINESE])
    if chosen is CHINESE:
        text = "".join(chance.choices("我们在北京大学学习，他说。好！A", k=chance.randint(1, 9)))
        words = spaced(with_pauses(sign_by_sign(text, ms_per_char=chance.randint(60, 300)), seed), "zh")
        return words, partings(words, "zh"), chosen
    text = " ".join(chance.choices(ENGLISH.split(), k=chance.randint(1, 9)))
    words = spaced(with_pauses(spoken(text, ms_per_char=chance.randint(20, 90)), seed), "en")
    return words, partings(words, "en"), chosen


def division_of(words: list[Word], kinds: list[Parting], chosen: Style) -> Division:
    run = run_of(words, kinds, [0] * len(words), chosen, frame_rate=None, next_start_ms=None)
    return divide(run)


@pytest.mark.parametrize("group", range(10))
def test_no_division_of_a_short_segment_is_cheaper(group: int) -> None:
    for seed in range(group * 20, group * 20 + 20):
        words, kinds, chosen = short_segment(seed)
        plain = PlainPrices(words, kinds, chosen, chosen.min_gap_ms())
        found = division_of(words, kinds, chosen)
        assert found.cost == plain.cheapest(), f"segment {seed}"
        again = sum(plain.cue_with_lines(span.first, span.last, span.line_ends) for span in found.spans)
        assert again == found.cost < INFEASIBLE, f"segment {seed}: the lines chosen are not those priced"


def test_nothing_divides_into_nothing() -> None:
    assert division_of([], [], style("bbc")) == Division((), 0)


def test_a_cue_never_crosses_from_one_passage_to_the_next() -> None:
    words = spoken("one two three four")
    run = run_of(words, partings(words, "en"), [0, 0, 1, 1], STYLES["plain"], frame_rate=None, next_start_ms=None)
    assert [(span.first, span.last) for span in divide(run).spans] == [(0, 2), (2, 4)]
