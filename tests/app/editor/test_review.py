"""The review: findings one can go to, steps one can go back to, and a place for the job."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.editor.document_bridge import DocumentBridge
from app.editor.review import ReviewPane
from app.editor.session import Session
from app.whole_errors import with_whole_errors
from core.cues import styles
from core.document import edits
from core.document.document import Document
from core.document.edit import Edit
from core.document.history import History, Step
from core.errors import DiskFull
from tests.app.editor import cues

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def pane(qtbot: QtBot, session: Session, settled: Callable[[Session], None]) -> ReviewPane:
    made = ReviewPane(session)
    qtbot.addWidget(made)
    made.resize(360, 560)
    made.show()
    settled(session)
    made.checks.refresh()
    return made


def found(pane: ReviewPane) -> list[tuple[str, str]]:
    return [(one.cue_id, one.code) for one in pane.checks.findings]


def steps(pane: ReviewPane) -> list[str]:
    model = pane.history.list.model()
    return [str(model.index(row, 0).data()).split("  ")[0] for row in range(model.rowCount())]


def click(qtbot: QtBot, pane: ReviewPane, row: int) -> None:
    view = pane.checks.list if pane.checks.isVisible() else pane.history.list
    place = view.visualRect(view.model().index(row, 0)).center()
    qtbot.mouseClick(view.viewport(), LEFT, pos=place)


# ── checks ───────────────────────────────────────────────────────────────────────────────────────


def test_findings_are_listed_with_cue_time_and_sentence(pane: ReviewPane) -> None:
    assert ("b", "reading_speed") in found(pane)
    at = found(pane).index(("b", "reading_speed"))
    said = str(pane.checks.list.model().index(at, 0).data())
    assert said.startswith("Cue 2 00:05 ")
    assert "characters a second" in said


def test_a_click_goes_to_the_cue_and_its_time(qtbot: QtBot, pane: ReviewPane, session: Session) -> None:
    click(qtbot, pane, found(pane).index(("b", "reading_speed")))
    assert session.bridge.selected == ("b",)
    assert session.playhead_ms == 5_000


def test_the_tab_counts_the_findings(pane: ReviewPane) -> None:
    assert pane._tabs.tabText(0) == f"Checks {len(found(pane))}"


def test_a_mended_cue_leaves_the_list_by_itself(qtbot: QtBot, pane: ReviewPane, session: Session) -> None:
    session.bridge.apply(edits.set_text(session.bridge.document, 1, "Short."))
    qtbot.waitUntil(lambda: ("b", "reading_speed") not in found(pane))


def test_next_finding_goes_round_and_back(pane: ReviewPane, session: Session) -> None:
    session.bridge.apply(edits.set_text(session.bridge.document, 3, "long " * 60))
    pane.checks._findings.settle()
    seen = []
    for _ in range(len(pane.checks._findings.in_order()) + 1):
        assert pane.next_finding()
        seen.append(pane.checks.list.currentIndex().row())
    assert seen == [*range(len(seen) - 1), 0]
    assert pane.previous_finding()
    assert pane.checks.list.currentIndex().row() == len(seen) - 2


def test_next_finding_starts_from_the_current_cue(
    pane: ReviewPane, session: Session, settled: Callable[[Session], None]
) -> None:
    session.bridge.apply(edits.set_text(session.bridge.document, 3, "long " * 60))
    settled(session)
    session.bridge.select_row(2)
    pane.checks.refresh()
    pane.next_finding()
    assert session.bridge.current == "d"


def test_without_findings_there_is_one_sentence_and_nothing_to_go_to(
    pane: ReviewPane, session: Session, settled: Callable[[Session], None]
) -> None:
    session.bridge.apply(edits.delete(session.bridge.document, range(4)))
    assert not pane.next_finding()
    assert pane.checks._empty.text() == "Nothing to check yet."
    session.bridge.apply(edits.insert(session.bridge.document, 0, 2000, "It is fine."))
    settled(session)
    pane.checks.refresh()
    assert pane.checks._empty.text() == "No findings in Netflix English."


def test_cues_without_findings_are_not_called_nothing(qtbot: QtBot) -> None:
    session = Session(DocumentBridge())
    pane = ReviewPane(session)
    qtbot.addWidget(pane)
    session.bridge.apply(edits.insert(session.bridge.document, 0, 2000, "It is fine."))
    qtbot.waitUntil(lambda: pane.checks._empty.text() == "No findings in Netflix English.")


def test_choosing_a_style_checks_against_it(
    pane: ReviewPane, session: Session, settled: Callable[[Session], None]
) -> None:
    box = pane.checks._style
    box.setCurrentIndex(box.findData("short"))
    box.activated.emit(box.currentIndex())
    assert session.style == styles.style("short")
    settled(session)
    pane.checks.refresh()
    assert ("a", "lines") in found(pane)


def test_inserting_above_moves_the_numbers_in_the_list(pane: ReviewPane, session: Session) -> None:
    session.bridge.apply(edits.insert(session.bridge.document, 0, 900, "First."))
    at = found(pane).index(("b", "reading_speed"))
    assert str(pane.checks.list.model().index(at, 0).data()).startswith("Cue 3 ")


# ── history ──────────────────────────────────────────────────────────────────────────────────────


def test_steps_are_listed_and_a_click_goes_there(qtbot: QtBot, pane: ReviewPane, session: Session) -> None:
    pane.show_history()
    for text in ("One.", "Two.", "Three."):
        session.bridge.apply(edits.set_text(session.bridge.document, 0, text))
    assert steps(pane) == ["As it was opened ", "Edit text One.", "Edit text Two.", "Edit text Three."]
    click(qtbot, pane, 1)
    assert session.bridge.document.cues[0].text == "One."
    click(qtbot, pane, 3)
    assert session.bridge.document.cues[0].text == "Three."
    click(qtbot, pane, 0)
    assert session.bridge.document.cues == cues.few()
    assert len(steps(pane)) == 4


def test_a_step_after_going_back_ends_the_list_there(qtbot: QtBot, pane: ReviewPane, session: Session) -> None:
    pane.show_history()
    for text in ("One.", "Two."):
        session.bridge.apply(edits.set_text(session.bridge.document, 0, text))
    click(qtbot, pane, 1)
    session.bridge.apply(edits.delete(session.bridge.document, (3,)))
    assert steps(pane)[1:] == ["Edit text One.", f"Delete cue {cues.ARABIC}"]


def test_steps_the_program_made_go_with_the_one_before(qtbot: QtBot, pane: ReviewPane, session: Session) -> None:
    pane.show_history()
    session.bridge.apply(edits.set_text(session.bridge.document, 0, "One."))
    document = session.bridge.document
    late = edits.set_text(document, 1, "Late.")
    session.bridge.history.apply_late(late, cause=-1)
    assert len(steps(pane)) == 2
    click(qtbot, pane, 0)
    assert session.bridge.document.cues == cues.few()


def test_steps_made_while_the_list_was_hidden_are_there_when_it_is_shown(pane: ReviewPane, session: Session) -> None:
    session.bridge.apply(edits.set_text(session.bridge.document, 0, "One."))
    pane.show_history()
    assert steps(pane)[1:] == ["Edit text One."]


def test_going_back_on_a_full_disk_is_told(qtbot: QtBot) -> None:
    class Fills:
        full = False

        def record(self, step: Step, edit: Edit, *, above: int = 0) -> None:
            if self.full:
                raise DiskFull(file="recovery")

    disk = Fills()
    session = Session(DocumentBridge(History(cues.session().bridge.document, journal=disk)))
    pane = ReviewPane(session)
    qtbot.addWidget(pane)
    session.bridge.apply(edits.set_text(session.bridge.document, 0, "One."))
    disk.full = True
    with qtbot.waitSignal(pane.failed) as told:
        pane.history._go_to(0)
    assert told.args is not None
    assert told.args[0].code == "write.full"


# ── the job's place ──────────────────────────────────────────────────────────────────────────────


def tabs(pane: ReviewPane) -> list[str]:
    """What can be chosen, from the left, without the counts."""
    bar = pane._tabs
    return [bar.tabText(at).split()[0] for at in range(bar.count()) if bar.isTabVisible(at)]


def test_a_job_comes_to_the_front_and_goes_again(pane: ReviewPane) -> None:
    job = QLabel("Engine")
    for _ in range(2):
        pane.set_job_panel(job)
        assert job.isVisible()
        assert tabs(pane) == ["Job", "Checks", "Doubts", "History"]
        pane.show_checks()
        assert pane.checks.isVisible()
        pane.set_job_panel(None)
        assert tabs(pane) == ["Checks", "Doubts", "History"]
        assert pane.checks.isVisible()


def test_a_job_that_goes_while_it_is_in_front_leaves_its_place_to_another(pane: ReviewPane) -> None:
    job, text = QLineEdit("Engine"), QLabel("Text")
    pane.set_job_panel(job)
    pane.set_panel("Text", text, in_front=False)
    assert job.isVisible()
    job.setFocus()
    pane.set_job_panel(None)
    assert tabs(pane) == ["Text", "Checks", "Doubts", "History"]
    assert not job.isVisible()
    assert text.isVisible() or pane.checks.isVisible()


def test_a_panel_makes_way_for_another_of_its_name(pane: ReviewPane) -> None:
    first, second = QLabel("First"), QLabel("Second")
    pane.set_panel("Text", first)
    pane.set_panel("Text", second)
    assert tabs(pane) == ["Text", "Checks", "Doubts", "History"]
    assert second.isVisible()
    assert not first.isVisible()


def test_findings_that_come_in_sight_while_a_shorter_document_is_opened_tell_no_cue_of_the_one_before(
    qtbot: QtBot, session: Session, settled: Callable[[Session], None]
) -> None:
    panes: list[ReviewPane] = []
    session.bridge.replaced.connect(lambda: panes[0].set_job_panel(None))  # before the findings hear of it
    session.bridge.apply(edits.paste(session.bridge.document, cues.many(40)))
    panes.append(ReviewPane(session))
    pane = panes[0]
    qtbot.addWidget(pane)
    pane.set_job_panel(QLabel("a job"))
    pane.resize(360, 560)
    pane.show()
    settled(session)
    pane.checks.refresh()
    assert len(pane.checks.findings) > 10
    pane.resize(300, 560)  # the rows are laid out when they are in sight
    with_whole_errors(lambda: session.bridge.set_history(History(Document(cues=cues.few()[:1]))))
    assert pane.checks.isVisible()
    settled(session)
    pane.checks.refresh()
    assert {one.cue_id for one in pane.checks.findings} <= {cues.few()[0].id}
