"""Places of rows: ascending whatever is done, and rows that stay keep theirs."""

from __future__ import annotations

import random

import pytest

from core.document.project.places import GAP, fresh, spliced


@pytest.mark.parametrize("seed", range(5))
def test_places_stay_in_order_and_rows_that_stay_keep_theirs(seed: int) -> None:
    rng = random.Random(seed)
    places = fresh(20)
    for _ in range(400):
        first = rng.randrange(len(places) + 1)
        removed = rng.randrange(min(4, len(places) - first) + 1)
        inserted = rng.randrange(5)
        now = spliced(places, first, removed, inserted)
        assert len(now.places) == len(places) - removed + inserted
        assert now.places == sorted(set(now.places))
        if not now.anew:
            assert now.places[:first] == places[:first]
            assert now.places[first + inserted :] == places[first + removed :]
            assert set(now.gone) == set(places) - set(now.places)
        places = now.places


def test_a_place_can_be_halved_many_times_before_all_are_dealt_anew() -> None:
    places, times = fresh(2), 0
    while not (now := spliced(places, 1, 0, 1)).anew:
        places, times = now.places, times + 1
    assert times == 32
    assert now.places == [GAP, 2 * GAP, 3 * GAP] + [GAP * n for n in range(4, 36)]
