"""What keys and menus do to cues: each verb looks at selection, caret and playhead; each is one step to undo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import pytest
from pytestqt.qtbot import QtBot

from app.editor.cue_verbs import CueVerbs
from app.editor.document_bridge import DocumentBridge
from app.editor.session import Session
from core.cue import Cue
from core.document.document import Document
from core.document.history import History
from core.transcript import Word


def cue(text: str, start_ms: int, step_ms: int = 500) -> Cue:
    words = tuple(Word(one, start_ms + n * step_ms, start_ms + n * step_ms + 400) for n, one in enumerate(text.split()))
    return Cue(words, start_ms, words[-1].end_ms + 100, language="en")


CUES = (cue("the last boat leaves", 1000), cue("at nine", 5000), cue("each night", 8000))


@pytest.fixture
def session(qtbot: QtBot) -> Session:
    history = History(Document(cues=CUES, frame_rate=Fraction(25)))
    return Session(DocumentBridge(history))


@pytest.fixture
def do(session: Session) -> Iterator[CueVerbs]:
    """The verbs; afterwards everything is undone and done again, and must come back."""
    yield CueVerbs(session)
    history = session.bridge.history
    after = history.document
    while history.undo() is not None:
        pass
    assert history.document.cues == CUES
    while history.redo() is not None:
        pass
    assert history.document == after


def texts(session: Session) -> list[str]:
    return [one.text for one in session.bridge.document.cues]


def test_split_at_the_caret(session: Session, do: CueVerbs) -> None:
    session.bridge.select_row(0)
    do.caret = lambda: (CUES[0].id, len("the last"))
    assert do.split()
    assert texts(session)[:2] == ["the last", "boat leaves"]


def test_split_at_the_selected_word(session: Session, do: CueVerbs) -> None:
    session.bridge.select((CUES[0].id,), word=CUES[0].words[3].id)
    assert do.split()
    assert texts(session)[:2] == ["the last boat", "leaves"]
    assert session.bridge.document.cues[1].start_ms == CUES[0].words[3].start_ms


def test_split_at_the_playhead_between_words(session: Session, do: CueVerbs) -> None:
    session.move_playhead(1480)
    assert do.split()
    assert texts(session)[:2] == ["the", "last boat leaves"]


def test_nothing_is_split_where_there_is_nothing(session: Session, do: CueVerbs) -> None:
    session.move_playhead(20_000)
    assert not do.split()


def test_merge_takes_the_next_cue_where_one_is_selected(session: Session, do: CueVerbs) -> None:
    session.bridge.select_row(1)
    assert do.merge()
    assert texts(session) == ["the last boat leaves", "at nine each night"]
    assert session.bridge.selected == (CUES[1].id,)


def test_merge_takes_all_selected_cues(session: Session, do: CueVerbs) -> None:
    do.select_all()
    assert do.merge()
    assert len(texts(session)) == 1


def test_words_move_between_cues(session: Session, do: CueVerbs) -> None:
    session.bridge.select_row(0)
    assert do.word_to_next_cue()
    assert texts(session)[:2] == ["the last boat", "leaves at nine"]
    session.bridge.select_row(1)
    assert do.word_to_previous_cue()
    assert texts(session)[:2] == ["the last boat leaves", "at nine"]


def test_a_new_cue_is_selected_and_ends_before_the_next(session: Session, do: CueVerbs) -> None:
    session.move_playhead(4_000)
    assert do.insert_at_playhead()
    new = session.bridge.current_cue()
    assert new is not None
    assert (new.start_ms, new.end_ms, new.text, new.language) == (4_000, 5_000, "", "")


def test_cues_are_inserted_beside_the_current_one(session: Session, do: CueVerbs) -> None:
    session.bridge.select_row(1)
    assert do.insert_after()
    after = session.bridge.current_cue()
    assert after is not None
    assert after.start_ms == CUES[1].end_ms
    session.bridge.select_row(1)
    assert do.insert_before()
    before = session.bridge.current_cue()
    assert before is not None
    assert before.end_ms == CUES[1].start_ms


def test_deleting_selects_what_took_the_place(session: Session, do: CueVerbs) -> None:
    session.bridge.select_row(1)
    assert do.delete()
    assert session.bridge.selected == (CUES[2].id,)


def test_start_and_end_go_to_the_playhead(session: Session, do: CueVerbs) -> None:
    session.bridge.select_row(1)
    session.move_playhead(4_500)
    assert do.start_here()
    session.move_playhead(6_500)
    assert do.end_here()
    changed = session.bridge.document.cues[1]
    assert (changed.start_ms, changed.end_ms) == (4_500, 6_500)


def test_a_cue_is_extended_to_the_gap_the_style_asks_for(session: Session, do: CueVerbs) -> None:
    session.bridge.select_row(1)
    assert do.extend_to_next()
    gap_ms = CUES[2].start_ms - session.bridge.document.cues[1].end_ms
    assert gap_ms == 80, "two frames at 25 a second"
    assert do.extend_to_previous()
    assert session.bridge.document.cues[1].start_ms == CUES[0].end_ms + 80


def test_all_selected_cues_are_extended_as_one_step(session: Session, do: CueVerbs) -> None:
    session.bridge.select([cue.id for cue in CUES])
    assert do.extend_to_next()
    cues = session.bridge.document.cues
    assert [cue.end_ms for cue in cues] == [CUES[1].start_ms - 80, CUES[2].start_ms - 80, CUES[2].end_ms]
    assert len(session.bridge.history.labels()) == 1


def test_nudges_of_one_frame_are_one_step(session: Session, do: CueVerbs) -> None:
    session.bridge.select_row(1)
    for _ in range(3):
        assert do.nudge(+1)
    assert session.bridge.document.cues[1].start_ms == 5_120
    assert len(session.bridge.history.labels()) == 1


def test_marks_are_set_and_taken(session: Session, do: CueVerbs) -> None:
    session.bridge.select_row(1)
    assert do.mark("i")
    assert all("i" in word.marks for word in session.bridge.document.cues[1].words)
    assert do.mark("i")
    assert not any(word.marks for word in session.bridge.document.cues[1].words)


def test_locking_twice_unlocks(session: Session, do: CueVerbs) -> None:
    session.bridge.select_row(1)
    assert do.lock()
    assert session.bridge.document.cues[1].locked
    assert do.lock()
    assert not session.bridge.document.cues[1].locked


@pytest.mark.parametrize(("at_ms", "by", "row"), [(0, +1, 0), (4_000, +1, 1), (4_000, -1, 0), (20_000, +1, 2)])
def test_without_a_current_cue_one_goes_from_the_playhead(
    session: Session, do: CueVerbs, at_ms: int, by: int, row: int
) -> None:
    session.move_playhead(at_ms)
    assert do.step(by)
    assert session.bridge.current == CUES[row].id


def test_the_player_goes_along_with_the_next_cue(session: Session, do: CueVerbs) -> None:
    asked: list[int] = []
    session.seekRequested.connect(asked.append)
    session.bridge.select_row(0)
    do.step(+1)
    assert asked == [CUES[1].start_ms]


VERBS: dict[str, Callable[[CueVerbs], object]] = {
    "split": CueVerbs.split,
    "split at playhead": CueVerbs.split_at_playhead,
    "merge": CueVerbs.merge,
    "word on": CueVerbs.word_to_next_cue,
    "word back": CueVerbs.word_to_previous_cue,
    "delete": CueVerbs.delete,
    "start": CueVerbs.start_here,
    "end": CueVerbs.end_here,
    "extend on": CueVerbs.extend_to_next,
    "extend back": CueVerbs.extend_to_previous,
    "nudge": lambda do: do.nudge(1),
    "mark": lambda do: do.mark("i"),
    "lock": CueVerbs.lock,
    "step": lambda do: do.step(1),
    "select all": CueVerbs.select_all,
    "undo": CueVerbs.undo,
    "redo": CueVerbs.redo,
}


@pytest.mark.parametrize("name", VERBS)
def test_in_an_empty_document_nothing_happens(qtbot: QtBot, name: str) -> None:
    empty = Session(DocumentBridge())
    assert not VERBS[name](CueVerbs(empty))
    assert empty.bridge.document == Document()
