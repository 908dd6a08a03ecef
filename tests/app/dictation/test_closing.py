"""Closing the window while somebody dictates: they are asked, and what was said is kept whatever they answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from app.application import Application
from app.dictation.phase import Phase
from core.document.project import open_project
from core.document.project.recoveries import list_unnamed
from core.worker.sound_messages import CloseRecording
from tests.app.dictation.spoken import Spoken


@pytest.fixture
def spoken(start: Callable[..., Application], qtbot: QtBot) -> Spoken:
    """Somebody has said two words and is going on."""
    made = Spoken(start, qtbot)
    made.dictation.start()
    made.sound(10)
    made.hear("hello world", "this is")
    return made


class Answers:
    """A person at the question; None = Escape."""

    def __init__(self, spoken: Spoken, monkeypatch: pytest.MonkeyPatch, answer: int | None) -> None:
        self.asked: list[tuple[str, tuple[str, ...]]] = []
        self.answer = answer
        monkeypatch.setattr(spoken.program.messages, "ask", self._ask)

    def _ask(self, _parent: object, title: str, _text: str, answers: Sequence[str]) -> int | None:
        self.asked.append((title, tuple(answers)))
        return self.answer


def kept() -> str:
    """The firm text that the next start offers."""
    (unnamed,) = list_unnamed()
    with open_project(unnamed.path) as project:
        return " ".join(cue.text for cue in project.history().document.cues)


def test_the_question_is_a_real_one_and_enter_takes_the_safe_answer(spoken: Spoken, qtbot: QtBot) -> None:
    seen: list[tuple[str, list[str]]] = []

    def press_enter() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.append((box.text(), [one.text() for one in box.buttons()]))
        QTest.keyClick(box, Qt.Key.Key_Return)

    QTimer.singleShot(50, press_enter)
    spoken.program.window.close()
    assert seen[0][0] == "You are being recorded."
    assert {"Finish, then close", "Close now"} <= set(seen[0][1])
    assert spoken.program.window.isVisible()
    assert spoken.dictation.phase is Phase.ENDING


def test_finish_then_close_waits_for_the_last_words(
    spoken: Spoken, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    answers = Answers(spoken, monkeypatch, 0)
    window = spoken.program.window
    assert not window.close()
    assert answers.asked == [("You are being recorded.", ("Finish, then close", "Close now"))]
    spoken.sound(2)
    spoken.end_recording()
    assert window.isVisible()
    assert not window.close()
    assert answers.asked[1:] == [("The last words are still being recognised.", ("Wait, then close", "Close now"))]
    spoken.end_words("this is it")
    qtbot.waitUntil(lambda: not window.isVisible())
    assert spoken.text() == "hello world this is it"
    spoken.program.close()
    assert kept() == spoken.text()


def test_escape_goes_on_recording(spoken: Spoken, monkeypatch: pytest.MonkeyPatch) -> None:
    Answers(spoken, monkeypatch, None)
    assert not spoken.program.window.close()
    assert spoken.dictation.phase is Phase.RECORDING
    assert not any(isinstance(one, CloseRecording) for one in spoken.microphone.told)


def test_closed_now_the_recording_ends_clean_and_final_words_are_kept(
    spoken: Spoken, monkeypatch: pytest.MonkeyPatch
) -> None:
    Answers(spoken, monkeypatch, 1)
    job = spoken.microphone.job_id
    assert spoken.program.window.close()
    spoken.program.close()
    assert ("cancel", job) in spoken.microphone.told  # the child closes the file on that
    assert kept() == "hello world"


def test_what_went_wrong_meanwhile_keeps_the_window(
    spoken: Spoken, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    Answers(spoken, monkeypatch, 0)
    assert not spoken.program.window.close()
    from core.errors import MicrophoneGone

    spoken.dictation.failed.emit(MicrophoneGone(device="Desk"))
    spoken.end_recording()
    spoken.end_words()
    qtbot.waitUntil(lambda: spoken.dictation.phase is Phase.IDLE)
    qtbot.wait(20)
    assert spoken.program.window.isVisible()


def test_nothing_is_asked_where_no_word_would_be_lost(
    spoken: Spoken, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    answers = Answers(spoken, monkeypatch, None)
    spoken.dictation.pause()
    spoken.hold()
    spoken.end_words("this is")
    assert spoken.dictation.phase is Phase.PAUSED
    assert spoken.program.window.close()
    assert answers.asked == []


def test_a_small_window_does_not_keep_the_program_running(
    spoken: Spoken, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    answers = Answers(spoken, monkeypatch, 1)
    spoken.page.show_small()
    small = spoken.page.small
    assert small is not None
    assert small.isVisible()
    spoken.program.window.close()
    assert len(answers.asked) == 1
    assert not any(widget.isVisible() for widget in QApplication.topLevelWidgets())
