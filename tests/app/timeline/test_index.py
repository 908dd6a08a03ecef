"""Which cues and words are visible."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.timeline.index import CueIndex
from app.timeline.word_search import visible_words, word_at
from core.cue import Cue
from core.transcript import Word

spans = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 200)), max_size=40)


def cues_of(pairs: list[tuple[int, int]]) -> tuple[Cue, ...]:
    return tuple(Cue((), start, start + length) for start, length in sorted(pairs))


@given(spans, st.integers(-50, 700), st.integers(0, 300))
def test_every_cue_that_shows_is_found_even_where_cues_overlap(
    pairs: list[tuple[int, int]], start_ms: int, span_ms: int
) -> None:
    cues = cues_of(pairs)
    found = CueIndex(cues).rows(start_ms, start_ms + span_ms)
    showing = [r for r, cue in enumerate(cues) if cue.start_ms <= start_ms + span_ms and cue.end_ms >= start_ms]
    assert set(showing) <= set(found)


def test_only_the_rows_around_the_stretch_are_looked_at() -> None:
    index = CueIndex(cues_of([(n * 10, 8) for n in range(1000)]))
    assert index.rows(5000, 5030) == range(500, 504)
    assert len(index.rows(20_000, 30_000)) == 0
    assert len(CueIndex(()).rows(0, 10)) == 0


@given(spans, spans, st.integers(0, 40), st.integers(0, 40))
def test_an_updated_index_is_that_of_the_new_cues(
    pairs: list[tuple[int, int]], others: list[tuple[int, int]], first: int, last: int
) -> None:
    before = cues_of(pairs)
    after = tuple(sorted((*before[:first], *cues_of(others), *before[last:]), key=lambda cue: cue.start_ms))
    updated, anew = CueIndex(before).updated(after), CueIndex(after)
    assert updated.cues is after
    assert (updated.starts_ms.tolist(), updated.ends_ms.tolist()) == (anew.starts_ms.tolist(), anew.ends_ms.tolist())


def test_of_overlapping_cues_the_latest_to_begin_stands_at_a_time() -> None:
    index = CueIndex(cues_of([(0, 100), (50, 100)]))
    assert [index.row_at(ms) for ms in (0, 49, 60, 149, 150)] == [0, 0, 1, 1, None]


def test_rows_of_ids_that_are_gone_are_left_out() -> None:
    cues = cues_of([(0, 10), (20, 10), (40, 10)])
    assert CueIndex(cues).rows_of(frozenset({cues[2].id, cues[0].id, "gone"})) == [0, 2]


WORDS = tuple(Word("w", n * 10, n * 10 + 8) for n in range(100))


@given(st.integers(-20, 1100), st.integers(0, 400))
def test_every_word_that_shows_is_found(start_ms: int, span_ms: int) -> None:
    found = visible_words(WORDS, start_ms, start_ms + span_ms)
    showing = [w for w in WORDS if w.start_ms <= start_ms + span_ms and w.end_ms >= start_ms]
    assert set(showing) <= set(found)


def test_the_word_at_a_time_is_the_one_being_spoken() -> None:
    assert [word_at(WORDS, ms) for ms in (0, 7, 8, 10, 999)] == [WORDS[0], WORDS[0], None, WORDS[1], None]
    assert word_at((), 5) is None
