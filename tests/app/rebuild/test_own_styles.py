"""Own styles in the window: what the sliders say is kept under a name, listed everywhere, and removed again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from app.editor.checks_pane import ChecksPane
from app.editor.document_bridge import DocumentBridge
from app.editor.session import Session
from app.messages import Message, Messages
from app.rebuild.dialog import RebuildDialog
from app.rebuild.name_dialog import NameDialog
from core.cues.own_styles import find_style, folder, own_styles, save_as
from core.cues.styles import STYLES
from core.document.document import Document
from core.document.history import History
from core.errors import CannotWrite, StyleUnreadable
from tests.app.rebuild.test_rebuild import cue


class Answering(Messages):
    """Says the same to every question, and keeps what it was asked."""

    def __init__(self, answer: int | None) -> None:
        super().__init__()
        self.answer, self.asked = answer, list[str]()

    def ask(self, parent: QWidget | None, title: str, text: str, answers: object) -> int | None:
        """The answer that was set."""
        self.asked.append(title)
        return self.answer


@pytest.fixture
def session(qapp: object) -> Iterator[Session]:
    made = Session(DocumentBridge(History(Document(cues=(cue("Nothing is wrong here.", 0, 2_000),)))))
    yield made
    made.deleteLater()


@pytest.fixture
def pane(qtbot: QtBot, session: Session) -> QComboBox:
    """The list of styles in the checks pane."""
    made = ChecksPane(session)
    qtbot.addWidget(made)
    return made.findChild(QComboBox)  # type: ignore[return-value]


def opened(qtbot: QtBot, session: Session, messages: Messages) -> RebuildDialog:
    made = RebuildDialog(session, messages)
    made.show()
    qtbot.waitUntil(lambda: made.result_now is not None)
    return made


def named(dialog: RebuildDialog, name: str) -> NameDialog:
    dialog.own.save.click()
    asked = dialog.findChildren(NameDialog)[-1]
    asked.field.setText(name)
    asked.save.click()
    return asked


def names(box: QComboBox) -> list[str]:
    return [box.itemText(at) for at in range(box.count())]


def test_what_the_sliders_say_is_kept_under_a_name_and_listed_everywhere(
    qtbot: QtBot, session: Session, pane: QComboBox
) -> None:
    dialog = opened(qtbot, session, Messages())
    dialog.line_chars.setValue(30)
    dialog.duration.setValue(10)
    named(dialog, "Netflix, narrow")
    made = find_style("own-netflix-narrow")
    assert (made.max_line_chars, made.max_duration_ms, made.max_cps) == (30, 5_000, STYLES["netflix-en"].max_cps)
    assert dialog.style_box.currentData() == made.id
    assert dialog.style_now == made
    assert names(dialog.style_box)[-1] == names(pane)[-1] == made.name
    dialog.reject()
    again = opened(qtbot, session, Messages())
    again.style_box.setCurrentIndex(again.style_box.findData(made.id))
    assert again.line_chars.value() == 30
    again.reject()


def test_a_name_that_is_taken_is_said_where_it_is_asked(qtbot: QtBot, session: Session) -> None:
    dialog = opened(qtbot, session, Messages())
    asked = named(dialog, "BBC")
    assert "already" in asked.wrong.text()
    assert asked.isVisible()
    assert own_styles().good == ()
    asked.field.setText("  ")
    assert (asked.wrong.text(), asked.save.isEnabled()) == ("", False)
    asked.reject()
    dialog.reject()


def test_an_own_style_saved_again_under_its_name_has_the_new_limits_and_checks_go_by_them(
    qtbot: QtBot, session: Session
) -> None:
    session.set_style(save_as("Mine", STYLES["bbc"]))
    dialog = opened(qtbot, session, Messages())
    dialog.line_chars.setValue(25)
    named(dialog, "Mine")
    assert [one.max_line_chars for one in own_styles().good] == [25]
    assert session.style.max_line_chars == 25
    dialog.reject()


def test_an_own_style_is_removed_after_a_question_and_those_of_the_program_never(
    qtbot: QtBot, session: Session, pane: QComboBox
) -> None:
    made = save_as("Mine", STYLES["bbc"])
    session.set_style(made)
    messages = Answering(None)
    dialog = opened(qtbot, session, messages)
    dialog.own.remove.click()
    assert own_styles().good == (made,)
    messages.answer = 0
    dialog.own.remove.click()
    assert messages.asked == ["Remove the style “Mine”?"] * 2
    assert own_styles().good == ()
    assert session.style == STYLES["netflix-en"]
    assert (dialog.style_box.currentData(), pane.currentData()) == ("netflix-en", "netflix-en")
    assert names(pane) == names(dialog.style_box) == [style.name for style in STYLES.values()]
    assert not dialog.own.remove.isEnabled()
    dialog.reject()


def test_limits_beyond_the_sliders_and_between_their_steps_are_not_changed_unasked(
    qtbot: QtBot, session: Session
) -> None:
    folder().mkdir(parents=True)
    text = '{"name": "Wide", "max_line_chars": 120, "max_duration_ms": 12345}'
    (folder() / "wide.json").write_text(text, encoding="utf-8")
    session.set_style(find_style("wide"))
    dialog = opened(qtbot, session, Messages())
    assert dialog.style_now == find_style("wide")
    dialog.reject()


def test_a_damaged_file_is_told_and_the_other_styles_are_there(qtbot: QtBot, session: Session) -> None:
    made = save_as("Mine", STYLES["bbc"])
    (folder() / "torn.json").write_text("{", encoding="utf-8")
    said: list[Message] = []
    messages = Messages()
    messages.said.connect(said.append)
    dialog = opened(qtbot, session, messages)
    assert [one.code for one in said] == [StyleUnreadable.code]
    assert "torn.json" in said[0].title
    assert names(dialog.style_box)[-1] == made.name
    dialog.reject()


def test_a_folder_that_cannot_be_made_is_told(qtbot: QtBot, session: Session) -> None:
    said: list[Message] = []
    messages = Messages()
    messages.said.connect(said.append)
    dialog = opened(qtbot, session, messages)
    blocked: Path = folder()
    blocked.parent.mkdir(parents=True, exist_ok=True)
    blocked.write_text("in the way", encoding="utf-8")
    named(dialog, "Mine")
    assert [one.code for one in said] == [CannotWrite.code]
    dialog.reject()
