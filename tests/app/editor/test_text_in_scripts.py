"""Text in Arabic, Chinese and with emoji is edited where one sees it: carets, splits, places found, times kept."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.editor.cue_verbs import CueVerbs
from app.editor.session import Session
from app.editor.text_box import TextBoxPane
from app.editor.text_range import caret_of, characters, select_range, units
from core.transcript import Source
from tests.app.editor import cues

ARABIC = "القهوة أولا ثم الكلام"
MIXED = "قال Cuesmith ثم سكت"
CHINESE = "我今天很好吗"
EMOJI = "so 😀🎬 it begins"


def shown(qtbot: QtBot, text: str, language: str) -> tuple[TextBoxPane, Session]:
    session = cues.session(cues.cue("a", 0, 4000, text, language))
    pane = TextBoxPane(session)
    qtbot.addWidget(pane)
    pane.resize(640, 200)
    pane.show()
    pane.activateWindow()
    session.bridge.select_row(0)
    pane.focus_text()
    qtbot.waitUntil(pane.editor.hasFocus)
    return pane, session


def put_caret(pane: TextBoxPane, at: int) -> None:
    select_range(pane.editor, at, at)


@pytest.mark.parametrize(("text", "language"), [(ARABIC, "ar"), (MIXED, "ar"), (CHINESE, "zh"), (EMOJI, "en")])
def test_a_split_at_the_caret_parts_the_words_that_are_said_before_it(qtbot: QtBot, text: str, language: str) -> None:
    pane, session = shown(qtbot, text, language)
    before = session.bridge.document.cues[0].words
    at = text.index(before[2].text)
    put_caret(pane, at)
    do = CueVerbs(session)
    do.caret = pane.caret
    assert do.split()
    first, second = session.bridge.document.cues
    assert [word.text for word in first.words] == [word.text for word in before[:2]]
    assert second.start_ms == second.words[0].start_ms == before[2].start_ms
    session.bridge.undo()
    assert session.bridge.document.cues[0].words == before


def test_the_left_key_goes_on_in_arabic(qtbot: QtBot) -> None:
    pane, _ = shown(qtbot, ARABIC, "ar")
    pane.editor.moveCursor(QTextCursor.MoveOperation.Start)
    QTest.keyClick(pane.editor, Qt.Key.Key_Left)
    assert caret_of(pane.editor) == 1
    QTest.keyClick(pane.editor, Qt.Key.Key_Right)
    assert caret_of(pane.editor) == 0


def test_a_character_typed_between_others_leaves_them_alone(qtbot: QtBot) -> None:
    pane, session = shown(qtbot, CHINESE, "zh")
    before = session.bridge.document.cues[0].words
    put_caret(pane, 3)
    pane.editor.insertPlainText("也")
    words = session.bridge.document.cues[0].words
    assert "".join(word.text for word in words) == "我今天也很好吗"
    assert [word for word in words if word.text != "也"] == list(before)
    assert next(word for word in words if word.text == "也").source is Source.ESTIMATED


def test_an_arabic_word_put_right_leaves_its_neighbours_alone(qtbot: QtBot) -> None:
    pane, session = shown(qtbot, ARABIC, "ar")
    before = session.bridge.document.cues[0].words
    at = ARABIC.index("ثم")
    select_range(pane.editor, at, at + 2)
    pane.editor.insertPlainText("وبعدها")
    words = session.bridge.document.cues[0].words
    assert [word.text for word in words] == ["القهوة", "أولا", "وبعدها", "الكلام"]
    assert (*words[:2], words[3]) == (*before[:2], before[3])


def test_a_place_behind_an_emoji_is_the_place_one_sees(qtbot: QtBot) -> None:
    pane, session = shown(qtbot, EMOJI, "en")
    at = EMOJI.index("begins")
    select_range(pane.editor, at, at + 6)
    assert pane.editor.textCursor().selectedText() == "begins"
    QTest.keyClicks(pane.editor, "ends")
    assert session.bridge.document.cues[0].text == "so 😀🎬 it ends"
    session.bridge.undo()
    session.bridge.undo()
    assert pane.editor.toPlainText() == session.bridge.document.cues[0].text


def test_qt_and_python_count_differently() -> None:
    assert (units("a😀b"), characters("a😀b", 3), characters("a😀b", 1), characters("abc", 2)) == (4, 2, 1, 2)
    assert characters("😀", 99) == 1
