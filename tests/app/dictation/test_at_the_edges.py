"""Dictation where two things meet: two keys, two windows, an answer that comes late, a question that is asked twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from app.application import Application
from app.dictation.phase import Phase
from core.errors import MicrophoneGone
from core.events import SpeechHeard
from core.settings import Settings
from core.transcript import Word
from core.worker.messages import EventHappened, JobFinished
from core.worker.sound_messages import ChooseMicrophone, MicrophoneLost, OpenMicrophone
from tests.app.dictation.spoken import Spoken, activated
from tests.fakes.desks import FakeDesk

CONTROL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@pytest.fixture
def spoken(start: Callable[..., Application], qtbot: QtBot) -> Spoken:
    """The tab in sight, the microphone open."""
    return activated(Spoken(start, qtbot), qtbot)


def test_the_first_recording_of_a_run_is_of_the_microphone_that_was_chosen(
    start: Callable[..., Application], qtbot: QtBot
) -> None:
    settings = Settings(theme="dark", dictation_device="Built-in")
    spoken = activated(Spoken(start, qtbot, settings, opened=False), qtbot)
    QTest.keyClick(spoken.program.window, Qt.Key.Key_D, CONTROL_ALT)
    assert spoken.dictation.phase is Phase.RECORDING
    spoken.settle()
    opened = [one for one in spoken.microphone.told if isinstance(one, OpenMicrophone)]
    assert [one.device for one in opened] == ["Built-in"]


def test_other_keys_may_go_down_and_up_while_one_holds_the_key_to_talk(spoken: Spoken) -> None:
    page = spoken.page
    QTest.keyPress(page, Qt.Key.Key_F4)
    QTest.keyClick(page, Qt.Key.Key_Shift)
    QTest.keyClick(page, Qt.Key.Key_Right)
    assert spoken.dictation.phase is Phase.RECORDING
    QTest.keyRelease(page, Qt.Key.Key_F4)
    assert spoken.dictation.phase is Phase.PAUSED


def test_a_key_that_our_window_gets_as_well_does_one_thing(
    start: Callable[..., Application], desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.leaves_key = True
    spoken = activated(Spoken(start, qtbot), qtbot)
    spoken.page.panel.anywhere.click()
    window = spoken.program.window
    QTest.keyPress(window, Qt.Key.Key_D, CONTROL_ALT)
    assert spoken.dictation.phase is Phase.IDLE
    desk.moved(True, 1.0)
    qtbot.waitUntil(lambda: spoken.dictation.phase is Phase.RECORDING)
    spoken.page.panel.anywhere.click()
    assert spoken.dictation.phase is Phase.PAUSED
    QTest.keyClick(window, Qt.Key.Key_D, CONTROL_ALT)
    assert spoken.dictation.phase is Phase.RECORDING


@pytest.mark.qt_log_ignore("systemTrayWindowChanged")  # Qt's own, where the platform has no tray
def test_the_tray_shows_an_open_microphone_as_soon_as_a_key_of_any_program_is_armed(
    start: Callable[..., Application], desk: FakeDesk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: True)
    spoken = Spoken(start, qtbot)
    anywhere, tray = spoken.page.panel.anywhere, spoken.page.tray
    anywhere.click()
    icon = tray.findChild(QSystemTrayIcon)
    assert icon is not None
    assert icon.isVisible()
    anywhere.click()
    assert not icon.isVisible()


def test_a_timeline_that_is_made_too_late_leaves_the_next_dictation_alone(
    spoken: Spoken, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken.dictation.start()
    spoken.sound(10)
    spoken.hear("hello world", ended=True)
    spoken.dictation.finish()
    spoken.end_recording()
    spoken.end_words()
    qtbot.waitUntil(lambda: spoken.dictation.phase is Phase.IDLE)
    asked: list[tuple[Callable[[], object], Callable[[object], object]]] = []
    monkeypatch.setattr(spoken.program.background, "run", lambda look, then, _error: asked.append((look, then)))
    spoken.program.dictation.open_work()
    spoken.dictation.start()  # before the recording was looked at
    work = spoken.dictation.work
    ((look, then),) = asked
    then(look())
    assert spoken.dictation.phase is Phase.RECORDING
    assert spoken.dictation.work is work
    assert work is not None
    assert work.history.undo_label() is None
    assert spoken.program.window.tabs.current == "dictation"


def test_back_from_the_small_window_a_window_that_filled_the_screen_fills_it_again(
    spoken: Spoken, qtbot: QtBot
) -> None:
    window, page = spoken.program.window, spoken.page
    window.showMaximized()
    page.show_small()
    assert window.isMinimized()
    page.hide_small()
    assert window.isVisible()
    assert not window.isMinimized()
    assert window.isMaximized()


def test_a_microphone_chosen_in_the_small_window_is_the_chosen_one(spoken: Spoken, qtbot: QtBot) -> None:
    page = spoken.page
    page.show_small()
    spoken.dictation.start()
    failure = MicrophoneGone(device="Desk").failure()
    spoken.microphone.deliver(MicrophoneLost(spoken.microphone.job_id, failure, ("Built-in",)))
    spoken.settle()
    assert page.small is not None
    page.small.trouble.other.click()
    chosen = [one for one in spoken.microphone.told if isinstance(one, ChooseMicrophone)]
    assert [one.device for one in chosen] == ["Built-in"]
    assert spoken.program.settings.dictation_device == "Built-in"
    assert page.panel.device.currentData() == "Built-in"


def test_spoken_commands_turned_on_in_the_settings_show_in_the_panel(spoken: Spoken) -> None:
    program, commands = spoken.program, spoken.page.panel.commands
    for on in (True, False):
        program._keep(program.settings.with_(dictation_commands=on))
        assert commands.isChecked() is on
        assert spoken.dictation.choices.commands is on


def test_whoever_asks_to_close_again_and_thinks_better_of_it_goes_on(
    spoken: Spoken, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [0, None]
    monkeypatch.setattr(spoken.program.messages, "ask", lambda *_asked: answers.pop(0))
    window = spoken.program.window
    spoken.dictation.start()
    spoken.sound(5)
    assert not window.close()
    spoken.end_recording()
    assert not window.close()
    spoken.end_words("hello")
    qtbot.waitUntil(lambda: spoken.dictation.phase is Phase.IDLE)
    qtbot.wait(20)
    assert window.isVisible()


def test_last_words_of_before_a_pause_stand_before_it_however_late_they_come(spoken: Spoken) -> None:
    spoken.dictation.start()
    spoken.sound(10)
    spoken.hear("one")
    before = spoken.engine.job_id
    spoken.dictation.pause()
    spoken.dictation.start()
    spoken.sound(10)
    late = SpeechHeard((Word("two", 900, 1_000),), (), 0, 1_000, (), True)
    spoken.engine.deliver(EventHappened(before, late))
    spoken.engine.deliver(JobFinished(before))
    spoken.settle()
    assert spoken.engine.job_id != before
    spoken.hear("three")
    assert [cue.text for cue in spoken.dictation.bridge.document.cues] == ["one two", "three"]
