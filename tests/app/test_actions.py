"""Walks the table of actions: every line has what people and screen readers need, and its verb exists and is safe."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QComboBox, QMenu, QMenuBar, QWidget
from pytestqt.qtbot import QtBot

from app.action import Action, State
from app.actions import ACTIONS, MENUS, by_id
from app.application import Application
from app.theme.icons import icon_names

NEEDS_A_PERSON = ("file.", "help.", "edit.palette", "cue.insert", "dictation.")
"""They open dialogs, other programs or files, end the window, make a cue, or record; tested elsewhere."""


def ids(action: Action) -> str:
    return action.id


def test_no_two_actions_share_an_id_or_a_key() -> None:
    assert [name for name, count in Counter(action.id for action in ACTIONS).items() if count > 1] == []
    keys = Counter(QKeySequence(key).toString() for action in ACTIONS for key in action.keys)
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize("action", ACTIONS, ids=ids)
def test_an_action_has_text_menu_icon_and_readable_keys(action: Action) -> None:
    assert action.text
    assert action.text[0].isupper()
    assert action.menu in MENUS
    assert not action.icon or action.icon in icon_names()
    assert all(QKeySequence(key).toString() for key in action.keys)
    everything = State(
        editor=True, film=True, sound=True, cues=5, selected=1, current=True, words=3, undo="x", redo="y", word=True,
        shots=2, bookmarks=1, picture=True,
    )  # fmt: skip
    dictating = [State(dictation=True, phase=phase, dictated=True) for phase in ("", "idle", "recording", "paused")]
    possible = any(action.enabled(state) for state in (everything, *dictating))
    assert possible or action.id in {"job.stop", "job.go_on", "job.follow"}


@pytest.mark.parametrize("action", [one for one in ACTIONS if not one.enabled(State())], ids=ids)
def test_what_is_not_possible_at_first_says_why(action: Action) -> None:
    assert action.why_not.endswith(".")


def test_every_action_stands_in_its_menu_once(program: Application) -> None:
    bar = program.window.menu_row.findChild(QMenuBar)
    assert isinstance(bar, QMenuBar)
    menus = [menu for action in bar.actions() if isinstance(menu := action.menu(), QMenu)]
    assert [menu.title().replace("&", "") for menu in menus] == list(MENUS)
    assert len({menu.title()[menu.title().index("&") + 1] for menu in menus}) == len(MENUS), "each opens by its letter"
    inside = [sub for menu in menus for action in menu.actions() if isinstance(sub := action.menu(), QMenu)]
    shown = [action.objectName() for menu in (*menus, *inside) for action in menu.actions() if action.objectName()]
    assert sorted(shown) == sorted(action.id for action in ACTIONS)


def test_tooltips_name_the_action_and_its_key(program: Application) -> None:
    bare = []
    for action in ACTIONS:
        made = program.window.commands[action.id]
        key = QKeySequence(action.keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if action.keys else ""
        if made.text().rstrip("…") not in made.toolTip() or key not in made.toolTip():
            bare.append(action.id)
    assert bare == []


def test_actions_done_with_nothing_open_harm_nothing(program: Application, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().clear()  # what another test copied would be pasted
    with qtbot.captureExceptions() as caught:
        for action in ACTIONS:
            if not action.id.startswith(NEEDS_A_PERSON):
                action.run(program.window._hands)
                qtbot.wait(0)
    assert caught == []
    assert program.session.bridge.document.cues == ()


def test_undo_and_redo_name_the_step(program: Application, qtbot: QtBot) -> None:
    commands = program.window.commands
    by_id("cue.insert").run(program.window._hands)
    qtbot.waitUntil(lambda: commands["edit.undo"].isEnabled())
    assert commands["edit.undo"].text() == "Undo “Insert cue”"
    commands["edit.undo"].trigger()
    qtbot.waitUntil(lambda: commands["edit.redo"].isEnabled())
    assert commands["edit.redo"].text() == "Redo “Insert cue”"
    assert commands["edit.undo"].text() == "Undo"


def test_everything_one_can_reach_has_an_accessible_name(program: Application) -> None:
    window = program.window
    window.show_editor()
    nameless = [
        f"{type(widget).__name__} in {[type(p).__name__ for p in _above(widget)]}"
        for widget in window.findChildren(QWidget)
        if _is_reached(widget) and not (widget.accessibleName() or _text_of(widget))
    ]
    assert nameless == []


def _is_reached(widget: QWidget) -> bool:
    of_a_box = any(isinstance(parent, QComboBox | QAbstractSpinBox) for parent in _above(widget))
    own = not widget.objectName().startswith("qt_") and not of_a_box
    return own and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and not isinstance(widget, QMenu)


def _above(widget: QWidget) -> list[QWidget]:
    parent = widget.parentWidget()
    return [] if parent is None else [parent, *_above(parent)]


def _text_of(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QAbstractButton) else ""
