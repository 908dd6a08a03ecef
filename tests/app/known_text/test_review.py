"""What a run came to is reviewed line by line: taken, put back, inserted; each step is undone and redone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from app.editor.document_bridge import DocumentBridge
from app.editor.session import Session
from app.editor.works import Work, Works
from app.engine_bridge import EngineBridge
from app.jobs.align_run import AlignPlan, AlignRun
from app.jobs.jobs import Jobs
from app.known_text.pane import TextPane
from app.known_text.review import State, TextReview
from app.known_text.rows import row_of, shift_text
from app.messages import Messages
from core.cue import Cue
from core.document import edits
from core.document.document import Document, MediaRef, Unmatched
from core.events import AlignJob
from core.transcript import Source, shared_out, split_text
from core.worker.client import EngineClient
from tests.fakes.align_runs import UNTEXTED
from tests.fakes.media_runs import info

OLD = (("one two", 5_000), ("doubtful three", 6_000), ("foreign four", 7_000), ("five", 34_000))
"""The stand-in times line n in second n: −4, −4, not found, −30 s."""


@pytest.fixture
def engines(qtbot: QtBot) -> Iterator[EngineBridge]:
    bridge = EngineBridge(engine=partial(EngineClient, align_runner="tests.fakes.align_runs:run"))
    yield bridge
    bridge.close()


@pytest.fixture
def session(qtbot: QtBot) -> Session:
    return Session(DocumentBridge())


@pytest.fixture
def timed(qtbot: QtBot, engines: EngineBridge, session: Session) -> Iterator[Callable[[AlignPlan, Document], AlignRun]]:
    """Runs a plan on a document, which the session shows."""
    works, messages = Works(), Messages()
    jobs = Jobs(engines, messages)

    def run(plan: AlignPlan, document: Document) -> AlignRun:
        work: Work = works.begin(document, info=info("film.mp4"))
        session.bridge.set_history(work.history)
        jobs.align(work, plan)
        qtbot.waitUntil(lambda: jobs.running is None)
        assert isinstance(jobs.run, AlignRun)
        return jobs.run

    yield run
    works.close()


@pytest.fixture
def review(session: Session) -> TextReview:
    return TextReview(session.bridge, session)


@pytest.fixture
def retimed(timed: Callable[[AlignPlan, Document], AlignRun], review: TextReview) -> tuple[TextReview, tuple[Cue, ...]]:
    """The review of an old subtitle, and its cues."""
    cues = tuple(cue(text, start_ms) for text, start_ms in OLD)
    plan = AlignPlan(AlignJob("film.mp4", tuple(one.text for one in cues)), cues)
    review.show_run(timed(plan, Document(cues=cues, media=MediaRef("film.mp4", 1, "film"))))
    return review, cues


def cue(text: str, start_ms: int) -> Cue:
    words = shared_out(split_text(text), start_ms, start_ms + 800, source=Source.IMPORTED)
    return Cue(words, start_ms, start_ms + 800)


def states(review: TextReview) -> dict[str, State]:
    return {line.text: line.state for line in review.lines}


def starts(session: Session) -> dict[str, int]:
    return {cue.text: cue.start_ms for cue in session.bridge.document.cues}


def undone_and_redone(session: Session, label: str) -> None:
    """The last step can be taken back and done again, exactly."""
    history = session.bridge.history
    after = history.document
    assert history.undo() == label
    before = history.document
    assert before != after
    assert history.redo() == label
    assert history.document == after


# ── an old subtitle ──


def test_each_cue_is_listed_with_how_it_stands(retimed: tuple[TextReview, tuple[Cue, ...]]) -> None:
    review, cues = retimed
    assert states(review) == {
        "one two": State.READY,
        "doubtful three": State.DOUBTFUL,
        "foreign four": State.MISSING,
        "five": State.READY,
        "": State.UNTEXTED,
    }
    assert [(new.id, new.start_ms) for new in review.new_times()] == [
        (cues[0].id, 1_000),
        (cues[1].id, 2_000),
        (cues[3].id, 4_000),
    ]
    assert review.doubted() == {cues[1].id}
    assert [line.span_ms for line in review.lines if line.state is State.UNTEXTED] == [UNTEXTED]


def test_one_line_is_taken_and_put_back(session: Session, retimed: tuple[TextReview, tuple[Cue, ...]]) -> None:
    review, cues = retimed
    before = session.bridge.document
    assert review.take(next(line for line in review.lines if line.text == "doubtful three"))
    assert starts(session) == {"one two": 5_000, "doubtful three": 2_000, "foreign four": 7_000, "five": 34_000}
    assert states(review)["doubtful three"] is State.TAKEN
    assert cues[1].id not in {new.id for new in review.new_times()}
    undone_and_redone(session, "Take new time")
    assert review.put_back(next(line for line in review.lines if line.text == "doubtful three"))
    assert [(c.id, c.start_ms, c.text) for c in session.bridge.document.cues] == [
        (c.id, c.start_ms, c.text) for c in before.cues
    ]
    undone_and_redone(session, "Back to old time")


def test_all_under_the_largest_shift_are_taken_as_one_step(
    session: Session, retimed: tuple[TextReview, tuple[Cue, ...]]
) -> None:
    review, _ = retimed
    review.set_limits(largest_shift_ms=10_000, takes_doubtful=False)
    assert states(review)["five"] is State.FAR
    assert review.take_all()
    assert starts(session) == {"one two": 1_000, "doubtful three": 6_000, "foreign four": 7_000, "five": 34_000}
    undone_and_redone(session, "Take new time")
    review.set_limits(largest_shift_ms=0, takes_doubtful=True)
    assert review.take_all()
    assert starts(session) == {"one two": 1_000, "doubtful three": 2_000, "foreign four": 7_000, "five": 4_000}
    undone_and_redone(session, "Take new times")
    assert not review.take_all()


def test_undo_is_seen(qtbot: QtBot, session: Session, retimed: tuple[TextReview, tuple[Cue, ...]]) -> None:
    review, _ = retimed
    review.take_all()
    assert states(review)["one two"] is State.TAKEN
    with qtbot.waitSignal(review.changed):
        session.bridge.undo()
    assert states(review)["one two"] is State.READY
    with qtbot.waitSignal(review.changed):
        session.bridge.redo()
    assert states(review)["one two"] is State.TAKEN


def test_a_cue_that_says_something_else_by_now_is_left_alone(
    qtbot: QtBot, session: Session, retimed: tuple[TextReview, tuple[Cue, ...]]
) -> None:
    review, cues = retimed
    with qtbot.waitSignal(review.changed):
        session.bridge.apply(edits.set_text(session.bridge.document, 0, "one more"))
    assert states(review)["one more"] is State.EDITED
    review.take_all()
    assert starts(session)["one more"] == 5_000
    with qtbot.waitSignal(review.changed):
        session.bridge.apply(edits.delete(session.bridge.document, [session.bridge.document.row_of(cues[3].id) or 0]))
    assert "five" not in states(review)


def test_another_document_or_done_ends_the_review(
    session: Session, retimed: tuple[TextReview, tuple[Cue, ...]]
) -> None:
    review, _ = retimed
    review.put_away()
    assert review.lines == []
    assert review.new_times() == ()
    assert starts(session)["one two"] == 5_000


# ── a plain text ──


@pytest.fixture
def plain(timed: Callable[[AlignPlan, Document], AlignRun], review: TextReview) -> TextReview:
    lines = ("one two", "foreign words", "doubtful thing")
    run = timed(AlignPlan(AlignJob("film.mp4", lines, style="bbc")), Document(media=MediaRef("film.mp4", 1, "film")))
    review.show_run(run)
    return review


def test_of_a_plain_text_only_what_wants_a_look_is_listed(plain: TextReview) -> None:
    assert states(plain) == {"foreign words": State.MISSING, "doubtful thing": State.WEAK, "": State.UNTEXTED}
    assert not plain.retimes
    assert plain.new_times() == ()


def test_a_line_that_was_not_found_is_inserted_and_no_longer_missing(session: Session, plain: TextReview) -> None:
    missing = next(line for line in plain.lines if line.state is State.MISSING)
    assert plain.insert(missing, 9_000)
    assert starts(session)["foreign words"] == 9_000
    assert all(word.source is Source.ESTIMATED for word in session.bridge.document.cues[-1].words)
    assert session.bridge.document.unmatched == ()
    assert State.MISSING not in states(plain).values()
    undone_and_redone(session, "Insert cue")


def test_what_was_put_away_comes_back_with_the_work_only(session: Session, plain: TextReview) -> None:
    history = session.bridge.history
    plain.put_away()
    assert plain.lines == []
    session.bridge.set_history(history)
    assert states(plain) == {"foreign words": State.MISSING}


def test_lines_that_were_not_found_are_listed_again_when_the_work_is_opened_again(
    session: Session, review: TextReview
) -> None:
    from core.document.history import History

    session.bridge.set_history(History(Document(unmatched=(Unmatched(7, "never said"),))))
    assert [(line.number, line.text, line.state) for line in review.lines] == [(7, "never said", State.MISSING)]


# ── the pane ──


def test_the_pane_goes_to_a_line_and_does_what_its_button_says(
    qtbot: QtBot, session: Session, retimed: tuple[TextReview, tuple[Cue, ...]]
) -> None:
    review, cues = retimed
    pane = TextPane(session, review)
    qtbot.addWidget(pane)
    with qtbot.waitSignal(pane.lookWanted) as looked:
        pane.list.rowChosen.emit(0)
    pane.list.show_row(0)
    assert looked.args == [1_000, 5_800]
    assert session.bridge.current == cues[0].id
    assert session.playhead_ms == 1_000
    assert pane.act.text() == "Take new time"
    pane.act.click()
    assert starts(session)["one two"] == 1_000
    pane.list.show_row(next(at for at, line in enumerate(pane.lines) if line.cue_id == cues[0].id))
    assert pane.act.text() == "Back to old time"
    pane.largest.setValue(10.0)
    assert {line.text for line in pane.lines if line.state is State.FAR} == {"five"}
    pane.doubtful.setChecked(True)
    assert pane._take_all.text() == "Take 1 new time"
    pane._take_all.click()
    assert starts(session)["doubtful three"] == 2_000
    assert starts(session)["five"] == 34_000
    assert pane._take_all.text() == "Nothing to take"


def test_the_pane_steps_through_what_wants_a_look(
    qtbot: QtBot, session: Session, retimed: tuple[TextReview, tuple[Cue, ...]]
) -> None:
    review, _ = retimed
    pane = TextPane(session, review)
    qtbot.addWidget(pane)
    seen = []
    for _ in range(4):
        assert pane.go_on()
        assert pane.chosen is not None
        seen.append(pane.chosen.state)
    assert seen == [State.DOUBTFUL, State.MISSING, State.UNTEXTED, State.DOUBTFUL]
    assert session.playhead_ms == 2_000


def test_a_missing_line_is_inserted_at_the_playhead(qtbot: QtBot, session: Session, plain: TextReview) -> None:
    pane = TextPane(session, plain)
    qtbot.addWidget(pane)
    session.move_playhead(12_345)
    pane.list.show_row(next(at for at, line in enumerate(pane.lines) if line.state is State.MISSING))
    assert pane.act.text() == "Insert at playhead"
    pane.act.click()
    assert starts(session)["foreign words"] == 12_345


def test_every_kind_of_line_has_a_row(retimed: tuple[TextReview, tuple[Cue, ...]], qtbot: QtBot) -> None:
    review, _ = retimed
    review.set_limits(largest_shift_ms=10_000, takes_doubtful=False)
    rows = [row_of(line) for line in review.lines]
    assert [(row.title, row.beside) for row in rows] == [
        ("Cue 1", "00:05 → 00:01 · −4.00 s · 90 % sure"),
        ("Cue 2", "00:06 → 00:02 · −4.00 s · 20 % sure"),
        ("Cue 3", "00:07 · not found"),
        ("Cue 4", "00:34 → 00:04 · −30.00 s · too far · 90 % sure"),
        ("01:40–01:43", ""),
    ]
    assert shift_text(75_000) == "+01:15"
