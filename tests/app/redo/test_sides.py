"""Old and new beside each other: they follow the theme while they are there."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from app import theme
from app.redo.sides import Sides
from core.document.redo import compared
from tests.app.editor import cues


@pytest.fixture
def sides(qtbot: QtBot) -> Sides:
    made = Sides()
    made.show_both(*compared(cues.few()[:1], cues.few()[1:2]))
    return made


def test_another_theme_shows_the_same_cues(sides: Sides) -> None:
    before = sides.old.toPlainText()
    theme.current().changed.emit(theme.current().tokens)
    assert "Old" in before
    assert sides.old.toPlainText() == before


def test_another_theme_after_they_are_gone_disturbs_nothing(sides: Sides) -> None:
    """An error in a slot fails the test."""
    delete(sides)
    theme.current().changed.emit(theme.current().tokens)
