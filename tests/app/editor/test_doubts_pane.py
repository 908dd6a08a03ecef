"""The list of doubts: the worst first, a reason each, the sound looped, gone once it is right."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.application import Application
from app.editor.doubts_pane import DoubtsPane
from app.editor.retried import passages_of
from app.editor.session import Session
from core.document import edits
from core.document.document import Unmatched
from core.document.doubts import Reason
from core.paths import resource
from core.results import ChunkKey
from core.transcript import Segment, Source
from tests.app.editor import cues


@pytest.fixture
def doubted(qtbot: QtBot) -> Session:
    """Cue a has a word of low text confidence, c one of low time confidence, b one that is estimated."""
    a, b, c, d = cues.few()
    return cues.session(
        replace(a, words=(*a.words[:2], replace(a.words[2], text_confidence=0.2), *a.words[3:])),
        replace(b, words=(replace(b.words[0], source=Source.ESTIMATED), *b.words[1:])),
        replace(c, words=(replace(c.words[0], time_confidence=0.4), *c.words[1:])),
        d,
    )


@pytest.fixture
def pane(doubted: Session, qtbot: QtBot) -> DoubtsPane:
    made = DoubtsPane(doubted)
    qtbot.addWidget(made)
    made.resize(320, 400)
    made.show()
    return made


def test_doubts_are_listed_with_their_reasons(pane: DoubtsPane) -> None:
    rows = [pane._row(at) for at in range(len(pane.doubts))]
    assert [row.text for row in rows] == [
        "The engine was only 20 % sure of the word.",
        "Its time is only 40 % sure.",
        "Its time is estimated, not measured.",
    ]
    assert "is" in pane.list.model().data(pane.list.model().index(0, 0))


def test_the_next_doubt_goes_by_time_and_is_played(doubted: Session, pane: DoubtsPane, qtbot: QtBot) -> None:
    played: list[tuple[int, int]] = []
    pane.playRequested.connect(lambda start_ms, end_ms: played.append((start_ms, end_ms)))
    order = []
    for _ in range(4):
        assert pane.go_on(+1)
        order.append(doubted.bridge.current)
    assert order == ["a", "b", "c", "a"]
    assert pane.go_on(-1)
    assert doubted.bridge.current == "c"
    words = doubted.bridge.document.cues[0].words
    assert played[0] == (words[2].start_ms - 250, words[2].end_ms + 250)
    assert doubted.playhead_ms == doubted.bridge.document.cues[2].words[0].start_ms


def test_a_line_that_was_not_found_is_listed_and_has_no_place(doubted: Session, pane: DoubtsPane) -> None:
    doubted.bridge.apply(edits.set_field(doubted.bridge.document, "unmatched", (Unmatched(3, "Never said"),)))
    pane.refresh()
    assert pane.doubts[0].text == "Never said"
    pane.go_to(0)
    assert doubted.bridge.word is None
    assert "line 3" in pane._row(0).beside


def test_passages_heard_again_are_doubts(doubted: Session, pane: DoubtsPane) -> None:
    before = len(pane.doubts)
    pane.set_retried([(11_000, 11_100)])
    pane.refresh()
    assert len(pane.doubts) == before + 1


def test_without_doubts_it_says_so(qtbot: QtBot) -> None:
    pane = DoubtsPane(cues.session())
    qtbot.addWidget(pane)
    assert pane._stack.currentIndex() == 1
    assert pane._empty.text() == "No doubts."
    assert not pane.go_on(+1)


def test_what_is_right_is_gone_and_the_next_doubt_comes(program: Application, qtbot: QtBot) -> None:
    bridge = program.session.bridge
    program.window.show_editor()
    for start_ms in (1000, 4000):
        bridge.apply(edits.insert(bridge.document, start_ms, start_ms + 2000, "one two"))
    hands = program.window._hands
    assert hands.doubt.go_on(+1)
    first = bridge.word
    pane = program.window.page.review.doubts
    assert len(pane.doubts) == 2
    assert pane.isVisible()
    assert hands.doubt.is_right()
    assert bridge.word != first
    assert {word.source for word in bridge.document.cues[0].words} == {Source.EDITED}
    bridge.undo()
    assert bridge.document.cues[0].words[0].source is Source.ESTIMATED


def test_passages_an_engine_had_to_hear_again_come_from_the_project(program: Application, qtbot: QtBot) -> None:
    program.begin([])
    program.opening.open(resource("sample", "last_boat.mp4"))
    qtbot.waitUntil(lambda: program.opening.work is not None and program.session.info is not None)
    work = program.opening.work
    assert work is not None
    assert work.project is not None
    key = ChunkKey("recognise", "film", 1, 0, 16_000, "engine", "", "")
    work.project.results.put(key, Segment(1000, 3000, "one two", notes=("retried",)))
    assert passages_of(work) == ((1000, 3000),)
    bridge = program.session.bridge
    bridge.apply(edits.insert(bridge.document, 1200, 2000, "one two"))
    program.retried.read()
    pane = program.window.page.review.doubts
    qtbot.waitUntil(lambda: Reason.RETRIED in {doubt.reason for doubt in pane.doubts})
