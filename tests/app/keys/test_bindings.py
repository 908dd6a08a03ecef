"""Sets of keys, changes to them, conflicts by name, and the file they are kept in."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.actions import ACTIONS
from app.keys.bindings import Bindings, keys_path, load_changes, native_key, normal, save_changes
from app.keys.sets import AEGISUB, NAMES, SUBTITLE_EDIT, keys_of
from core.errors import CannotWrite


@pytest.mark.parametrize("name", NAMES)
def test_no_set_gives_two_commands_one_key(qapp: QApplication, name: str) -> None:
    assert Bindings(ACTIONS, name).conflicts() == {}


@pytest.mark.parametrize("name", NAMES)
def test_every_key_of_a_set_is_one_that_can_be_typed(qapp: QApplication, name: str) -> None:
    for action_id, keys in keys_of(name, ACTIONS).items():
        assert len(normal(keys)) == len(keys), action_id
        assert all(native_key(key) for key in keys)


def test_aegisubs_hands_find_their_keys() -> None:
    keys = Bindings(ACTIONS, AEGISUB).keys()
    wanted = {
        "play.before": "Q", "play.after": "W", "play.first": "E", "play.last": "D", "play.on_from": "T",
        "play.stop": "H", "cue.lead_in": "C", "cue.lead_out": "V", "cue.end_next": "G", "play.next_cue": "X",
        "play.previous_cue": "Z", "cue.start_here": "Ctrl+3", "cue.end_here": "Ctrl+4", "cue.to_shots": "Ctrl+5",
        "timeline.scroll_back": "A", "timeline.scroll_on": "F", "play.go_to": "Ctrl+G",
    }  # fmt: skip
    assert {name: keys[name][0] for name in wanted} == wanted
    assert {"Space", "S", "R"} <= set(keys["play.cue"])
    assert "B" in keys["play.toggle"]


def test_subtitle_edits_hands_find_their_keys() -> None:
    keys = Bindings(ACTIONS, SUBTITLE_EDIT).keys()
    wanted = {
        "play.toggle": "Space", "play.cue": "F5", "cue.start_here": "F11", "cue.end_here": "F12", "cue.split":
        "Ctrl+Alt+V", "cue.merge": "Ctrl+Shift+M", "play.next_cue": "Alt+Down", "play.back": "Alt+Left",
        "cue.extend_next": "Ctrl+Shift+E", "view.next_finding": "F8", "play.go_to": "Ctrl+G",
        "view.full_screen": "Alt+Return", "cue.insert_after": "Alt+Insert", "cue.start_shift_rest": "F9",
    }  # fmt: skip
    assert {name: keys[name][0] for name in wanted} == wanted


def test_a_change_belongs_to_its_set() -> None:
    mine = Bindings(ACTIONS).with_keys("cue.merge", ("Ctrl+J",))
    assert mine.keys()["cue.merge"] == ("Ctrl+J",)
    assert mine.is_changed("cue.merge")
    other = mine.with_set(AEGISUB)
    assert other.keys()["cue.merge"] == ("Ctrl+Shift+M",)
    assert other.with_set(SUBTITLE_EDIT).keys()["cue.merge"] == ("Ctrl+J",)


def test_giving_back_the_sets_own_key_is_no_change() -> None:
    mine = Bindings(ACTIONS).with_keys("cue.merge", ("Ctrl+J",)).with_keys("cue.merge", ("Ctrl+Shift+M",))
    assert mine.changes == {SUBTITLE_EDIT: {}}
    assert Bindings(ACTIONS).with_keys("cue.merge", ()).restored("cue.merge").keys() == Bindings(ACTIONS).keys()


def test_a_key_that_is_taken_is_named_and_can_be_taken_over() -> None:
    doubled = Bindings(ACTIONS).with_keys("cue.merge", ("F5",))
    assert doubled.conflicts() == {"F5": ("cue.merge", "play.cue")}
    assert set(doubled.who_has("F5")) == {"cue.merge", "play.cue"}
    taken = Bindings(ACTIONS).with_many({"cue.merge": ("F5",)})
    assert taken.conflicts() == {}
    assert taken.keys()["play.cue"] == ()
    assert taken.restored().keys() == Bindings(ACTIONS).keys()


def test_what_was_changed_is_there_on_the_next_start() -> None:
    mine = Bindings(ACTIONS).with_keys("cue.merge", ("Ctrl+J", "Ctrl+K")).with_set(AEGISUB)
    mine = mine.with_keys("play.stop", ())
    save_changes(mine)
    changes, notices = load_changes()
    assert notices == ()
    assert Bindings(ACTIONS, AEGISUB, changes).keys() == mine.keys()
    assert Bindings(ACTIONS, SUBTITLE_EDIT, changes).keys()["cue.merge"] == ("Ctrl+J", "Ctrl+K")


def test_nothing_was_changed_at_first() -> None:
    assert load_changes() == ({}, ())


@pytest.mark.parametrize(
    ("content", "noticed"),
    [("{", True), ("[]", False), ('{"aegisub": 3}', False), ('{"aegisub": {"cue.merge": "F5"}}', False),
     ('{"subtitle-edit": {"cue.merge": [5, "no such key+", "F6"], "gone.action": ["F7"]}}', False)],
)  # fmt: skip
def test_a_damaged_file_never_stops_the_program(content: str, noticed: bool) -> None:
    keys_path().parent.mkdir(parents=True, exist_ok=True)
    Path(keys_path()).write_text(content)
    changes, notices = load_changes()
    assert bool(notices) is noticed
    keys = Bindings(ACTIONS, SUBTITLE_EDIT, changes).keys()
    assert set(keys) == {action.id for action in ACTIONS}


def test_keys_that_cannot_be_kept_are_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CannotWrite, match=r"keys\.json could not be written \(Not a directory\)"):
        save_changes(Bindings(ACTIONS), tmp_path / "file" / "home" / "keys.json")
