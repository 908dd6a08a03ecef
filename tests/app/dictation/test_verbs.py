"""Dictation by keys and menus: from the editor, in the tab, from any program; and what it leaves alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.application import Application
from app.dictation.any_key import NoKey
from app.dictation.phase import Phase
from core.document import edits
from core.settings import Settings
from core.worker.messages import JobFailed
from core.worker.sound_messages import EndDictation, FeedSound, OpenMicrophone
from tests.app.dictation.spoken import Spoken, activated
from tests.fakes.desks import FakeDesk

CONTROL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@pytest.fixture
def spoken(start: Callable[..., Application], qtbot: QtBot) -> Spoken:
    """The tab in sight, the microphone open."""
    return activated(Spoken(start, qtbot), qtbot)


def act(spoken: Spoken, action_id: str) -> None:
    """Choose an action, which must be possible."""
    action = spoken.program.window.commands[action_id]
    spoken.program.window.commands.refresh_now()
    assert action.isEnabled(), action.toolTip()
    action.trigger()
    spoken.settle()


def test_its_key_shows_the_tab_from_anywhere_and_records_at_once(
    start: Callable[..., Application], qtbot: QtBot
) -> None:
    spoken = activated(Spoken(start, qtbot, opened=False), qtbot)
    window = spoken.program.window
    QTest.keyClick(window, Qt.Key.Key_D, CONTROL_ALT)
    assert window.tabs.current == "dictation"
    assert spoken.dictation.phase is Phase.RECORDING
    told = [type(one).__name__ for one in spoken.microphone.told]
    assert told[:2] == ["OpenMicrophone", "RecordSound"]  # open first: else nothing would be recorded
    spoken.settle()
    assert window.commands["dictation.record"].text() == "Pause dictating"
    QTest.keyClick(window, Qt.Key.Key_D, CONTROL_ALT)
    assert spoken.dictation.phase is Phase.PAUSED


def test_a_key_records_while_it_is_held_whichever_a_person_gave_it(spoken: Spoken) -> None:
    page, keyboard = spoken.page, spoken.program.keyboard
    for key, name in ((Qt.Key.Key_F4, "F4"), (Qt.Key.Key_F2, "F2")):
        keyboard.put(keyboard.bindings.with_keys("dictation.talk", (name,)))
        QTest.keyPress(page, key)
        assert spoken.dictation.phase is Phase.RECORDING
        QTest.keyRelease(page, key)
        assert spoken.dictation.phase is Phase.PAUSED


def test_hold_to_talk_chosen_in_a_menu_starts_and_pauses(spoken: Spoken) -> None:
    act(spoken, "dictation.talk")
    assert spoken.dictation.phase is Phase.RECORDING
    act(spoken, "dictation.talk")
    assert spoken.dictation.phase is Phase.PAUSED


def test_a_key_held_when_the_tab_goes_out_of_sight_records_no_longer(spoken: Spoken) -> None:
    QTest.keyPress(spoken.page, Qt.Key.Key_F4)
    spoken.program.window.tabs.show_part("editor")
    assert spoken.dictation.phase is Phase.PAUSED


def test_what_acts_on_cues_is_off_while_the_tab_is_in_sight(spoken: Spoken, qtbot: QtBot) -> None:
    program = spoken.program
    program.window.tabs.show_part("editor")
    bridge = program.session.bridge
    bridge.apply(edits.insert(bridge.document, 1000, 3000, "one two three"))
    program.window.show_editor()
    bridge.select_row(0)
    commands = program.window.commands
    qtbot.waitUntil(commands["cue.delete"].isEnabled)
    program.window.tabs.show_part("dictation")
    qtbot.waitUntil(lambda: not commands["cue.delete"].isEnabled())
    assert not commands["edit.undo"].isEnabled()
    QTest.keyClick(spoken.page, Qt.Key.Key_F9)
    QTest.keyClick(spoken.page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [cue.text for cue in bridge.document.cues] == ["one two three"]
    assert bridge.document.cues[0].start_ms == 1000


def test_the_tab_shows_from_the_editor_that_somebody_is_recorded(spoken: Spoken, qtbot: QtBot) -> None:
    tabs, tab = spoken.program.window.tabs, spoken.program.dictation
    assert tab.token == "accent"
    spoken.dictation.start()
    tabs.show_part("editor")
    qtbot.waitUntil(lambda: tab.token == "error")
    spoken.dictation.finish()
    spoken.end_recording()
    spoken.end_words()
    qtbot.waitUntil(lambda: tab.token == "text2")


def test_undo_takes_back_a_correction_and_never_words_while_more_come(spoken: Spoken, qtbot: QtBot) -> None:
    spoken.dictation.start()
    spoken.sound(10)
    spoken.hear("hello wurld", ended=True)
    undo = spoken.program.window.commands["edit.undo"]
    qtbot.wait(20)
    assert not undo.isEnabled()
    spoken.page.text.setFocus()
    QTest.keyClick(spoken.page.text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert spoken.text() == "hello wurld"
    spoken.dictation.scribe.correct(0, "hello world")
    qtbot.waitUntil(undo.isEnabled)
    act(spoken, "edit.undo")
    assert spoken.text() == "hello wurld"
    act(spoken, "edit.redo")
    assert spoken.text() == "hello world"


def test_copy_save_small_window_and_timeline_are_actions(spoken: Spoken, qtbot: QtBot) -> None:
    commands = spoken.program.window.commands
    for action_id in ("dictation.copy", "dictation.save", "dictation.timeline"):
        assert not commands[action_id].isEnabled()
    act(spoken, "dictation.record")
    spoken.sound(10)
    spoken.hear("hello world", ended=True)
    act(spoken, "dictation.copy")
    assert QGuiApplication.clipboard().text() == "hello world"
    act(spoken, "dictation.small")
    assert spoken.page.is_small
    assert commands["dictation.small"].isChecked()
    act(spoken, "dictation.small")
    assert not spoken.page.is_small
    assert not commands["dictation.timeline"].isEnabled()
    act(spoken, "dictation.finish")
    spoken.end_recording()
    spoken.end_words()
    qtbot.waitUntil(commands["dictation.timeline"].isEnabled)
    act(spoken, "dictation.save")
    dialog = spoken.program.window.findChild(QFileDialog)
    assert dialog is not None
    dialog.filterSelected.emit(dialog.nameFilters()[1])
    assert dialog.defaultSuffix() == "srt"
    dialog.reject()


def test_the_delay_grows_while_the_engine_says_nothing(spoken: Spoken) -> None:
    dictation = spoken.dictation
    dictation.start()
    spoken.sound(20)
    assert dictation.lag_ms == 2_000  # it loads
    spoken.hear("hello", lag_ms=300)
    assert dictation.lag_ms == 300
    spoken.sound(50)
    assert dictation.lag_ms == 5_300
    assert dictation.is_slow
    dictation.pause()
    spoken.hold()
    spoken.end_words("world")
    assert dictation.lag_ms == 0


def test_sound_on_its_way_when_somebody_pauses_is_heard_too(spoken: Spoken, qtbot: QtBot) -> None:
    spoken.dictation.start()
    spoken.sound(5)
    spoken.dictation.pause()
    qtbot.wait(400)  # however long it takes: the microphone's child may have had no turn
    spoken.sound(1)
    spoken.hold()
    spoken.end_words()
    kinds = [type(one) for one in spoken.engine.told if isinstance(one, FeedSound | EndDictation)]
    assert kinds == [FeedSound] * 6 + [EndDictation]


def test_after_the_microphones_child_died_start_opens_another(spoken: Spoken, qtbot: QtBot) -> None:
    from core.errors import WorkerDied

    spoken.dictation.start()
    spoken.sound(5)
    failure = WorkerDied(child="microphone", cause="signal 9").failure()
    spoken.microphone.deliver(JobFailed(spoken.microphone.job_id, failure))
    spoken.end_words("hello")
    qtbot.waitUntil(lambda: spoken.dictation.phase is Phase.IDLE)
    spoken.dictation.start()
    kinds = [type(one) for one in spoken.microphone.told]
    assert kinds.count(OpenMicrophone) == 2
    assert spoken.stretches() == 2


def test_the_microphone_closes_with_the_tab_unless_a_key_of_any_program_is_armed(
    start: Callable[..., Application], desk: FakeDesk, qtbot: QtBot
) -> None:
    spoken = Spoken(start, qtbot)
    tabs, hearing = spoken.program.window.tabs, spoken.dictation.hearing
    tabs.show_part("editor")
    qtbot.waitUntil(lambda: not hearing.is_open)
    tabs.show_part("dictation")
    qtbot.waitUntil(lambda: hearing.is_open)
    spoken.page.panel.anywhere.click()
    assert desk.key == "Ctrl+Alt+D"
    assert spoken.program.settings.dictation_anywhere
    tabs.show_part("editor")
    qtbot.wait(20)
    assert hearing.is_open
    desk.moved(True, 1.0)
    qtbot.waitUntil(lambda: spoken.dictation.phase is Phase.RECORDING)
    spoken.page.panel.anywhere.click()
    assert desk.key == ""
    assert spoken.dictation.phase is Phase.PAUSED  # its release comes to nobody


def test_a_key_of_any_program_is_armed_on_the_next_start_without_a_look_at_the_tab(
    start: Callable[..., Application], desk: FakeDesk, qtbot: QtBot
) -> None:
    spoken = Spoken(start, qtbot, Settings(theme="dark", dictation_anywhere=True), opened=False)
    spoken.program.begin([])
    assert desk.key == "Ctrl+Alt+D"
    spoken.plug_in()
    desk.moved(True, 1.0)
    qtbot.waitUntil(lambda: spoken.dictation.phase is Phase.RECORDING)
    desk.moved(False, 1.1)  # tapped
    qtbot.wait(100)
    assert spoken.dictation.phase is Phase.RECORDING
    desk.moved(True, 2.0)
    qtbot.waitUntil(lambda: spoken.dictation.phase is Phase.PAUSED)
    desk.moved(False, 2.1)
    qtbot.wait(100)
    desk.moved(True, 3.0)
    desk.moved(False, 3.6)
    desk.moved(True, 3.6)  # it repeats
    qtbot.waitUntil(lambda: spoken.dictation.phase is Phase.RECORDING)
    desk.moved(False, 4.2)
    qtbot.waitUntil(lambda: spoken.dictation.phase is Phase.PAUSED)


@pytest.mark.parametrize(
    ("why", "says"),
    [
        (NoKey.TAKEN, "Another program has Ctrl+Alt+D"),
        (NoKey.UNKNOWN, "The key “Ctrl+Alt+D” is not known to this keyboard"),
        (NoKey.REFUSED, "The system does not give Ctrl+Alt+D to Cuesmith"),
    ],
)
def test_a_key_that_cannot_be_had_is_named_with_the_reason(
    start: Callable[..., Application], desk: FakeDesk, qtbot: QtBot, why: NoKey, says: str
) -> None:
    desk.refused = {"Ctrl+Alt+D": why}
    spoken = Spoken(start, qtbot)
    panel, program = spoken.page.panel, spoken.program
    panel.anywhere.click()
    assert panel.key_note.text().startswith(says)
    assert "choose another" in panel.key_note.text()
    program._keep(program.settings.with_(dictation_key="Ctrl+Alt+J"))
    assert desk.key == "Ctrl+Alt+J"
    assert panel.key_note.text().startswith("Ctrl+Alt+J starts and pauses")


def test_where_no_key_can_be_had_the_panel_says_why(
    start: Callable[..., Application], desk: FakeDesk, qtbot: QtBot
) -> None:
    desk.no_key = "Not on this system."
    spoken = Spoken(start, qtbot)
    assert not spoken.page.panel.anywhere.isEnabled()
    assert spoken.page.panel.key_note.text() == "Not on this system."
