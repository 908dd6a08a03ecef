"""The text is corrected by hand while somebody speaks: no letter is lost, and the caret stays where one writes."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.application import Application
from app.dictation.text_view import TextView
from core.events import SpeechHeard
from core.transcript import Word
from core.worker.messages import EventHappened
from tests.app.dictation.spoken import Spoken, activated


@pytest.fixture
def spoken(start: Callable[..., Application], qtbot: QtBot) -> Spoken:
    """Two words are firm, one more is tentative."""
    made = activated(Spoken(start, qtbot), qtbot)
    made.dictation.start()
    made.sound(10)
    made.hear("hello world", "again")
    return made


def caret_at(spoken: Spoken, place: int) -> TextView:
    """Write there."""
    text = spoken.page.text
    text.setFocus()
    cursor = text.textCursor()
    cursor.setPosition(place)
    text.setTextCursor(cursor)
    return text


def word_comes(spoken: Spoken, text: str) -> None:
    """The engine says a firm word; it waits in the queue of the window."""
    news = SpeechHeard((Word(text, 2_000, 2_100),), (), 0, 2_100, (), False)
    spoken.engine.deliver(EventHappened(spoken.engine.job_id, news))


def by_key(text: TextView) -> None:
    QTest.keyClick(text, Qt.Key.Key_S)


def by_input_method(text: TextView) -> None:
    event = QInputMethodEvent()
    event.setCommitString("s")
    QGuiApplication.sendEvent(text, event)


def by_paste(text: TextView) -> None:
    QGuiApplication.clipboard().setText("s")
    text.paste()


@pytest.mark.parametrize("written", [by_key, by_input_method, by_paste])
def test_what_is_typed_as_a_word_comes_is_not_lost(spoken: Spoken, written: Callable[[TextView], None]) -> None:
    written(caret_at(spoken, len("hello world")))
    word_comes(spoken, "again")
    spoken.settle()
    assert spoken.text() == "hello worlds again"


def test_typing_behind_the_firm_words_goes_on_there_while_tentative_ones_change(spoken: Spoken) -> None:
    text = caret_at(spoken, len("hello world"))
    for letter in " ok":
        QTest.keyClicks(text, letter)
        spoken.settle()
        spoken.hear("", f"again {letter}")
    assert spoken.text() == "hello world ok"
    word_comes(spoken, "now")
    spoken.settle()
    QTest.keyClicks(text, "!")
    assert spoken.text() == "hello world ok! now"


def test_a_caret_that_nobody_put_anywhere_goes_along_with_the_words(spoken: Spoken) -> None:
    text = spoken.page.text
    text.setFocus()
    spoken.hear("again", "and again")
    assert text.textCursor().atEnd()
    spoken.hear("and again")
    assert text.textCursor().atEnd()


def test_a_selection_does_not_grow_over_the_words_that_come(spoken: Spoken) -> None:
    text = caret_at(spoken, len("hello world"))
    cursor = text.textCursor()
    cursor.setPosition(len("hello "), cursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    spoken.hear("", "never mind")
    QTest.keyClicks(text, "you")
    assert spoken.text() == "hello you"


def test_behind_a_line_that_was_broken_the_caret_is_at_its_beginning(spoken: Spoken) -> None:
    text = caret_at(spoken, len("hello"))
    QTest.keyClick(text, Qt.Key.Key_Return)
    spoken.settle()
    QTest.keyClicks(text, "my ")
    assert spoken.text() == "hello\nmy world"
    spoken.dictation.scribe.undo()
    spoken.dictation.scribe.redo()
    assert spoken.text() == "hello\nmy world"


def test_undo_takes_back_the_word_that_was_typed_and_not_its_last_letter(
    spoken: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.dictation.text_view.time", SimpleNamespace(monotonic=lambda: 1.0))
    text = caret_at(spoken, len("hello"))
    for letter in "wx yz":
        QTest.keyClicks(text, letter)
    assert spoken.text() == "hellowx yz world"
    spoken.dictation.scribe.undo()
    assert spoken.text() == "hellowx world"
    spoken.dictation.scribe.undo()
    assert spoken.text() == "hello world"
    spoken.dictation.scribe.redo()
    assert spoken.text() == "hellowx world"
