"""The style of the picture, chosen in its dialog: into the document at once, and one step of the undo list."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QFont
from pytestqt.qtbot import QtBot

from app.editor.session import Session
from app.films.look_dialog import LookDialog
from core.document.edits import set_field
from core.errors import CuesmithError
from core.subtitles.look import DEFAULT, Look, look_of
from tests.app.editor import cues


@pytest.fixture
def session(qapp: object) -> Iterator[Session]:
    made = cues.session()
    yield made
    made.deleteLater()


def opened(qtbot: QtBot, session: Session) -> LookDialog:
    failed: list[CuesmithError] = []
    dialog = LookDialog(session, failed.append)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_all_that_is_chosen_is_one_step_that_undo_takes_back(qtbot: QtBot, session: Session) -> None:
    bridge = session.bridge
    before = bridge.document
    dialog = opened(qtbot, session)
    dialog.size_box.setValue(48)
    dialog.bold.setChecked(True)
    dialog.place.setCurrentIndex(dialog.place.findData(8))
    dialog.outline.setValue(1.5)
    dialog.margin.setValue(80)
    dialog._choose(colour="#ffee00")
    wanted = Look(size=48, bold=True, place=8, outline=1.5, margin=80, colour="#ffee00")
    assert look_of(bridge.document.styles) == wanted
    dialog.accept()
    assert bridge.undo() == "Style of the picture"
    assert bridge.document == before
    assert bridge.redo() == "Style of the picture"
    assert look_of(bridge.document.styles) == wanted


def test_sizes_are_lines_of_1080_also_where_a_file_brought_units_of_its_own(qtbot: QtBot, session: Session) -> None:
    bridge = session.bridge
    own = {"ass": "[Script Info]\nPlayResX: 640\nPlayResY: 360"}
    styles = {DEFAULT: Look(size=20, outline=1, margin=10).ass_fields()}
    for field, value in (("header", own), ("styles", styles)):
        bridge.apply(set_field(bridge.document, field, value, label="opened"))
    dialog = opened(qtbot, session)
    assert (dialog.size_box.value(), dialog.margin.value()) == (60, 30)
    dialog.size_box.setValue(90)
    assert look_of(bridge.document.styles) == Look(size=30, outline=1, margin=10)
    dialog.accept()
    assert bridge.undo() == "Style of the picture"


def test_the_dialog_opens_with_what_was_chosen_and_goes_back_to_what_it_was_at_first(
    qtbot: QtBot, session: Session
) -> None:
    first = opened(qtbot, session)
    first.size_box.setValue(90)
    first.font_box.setCurrentFont(QFont("DejaVu Sans"))
    first.accept()
    again = opened(qtbot, session)
    assert (again.size_box.value(), again.look.font) == (90, "DejaVu Sans")
    again._reset()
    assert look_of(session.bridge.document.styles) == Look()
    again.accept()
