"""The window by keyboard alone: every action has its way, letters type where one types, other sets work at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar
from pytestqt.qtbot import QtBot

from app.actions import ACTIONS
from app.application import Application
from app.keys.sets import AEGISUB, NAMES
from app.settings.dialog import Parts, SettingsDialog
from app.settings.keys import KeysPage
from core.document import edits


@pytest.fixture
def window(program: Application, qtbot: QtBot) -> Application:
    """The editor with three cues, the first one chosen."""
    bridge = program.session.bridge
    for start_ms in (1000, 4000, 7000):
        bridge.apply(edits.insert(bridge.document, start_ms, start_ms + 2000, "one two three"))
    program.window.show_editor()
    program.window.activateWindow()
    bridge.select_row(0)
    qtbot.waitUntil(lambda: program.window.commands["cue.split"].isEnabled())
    return program


@pytest.mark.parametrize("name", NAMES)
def test_every_action_can_be_reached_by_keyboard_alone(program: Application, name: str) -> None:
    program.keyboard.put(program.keyboard.bindings.with_set(name))
    bar = program.window.menu_row.findChild(QMenuBar)
    assert isinstance(bar, QMenuBar)
    by_letters = {inner.objectName() for menu in _menus(bar) for inner in menu.actions() if inner.objectName()}
    lost = [
        action.id
        for action in ACTIONS
        if action.id not in by_letters and not program.window.commands[action.id].shortcuts()
    ]
    assert lost == []
    for action in ACTIONS:
        made = program.window.commands[action.id]
        assert made.text(), action.id
        assert made.text().rstrip("…") in made.toolTip(), action.id
        shown = program.window.commands.shown_key(action.id)
        assert shown in made.toolTip(), action.id


def _menus(bar: QMenuBar) -> list[QMenu]:
    top = [menu for action in bar.actions() if isinstance(menu := action.menu(), QMenu)]
    assert all("&" in menu.title() for menu in top), "each opens by a letter"
    return [*top, *(sub for menu in top for one in menu.actions() if isinstance(sub := one.menu(), QMenu))]


def test_letters_and_space_type_in_the_text_box_whatever_the_set(window: Application, qtbot: QtBot) -> None:
    window.keyboard.put(window.keyboard.bindings.with_set(AEGISUB))
    page = window.window.page
    page.text_box.focus_text()
    editor = page.text_box.editor
    editor.selectAll()
    QTest.keyClicks(editor, "sqwedctgha xzbfrv")
    assert editor.toPlainText() == "sqwedctgha xzbfrv"
    before = editor.textCursor().position()
    QTest.keyClick(editor, Qt.Key.Key_Left)
    assert editor.textCursor().position() == before - 1


def test_letters_are_commands_on_the_timeline_in_aegisubs_set(window: Application, qtbot: QtBot) -> None:
    window.keyboard.put(window.keyboard.bindings.with_set(AEGISUB))
    bridge, view = window.session.bridge, window.window.page.timeline.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_X)
    assert bridge.current_row() == 1
    QTest.keyClick(view, Qt.Key.Key_Z)
    assert bridge.current_row() == 0
    QTest.keyClick(view, Qt.Key.Key_V)
    assert bridge.document.cues[0].end_ms == 3350
    bridge.undo()
    assert bridge.document.cues[0].end_ms == 3000


def test_a_changed_key_works_at_once_and_on_the_next_start(window: Application) -> None:
    window.keyboard.put(window.keyboard.bindings.with_many({"play.next_cue": ("Ctrl+Shift+J",)}))
    view = window.window.page.timeline.view
    view.setFocus()
    control_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(view, Qt.Key.Key_J, control_shift)
    assert window.session.bridge.current_row() == 1
    from app.keys.bindings import load_changes

    assert load_changes()[0]["subtitle-edit"]["play.next_cue"] == ("Ctrl+Shift+J",)


@pytest.fixture
def keys_page(window: Application) -> KeysPage:
    parts = Parts(lambda: window.settings, window._keep, window.messages, window.background, window.keyboard)
    dialog = SettingsDialog(parts, window.window, "keys")
    dialog.show()
    page = dialog.page("keys")
    assert isinstance(page, KeysPage)
    return page


def test_the_page_names_who_has_a_key_and_takes_it_over(window: Application, keys_page: KeysPage) -> None:
    keys_page.choose("cue.merge")
    keys_page.field.setKeySequence(QKeySequence("F5"))
    assert "Play the cue" in keys_page.said.text()
    keys_page._give.click()
    assert window.keyboard.bindings.keys()["cue.merge"][0] == "F5"
    assert window.keyboard.bindings.keys()["play.cue"] == ()
    assert window.window.commands["cue.merge"].shortcuts()[0] == QKeySequence("F5")
    keys_page.choose("cue.merge")
    keys_page._back.click()
    assert window.keyboard.bindings.keys()["cue.merge"] == ("Ctrl+Shift+M",)
    keys_page.field.setKeySequence(QKeySequence("Ctrl+Alt+Shift+Q"))
    assert "free" in keys_page.said.text()
    keys_page._clear.click()
    assert window.keyboard.bindings.keys()["cue.merge"] == ()


def test_another_set_is_remembered(window: Application, keys_page: KeysPage) -> None:
    keys_page.sets.setCurrentIndex(keys_page.sets.findData(AEGISUB))
    keys_page.sets.activated.emit(keys_page.sets.currentIndex())
    assert window.settings.key_set == AEGISUB
    assert window.window.commands["play.before"].shortcut() == QKeySequence("Q")


def test_everything_on_the_page_has_a_name(keys_page: KeysPage) -> None:
    for widget in (keys_page.sets, keys_page.list, keys_page.field):
        assert widget.accessibleName()


def test_the_sheet_shows_every_key(window: Application, qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QLabel

    from app.keys.sheet import KeySheet

    sheet = KeySheet(window.keyboard.bindings, window.window)
    texts = {one.text() for one in sheet.findChildren(QLabel)}
    for action in ACTIONS:
        if action.keys:
            assert action.text.rstrip("…") in texts, action.id
    sheet.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
