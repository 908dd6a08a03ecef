"""Edits of a dictation: words come behind what was said, corrections stay, each step can be taken back."""

from __future__ import annotations

from dataclasses import replace

from core.document import edits
from core.document.document import Document, MediaRef
from core.document.edits import dictation as said
from core.document.history import History
from core.transcript import Source, Word

JOB = "one"


def words(text: str, start_ms: int) -> tuple[Word, ...]:
    return tuple(Word(part, start_ms + 300 * n, start_ms + 300 * n + 250) for n, part in enumerate(text.split()))


def texts(history: History) -> list[str]:
    return [cue.text for cue in history.document.cues]


def test_words_grow_one_passage_until_a_pause_or_the_end_of_a_sentence() -> None:
    history = History()
    for text, start_ms in (("hello", 0), ("world.", 300), ("again", 1_200), ("and", 1_500), ("later", 9_000)):
        history.arrive(said.say(history.document, words(text, start_ms), job=JOB))
    assert texts(history) == ["hello world.", "again and", "later"]
    before = history.document
    history.undo()
    assert texts(history) == []
    history.redo()
    assert history.document == before


def test_a_correction_stays_when_more_is_said() -> None:
    history = History()
    history.arrive(said.say(history.document, words("to be or", 0), job=JOB))
    history.apply(edits.set_text(history.document, 0, "two bee or"))
    history.arrive(said.say(history.document, words("not", 900), job=JOB))
    assert texts(history) == ["two bee or not"]
    history.undo()  # words in a passage that was corrected are a step of their own
    assert texts(history) == ["two bee or"]
    history.redo()
    assert texts(history) == ["two bee or not"]


def test_words_never_come_before_what_stands_there() -> None:
    history = History()
    history.arrive(said.say(history.document, words("a b c", 1_000), job=JOB))
    history.arrive(said.say(history.document, words("d", 1_100), job=JOB))
    (cue,) = history.document.cues
    assert [word.start_ms for word in cue.words] == sorted(word.start_ms for word in cue.words)
    assert texts(history) == ["a b c d"]


def test_better_times_come_late_but_never_over_a_persons() -> None:
    history = History()
    one, two = words("one two", 0)
    history.arrive(said.say(history.document, (one, replace(two, source=Source.EDITED)), job=JOB))
    better = (replace(one, start_ms=40, end_ms=240, source=Source.ALIGNED), replace(two, start_ms=400, end_ms=420))
    history.arrive(said.known_better(history.document, better, job=JOB))
    first, second = history.document.cues[0].words
    assert (first.start_ms, first.source) == (40, Source.ALIGNED)
    assert (second.start_ms, second.source) == (300, Source.EDITED)


def test_a_pause_is_a_mark_and_begins_a_passage() -> None:
    history = History()
    history.arrive(said.say(history.document, words("one", 0), job=JOB))
    history.arrive(said.mark(history.document, 600, "Paused for 3 s", job=JOB))
    history.arrive(said.say(history.document, words("two", 650), job=JOB, fresh=True))
    assert texts(history) == ["one", "two"]
    assert [mark.text for mark in history.document.bookmarks] == ["Paused for 3 s"]


def test_passages_become_subtitles_with_the_recording_and_back() -> None:
    history = History(Document())
    history.arrive(said.say(history.document, words("this is " + "a long passage " * 12, 0), job=JOB))
    before = history.document
    history.apply(said.as_subtitles(before, MediaRef("sound.flac", 10, "10-x")))
    assert len(history.document.cues) > 1
    assert " ".join(texts(history)).split() == before.cues[0].text.split()
    assert history.document.media == MediaRef("sound.flac", 10, "10-x")
    history.undo()
    assert history.document == before
