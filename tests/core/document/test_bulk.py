"""Many words at once come out as one by one."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from core.document import edits
from core.document.bulk import copies
from core.transcript import Source
from tests.core.document.builders import cue, document, words
from tests.core.document.conftest import Edited


def test_copies_are_what_replace_makes() -> None:
    old = words("one two three", 500)
    made = copies(old, start_ms=[word.start_ms + 7 for word in old])
    assert made == [replace(word, start_ms=word.start_ms + 7) for word in old]
    assert old == words("one two three", 500)
    with pytest.raises(FrozenInstanceError):
        made[0].text = "four"  # type: ignore[misc]
    assert copies([], start_ms=[]) == []


def test_a_shift_moves_words_and_syllables(edited: Edited) -> None:
    sung = replace(
        cue("la la", 1000),
        words=tuple(replace(w, syllables=(("la", w.start_ms, w.end_ms),)) for w in words("la la", 1000)),
    )
    before = document(sung, cue("", 1100, 1200), cue("go", 2000))
    after = edited(before, edits.shift(before, [0, 1, 2], 250))
    assert [c.start_ms for c in after.cues] == [1250, 1350, 2250]
    assert after.cues[0].words[1].syllables == (("la", 1350, 1430),)
    assert after.cues[2].words[0] == replace(before.cues[2].words[0], start_ms=2250, end_ms=2330)


@pytest.mark.parametrize(
    ("wanted", "new", "text"),
    [
        ("two", "2", "one 2 three"),
        ("(one) (two)", r"\2 \1", "two one three"),
        (" ", "\n", "one\ntwo\nthree"),
        ("three", "", "one two"),
        ("two", "two too", "one two too three"),
        ("e", "一", "on一 two thr一一"),
    ],
)
def test_replacing_keeps_the_time_of_every_word_that_stays(edited: Edited, wanted: str, new: str, text: str) -> None:
    before = document(cue("one two three"))
    after = edited(before, edits.replace_all(before, edits.search_pattern(wanted, regex=True), new))
    assert after.cues[0].text == text
    old = before.cues[0].words
    if len(after.cues[0].words) == len(old):
        assert [(w.id, w.start_ms, w.end_ms, w.source) for w in after.cues[0].words] == [
            (w.id, w.start_ms, w.end_ms, Source.ALIGNED) for w in old
        ]
    assert after.cues[0].words[0].start_ms == old[0].start_ms
