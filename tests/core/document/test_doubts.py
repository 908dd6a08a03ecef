"""Doubts: the worst first, one reason each, gone when a person says that it is right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.cue import Cue
from core.document.document import Document, Unmatched
from core.document.doubts import Doubts, Reason, reason_of
from core.document.edits.word_doubt import confirm_word
from core.document.history import History
from core.transcript import Source, Word


def word(text: str, start_ms: int, **fields: object) -> Word:
    return replace(Word(text, start_ms, start_ms + 100, source=Source.ALIGNED, id=text), **fields)  # type: ignore[arg-type]


def document() -> Document:
    words = (
        word("sure", 0, text_confidence=0.9, time_confidence=0.9),
        word("unheard", 100, text_confidence=0.2),
        word("late", 200, time_confidence=0.3, text_confidence=0.45),
        word("guessed", 300, source=Source.ESTIMATED),
        word("again", 1000),
    )
    return Document(cues=(Cue(words, 0, 1100, id="a"),), unmatched=(Unmatched(7, "A line that nobody said"),))


def test_the_most_doubtful_comes_first_each_with_its_reason() -> None:
    found = Doubts([(900, 1200)]).of(document())
    assert [(doubt.text, doubt.reason) for doubt in found] == [
        ("A line that nobody said", Reason.UNMATCHED),
        ("unheard", Reason.LOW_TEXT),
        ("late", Reason.LOW_TIME),
        ("again", Reason.RETRIED),
        ("guessed", Reason.ESTIMATED),
    ]
    assert (found[0].line, found[1].cue_id, found[1].word_id, found[1].confidence) == (7, "a", "unheard", 0.2)


def test_what_nobody_measured_is_no_doubt() -> None:
    assert reason_of(word("plain", 0)) is None
    assert reason_of(word("on the edge", 0, text_confidence=0.5)) is None


def test_a_word_that_is_right_is_no_doubt_any_more() -> None:
    history = History(document())
    before = history.document
    for index in range(len(before.cues[0].words)):
        history.apply(confirm_word(history.document, 0, index))
    after = history.document
    assert [doubt.reason for doubt in Doubts().of(after)] == [Reason.UNMATCHED]
    assert [w.start_ms for w in after.cues[0].words] == [w.start_ms for w in before.cues[0].words]
    while history.undo():
        pass
    assert history.document == before
    while history.redo():
        pass
    assert history.document == after


def test_only_changed_cues_are_looked_at_again() -> None:
    doubts, shown = Doubts(), document()
    first = doubts.of(shown)
    other = replace(shown, cues=(shown.cues[0], Cue((word("new", 5000, text_confidence=0.1),), 5000, 5100, id="b")))
    again = doubts.of(other)
    assert [doubt for doubt in again if doubt.cue_id == "a"] == [doubt for doubt in first if doubt.cue_id == "a"]
    assert all(any(doubt is old for old in first) for doubt in again if doubt.cue_id == "a")
    assert again[1].text == "new"


def test_other_passages_heard_again_are_looked_for_anew() -> None:
    doubts = Doubts()
    assert Reason.RETRIED not in {doubt.reason for doubt in doubts.of(document())}
    doubts.begin_anew([(950, 1050)])
    assert Reason.RETRIED in {doubt.reason for doubt in doubts.of(document())}


def test_a_cue_whose_times_are_all_estimated_is_one_doubt() -> None:
    words = tuple(word(text, 100 * n, source=Source.ESTIMATED) for n, text in enumerate(("nobody", "measured", "this")))
    words = (words[0], replace(words[1], text_confidence=0.1), words[2])
    found = Doubts().of(Document(cues=(Cue(words, 0, 300, id="a"),)))
    assert [(doubt.text, doubt.reason) for doubt in found] == [
        ("measured", Reason.LOW_TEXT),
        ("nobody measured this", Reason.ESTIMATED),
    ]
    assert (found[1].word_id, found[1].start_ms, found[1].end_ms) == ("nobody", 0, 300)


def test_a_cue_whose_times_are_all_unsure_is_one_doubt_with_its_score() -> None:
    words = (
        word("put", 0, time_confidence=0.3),
        word("into", 100, time_confidence=0.2, source=Source.ESTIMATED),
        word("silense", 200, time_confidence=0.1, text_confidence=0.4),
        word("—", 300, source=Source.ESTIMATED),
    )
    found = Doubts().of(Document(cues=(Cue(words, 0, 400, id="a"),)))
    assert [(doubt.text, doubt.reason, doubt.confidence) for doubt in found] == [
        ("put into silense —", Reason.LOW_TIME, 0.2),
        ("silense", Reason.LOW_TEXT, 0.4),
    ]
    sure = (*words[:3], word("here", 300, time_confidence=0.9))
    each = Doubts().of(Document(cues=(Cue(sure, 0, 400, id="a"),)))
    assert [doubt.text for doubt in each] == ["silense", "into", "put"]


@pytest.mark.parametrize(
    "fields", [{"source": Source.ESTIMATED}, {"time_confidence": 0.2}], ids=["estimated", "not sure"]
)
def test_a_cue_that_is_doubted_as_one_is_right_as_one(fields: dict[str, object]) -> None:
    words = tuple(word(text, 100 * n, **fields) for n, text in enumerate(("nobody", "measured", "this")))
    history = History(Document(cues=(Cue(words, 0, 300, id="a"),)))
    before = history.document
    history.apply(confirm_word(before, 0, 1))
    assert Doubts().of(history.document) == []
    history.undo()
    assert history.document == before
    history.redo()
    assert Doubts().of(history.document) == []
