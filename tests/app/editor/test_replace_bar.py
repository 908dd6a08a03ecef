"""Find and replace: counted before anything changes, gone through place by place, one step for all; times stay."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.editor.replace_bar import ReplaceBar
from app.editor.session import Session
from core.document.document import Document
from core.document.history import History
from core.errors import DiskFull
from tests.app.editor import cues

TEXTS = ("The cat sat", "on the mat", "the end")


@pytest.fixture
def session(qapp: object) -> Session:
    return cues.session(*(cues.cue(f"c{n}", n * 2000, n * 2000 + 1500, text) for n, text in enumerate(TEXTS)))


@pytest.fixture
def bar(qtbot: QtBot, session: Session) -> ReplaceBar:
    made = ReplaceBar(session)
    qtbot.addWidget(made)
    made.ask()
    return made


def texts(session: Session) -> list[str]:
    return [cue.text for cue in session.bridge.document.cues]


def times(document: Document) -> list[tuple[str, int, int, str]]:
    return [(w.id, w.start_ms, w.end_ms, w.source) for cue in document.cues for w in cue.words]


def test_it_counts_before_it_changes_anything(qtbot: QtBot, bar: ReplaceBar, session: Session) -> None:
    bar.sought.setText("the")
    qtbot.waitUntil(lambda: bar.says.text() == "Found 3 times, in 3 cues.")
    bar.match_case.setChecked(True)
    assert bar.says.text() == "Found 2 times, in 2 cues."
    bar.whole_word.setChecked(True)
    bar.sought.setText("th")
    qtbot.waitUntil(lambda: bar.says.text() == "Not found.")
    assert texts(session) == list(TEXTS)


def test_enter_goes_from_place_to_place(qtbot: QtBot, bar: ReplaceBar) -> None:
    shown: list[tuple[str, int, int]] = []
    bar.shown.connect(lambda *place: shown.append(place))
    bar.sought.setText("the")
    for _ in range(2):
        QTest.keyClick(bar.sought, Qt.Key.Key_Return)
    assert shown == [("c0", 0, 3), ("c1", 3, 6)]


def test_the_places_follow_the_current_cue(bar: ReplaceBar, session: Session) -> None:
    bar.shown.connect(lambda cue_id, _first, _last: session.bridge.select((cue_id,)))
    seen = []
    bar.shown.connect(lambda cue_id, _first, _last: seen.append(cue_id))
    bar.sought.setText("the")
    for _ in range(4):
        bar.go()
    bar.go(back=True)
    assert seen == ["c0", "c1", "c2", "c0", "c2"]
    assert bar.says.text().endswith("This is number 3.")


def test_one_place_is_replaced_at_a_time_and_can_be_taken_back(bar: ReplaceBar, session: Session) -> None:
    bar.shown.connect(lambda cue_id, _first, _last: session.bridge.select((cue_id,)))
    before = session.bridge.document
    bar.sought.setText("the")
    bar.replacement.setText("a")
    QTest.keyClick(bar.replacement, Qt.Key.Key_Return)
    assert texts(session) == list(TEXTS), "the first time it only goes there"
    QTest.keyClick(bar.replacement, Qt.Key.Key_Return)
    QTest.keyClick(bar.replacement, Qt.Key.Key_Return)
    assert texts(session) == ["a cat sat", "on a mat", "the end"]
    assert times(session.bridge.document) == times(before)
    session.bridge.undo()
    assert texts(session) == ["a cat sat", "on the mat", "the end"]


def test_all_places_are_one_step_and_keep_all_times(bar: ReplaceBar, session: Session) -> None:
    before = session.bridge.document
    bar.sought.setText(r"(\w)at\b")
    bar.regex.setChecked(True)
    bar.replacement.setText(r"\1oat")
    bar.replace_all()
    assert texts(session) == ["The coat soat", "on the moat", "the end"]
    assert bar.says.text() == "Replaced: 3. All times stay."
    assert times(session.bridge.document) == times(before)
    session.bridge.undo()
    assert session.bridge.document == before


def test_only_the_selected_cues_are_searched(bar: ReplaceBar, session: Session) -> None:
    session.bridge.select(("c1", "c2"))
    bar.selected.setChecked(True)
    bar.sought.setText("the")
    bar.replacement.setText("that")
    bar.replace_all()
    assert texts(session) == ["The cat sat", "on that mat", "that end"]


@pytest.mark.parametrize(("wanted", "replacement"), [("(", "x"), ("the", r"\7")])
def test_what_is_no_pattern_is_said(bar: ReplaceBar, session: Session, wanted: str, replacement: str) -> None:
    bar.regex.setChecked(True)
    bar.sought.setText(wanted)
    bar.replacement.setText(replacement)
    bar.replace_all()
    assert bar.says.property("role") == "error"
    assert texts(session) == list(TEXTS)


def test_a_replacement_is_literal_without_regular_expressions(bar: ReplaceBar, session: Session) -> None:
    bar.sought.setText("cat")
    bar.replacement.setText(r"\1")
    bar.replace_all()
    assert texts(session)[0] == r"The \1 sat"


def test_a_full_disk_is_told(bar: ReplaceBar, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_what: object) -> None:
        raise DiskFull(file="work")

    failures: list[object] = []
    bar.failed.connect(failures.append)
    monkeypatch.setattr(session.bridge.history, "apply", full)
    bar.sought.setText("the")
    bar.replace_all()
    assert [type(error) for error in failures] == [DiskFull]


def test_another_document_is_counted_anew(qtbot: QtBot, bar: ReplaceBar, session: Session) -> None:
    bar.sought.setText("the")
    session.bridge.set_history(History(Document(cues=(cues.cue("x", 0, 1000, "the one"),))))
    qtbot.waitUntil(lambda: bar.says.text() == "Found once.")


def test_escape_closes(bar: ReplaceBar) -> None:
    closed: list[bool] = []
    bar.closed.connect(lambda: closed.append(True))
    QTest.keyClick(bar.sought, Qt.Key.Key_Escape)
    assert (closed, bar.isVisible()) == ([True], False)
