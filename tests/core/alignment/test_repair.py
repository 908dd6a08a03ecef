"""Words left without time, or put into silence, get some of the sound beside them and say that it is an estimate."""

from __future__ import annotations

import numpy as np
import pytest

from core.alignment.repair import LEAST_MS, repaired
from core.transcript import Source, Word

SOUND = np.random.default_rng(1).standard_normal(2 * 16_000).astype(np.float32) * 0.1


def word(text: str, start_ms: int, end_ms: int) -> Word:
    return Word(text, start_ms, end_ms, source=Source.ALIGNED, time_confidence=0.9)


def times(words: tuple[Word, ...]) -> list[tuple[int, int]]:
    return [(w.start_ms, w.end_ms) for w in words]


def test_words_that_have_time_are_left_alone() -> None:
    words = (word("a", 0, 400), word("b", 480, 900))
    assert repaired(words, SOUND, 0, 2000) == words


def test_a_word_without_time_takes_the_gap_between_its_neighbours() -> None:
    made = repaired((word("a", 0, 400), word("b", 400, 400), word("c", 800, 1200)), SOUND, 0, 2000)
    assert times(made) == [(0, 400), (400, 800), (800, 1200)]
    assert made[1].source is Source.ESTIMATED
    assert (made[1].time_confidence or 1) < 0.5
    assert made[0].source is Source.ALIGNED


def test_silence_in_the_gap_is_passed_over() -> None:
    sound = SOUND.copy()
    sound[6_400:12_800] *= 0.0001
    made = repaired((word("a", 0, 400), word("b", 400, 400), word("c", 1200, 1600)), sound, 0, 2000)
    assert made[1].start_ms >= 780


def test_where_there_is_no_gap_the_neighbours_give_half() -> None:
    made = repaired((word("a", 0, 400), word("b", 400, 400), word("c", 400, 800)), SOUND, 0, 2000)
    assert times(made) == [(0, 200), (200, 600), (600, 800)]


@pytest.mark.parametrize("count", [1, 2, 5])
def test_words_without_time_between_short_ones_get_some_all_the_same(count: int) -> None:
    """Chinese characters have one class of 80 ms or two, and what follows the last one is put to the sound's end."""
    short = (word("你", 920, 1000), *(word(f"{n}", 1000, 1000) for n in range(count)))
    for words, end_ms in (((*short, word("吗", 1000, 1080)), 1080), (short, 1000)):
        made = repaired(words, SOUND[: end_ms * 16], 0, end_ms)
        edges = [edge for pair in times(made) for edge in pair]
        assert (edges, edges[0], edges[-1]) == (sorted(edges), 920, end_ms)
        assert all(w.end_ms > w.start_ms for w in made)


@pytest.mark.parametrize("count", [1, 2, 5, 12])
def test_whole_runs_without_time_stay_in_order_and_inside(count: int) -> None:
    words = (word("a", 100, 300), *(word(f"w{n}", 300, 300) for n in range(count)), word("z", 300, 1000))
    made = repaired(words, SOUND, 0, 2000)
    edges = [edge for pair in times(made) for edge in pair]
    assert edges == sorted(edges)
    assert [w.id for w in made] == [w.id for w in words]
    assert made[0].start_ms == 100
    assert made[-1].end_ms == 1000
    assert all(w.end_ms > w.start_ms for w in made)


@pytest.mark.parametrize("at_ms", [500, 2500])
def test_words_without_time_at_the_ends_stay_inside_the_piece(at_ms: int) -> None:
    made = repaired((word("a", at_ms, at_ms), word("b", at_ms, at_ms)), SOUND, 500, 2500)
    assert made[0].start_ms >= 500
    assert made[-1].end_ms <= 2500
    assert all(w.end_ms - w.start_ms >= LEAST_MS for w in made)


def silent(*spans_ms: tuple[int, int]) -> np.ndarray:
    sound = SOUND.copy()
    for start_ms, end_ms in spans_ms:
        sound[start_ms * 16 : end_ms * 16] = 0
    return sound


def test_a_word_put_into_silence_goes_to_the_sound_between_its_neighbours() -> None:
    lost = Word("b", 450, 750, source=Source.ALIGNED, time_confidence=0.3)
    made = repaired((word("a", 0, 400), lost, word("c", 1200, 1600)), silent((400, 800)), 0, 2000)
    assert times(made) == [(0, 400), (800, 1200), (1200, 1600)]
    assert made[1].source is Source.ESTIMATED
    assert made[1].time_confidence == 0.2


@pytest.mark.parametrize(
    ("source", "confidence"),
    [(Source.ALIGNED, 0.9), (Source.ESTIMATED, None)],
    ids=["one the aligner was sure of", "a mark without letters"],
)
def test_what_belongs_into_silence_stays_there(source: Source, confidence: float | None) -> None:
    words = (word("a", 0, 400), Word("b", 450, 750, source=source, time_confidence=confidence), word("c", 1200, 1600))
    assert repaired(words, silent((400, 800)), 0, 2000) == words


def test_a_word_nobody_spoke_stays_where_it_was_put_and_is_no_longer_sure() -> None:
    lost = Word("b", 600, 900, source=Source.ALIGNED, time_confidence=0.3)
    made = repaired((word("a", 0, 400), lost, word("c", 1200, 1600)), silent((400, 1200)), 0, 2000)
    assert times(made) == [(0, 400), (600, 900), (1200, 1600)]
    assert made[1].source is Source.ESTIMATED
    assert made[1].time_confidence == 0.2


@pytest.mark.parametrize("at_ms", [400, 700, 1200])
def test_a_word_without_time_does_not_fill_a_silence(at_ms: int) -> None:
    made = repaired((word("a", 0, 400), word("b", at_ms, at_ms), word("c", 1200, 1600)), silent((400, 1200)), 0, 2000)
    assert made[1].end_ms - made[1].start_ms == LEAST_MS
    assert 400 <= made[1].start_ms <= at_ms
    assert made[1].end_ms <= 1200


def test_any_words_in_any_sound_come_back_in_order_and_apart() -> None:
    random = np.random.default_rng(5)
    for _ in range(300):
        edges = np.sort(random.integers(0, 100, 16) * 20).tolist()
        sure = random.random(8).tolist()
        words = tuple(
            Word("ab", start_ms, end_ms, source=Source.ALIGNED, time_confidence=one)
            for start_ms, end_ms, one in zip(edges[::2], edges[1::2], sure, strict=True)
        )
        quiet_ms = sorted(random.integers(0, 2000, 2).tolist())
        made = repaired(words, silent((quiet_ms[0], quiet_ms[1])), 0, 2000)
        found = [edge for pair in times(made) for edge in pair]
        assert found == sorted(found)
        assert found[0] >= 0
        assert found[-1] <= 2000
        assert [w.id for w in made] == [w.id for w in words]
