"""Every price alone."""

from __future__ import annotations

import numpy as np
import pytest

from core.cues import costs
from core.cues.costs import Ints
from core.cues.line_breaks import Parting


def ints(*values: int) -> Ints:
    return np.array(values, dtype=np.int64)


def test_a_place_is_the_dearer_the_worse_it_is() -> None:
    prices = costs.parting(ints(*Parting), ints(*[0] * len(Parting)))
    assert list(prices) == sorted(prices)
    assert prices[Parting.SENTENCE] == 0
    assert prices[Parting.PLAIN] > costs.CUE, "a cue more is better than a phrase torn"


@pytest.mark.parametrize("kind", [Parting.CLAUSE, Parting.PHRASE, Parting.PLAIN])
def test_a_full_pause_makes_any_place_as_good_as_punctuation(kind: Parting) -> None:
    none, half, full, more = costs.parting(ints(*[kind] * 4), ints(0, 350, 700, 5000))
    assert none > half > full == more == 0


def test_a_pause_leaves_a_fifth_of_a_held_words_price_and_all_of_a_forbidden_ones() -> None:
    held = costs.parting(ints(Parting.HELD, Parting.HELD), ints(0, 700))
    assert held[1] * 5 == held[0]
    forbidden = costs.parting(ints(Parting.FORBIDDEN, Parting.FORBIDDEN), ints(0, 700))
    assert forbidden[0] == forbidden[1] == costs.PARTING[Parting.FORBIDDEN]


def test_words_that_overlap_count_as_no_pause() -> None:
    assert costs.parting(ints(Parting.PLAIN), ints(-50)) == costs.PARTING[Parting.PLAIN]
    assert costs.pause_inside(ints(-50)) == 0


def test_a_line_break_is_cheaper_than_a_cue_break_at_the_same_place() -> None:
    kinds, pauses = ints(Parting.CLAUSE, Parting.PLAIN, Parting.HELD), ints(0, 0, 0)
    assert (costs.line_parting(kinds, pauses) < costs.parting(kinds, pauses)).all()


def test_a_line_that_parts_held_words_is_dearer_than_another_cue_at_a_clause() -> None:
    held = costs.line_parting(ints(Parting.HELD), ints(0))
    assert held > costs.CUE + costs.parting(ints(Parting.CLAUSE), ints(0))
    assert held > costs.LINE_SHARE * costs.PARTING[Parting.HELD] // 100


def test_a_short_pause_inside_is_free_and_a_second_is_dearer_than_a_cue() -> None:
    short, second, two = costs.pause_inside(ints(200, 1000, 2000))
    assert short == 0
    assert costs.CUE < second < two


def test_a_cut_sentence_inside_is_dearer_than_whole_ones() -> None:
    whole, cut, none = costs.sentence_inside(ints(1, 1, 0), np.array([True, False, False]))
    assert none == 0
    assert 0 < whole < costs.CUE < cut


def test_too_short_grows_with_what_is_missing_to_the_shortest_time() -> None:
    enough, half, none = costs.too_short(ints(900, 450, 0), 900)
    assert (enough, half, none) == (0, 150, 300)


def test_reading_time_costs_by_what_is_missing() -> None:
    enough, missing = costs.reading_speed(ints(1000, 2000), ints(1000, 1000))
    assert (enough, missing) == (0, 200)


def test_even_lines_are_free_and_the_longer_one_stands_better_below() -> None:
    def both(top: int, below: int) -> int:
        total = ints(top + below)
        first = costs.balance(ints(top), total, 2, last=False, line_limit=42)
        return int((first + costs.balance(ints(below), total, 2, last=True, line_limit=42))[0])

    assert both(20, 20) == 0
    assert 0 < both(15, 25) < both(25, 15)
    assert both(15, 25) < both(5, 35)


def test_a_stub_costs_unless_it_is_a_sentence_of_its_own() -> None:
    none, word, whole, enough = costs.stub(ints(0, 7, 7, 14), np.array([False, False, True, False]), 42)
    assert none == costs.STUB
    assert 0 < word < none
    assert whole == enough == 0
