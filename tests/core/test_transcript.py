"""Words: their text joins back to what it was, and shared-out times cover their span."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from core import codec
from core.cue import Cue
from core.transcript import Source, Word, shared_out, split_text, words_text

TEXTS = st.lists(st.sampled_from(["one", "two,", "déjà", "3.5%", "名前", "don’t", "x"]), min_size=1, max_size=12)


@given(TEXTS, st.integers(0, 10_000), st.integers(0, 5_000))
def test_shared_out_words_touch_and_cover_the_span(words: list[str], start_ms: int, length_ms: int) -> None:
    made = shared_out([(w, " ") for w in words], start_ms, start_ms + length_ms, source=Source.ESTIMATED)
    assert (made[0].start_ms, made[-1].end_ms) == (start_ms, start_ms + length_ms)
    assert all(a.end_ms == b.start_ms for a, b in itertools.pairwise(made))


@given(TEXTS)
def test_text_splits_into_words_and_joins_again(words: list[str]) -> None:
    text = " ".join(words)
    made = shared_out(split_text(text), 0, 1000, source=Source.IMPORTED)
    assert words_text(made) == text


def test_a_line_break_inside_a_cue_is_the_white_space_after_a_word() -> None:
    assert split_text("one two\nthree") == [("one", " "), ("two", "\n"), ("three", " ")]


def test_a_cue_survives_json_with_everything_it_holds() -> None:
    word = Word("naïve", 1, 2, after="", source=Source.TAPPED, marks=frozenset({"i"}), syllables=(("na", 1, 2),))
    cue = Cue((word,), 0, 5, language="fr", settings={"vtt": "align:start"}, locked=True, mark="draft")
    assert codec.decode(codec.encode(cue), Cue) == cue
