"""Shortcuts of Subtitle Edit: its names, .NET's keys; what is foreign is counted, what is no such file is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.actions import ACTIONS
from app.keys import subtitle_edit
from app.keys.bindings import Bindings
from app.keys.subtitle_edit import key_of, read_shortcuts
from core.errors import SubtitleUnreadable

SETTINGS = """<?xml version="1.0" encoding="utf-8"?>
<Settings><General><Anything>1</Anything></General><Shortcuts>
  <GeneralMergeSelectedLines>Control+J</GeneralMergeSelectedLines>
  <MainVideoPlayPauseToggle>Control+P</MainVideoPlayPauseToggle>
  <MainCreateSetStart>F9</MainCreateSetStart>
  <MainAdjustSetStartAndOffsetTheRest>Control+Space</MainAdjustSetStartAndOffsetTheRest>
  <MainListViewItalic></MainListViewItalic>
  <MainEditFind>Hyper+Zzz</MainEditFind>
  <MainTranslateAuto>Control+Shift+G</MainTranslateAuto>
</Shortcuts></Settings>"""


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [("Control+Shift+M", "Ctrl+Shift+M"), ("Alt+Left", "Alt+Left"), ("Shift+Return", "Shift+Return"), ("F11", "F11"),
     ("Control+D0", "Ctrl+0"), ("Control+Oemcomma", "Ctrl+,"), ("Alt+Prior", "Alt+PgUp"),
     ("Control+Space", "Ctrl+Space"),
     ("Shift+Control+Add", "Ctrl+Shift++"), ("Insert", "Ins"), ("", ""), ("Control", ""), ("Left", ""), ("Foo+A", "")],
)  # fmt: skip
def test_keys_of_net_become_keys_of_ours(theirs: str, ours: str) -> None:
    assert key_of(theirs) == ours


def test_the_shortcuts_of_a_settings_file_are_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "Settings.xml"
    path.write_text(SETTINGS)
    found = read_shortcuts(path)
    assert found.keys == {
        "cue.merge": ("Ctrl+J",),
        "play.toggle": ("Ctrl+P",),
        "cue.start_here": ("F9",),
        "cue.start_shift_rest": ("Ctrl+Space",),
    }
    assert found.unknown == ("MainTranslateAuto",)
    assert found.unreadable == ("MainEditFind: Hyper+Zzz",)
    after = Bindings(ACTIONS).with_many(found.keys)
    assert after.conflicts() == {}
    assert after.keys()["cue.start_here"] == ("F9",)
    assert after.keys()["cue.start_shift_rest"] == ("Ctrl+Space",)


def test_every_name_leads_to_an_action_there_is() -> None:
    assert set(subtitle_edit._NAMES.values()) <= {action.id for action in ACTIONS}


@pytest.mark.parametrize(
    "content",
    ["", "no xml", "<Settings/>", "<Settings><Shortcuts>", '<!DOCTYPE x [<!ENTITY a "b">]><Shortcuts>&a;</Shortcuts>'],
)
def test_what_is_no_such_file_is_refused_by_name(tmp_path: Path, content: str) -> None:
    path = tmp_path / "mine.xml"
    path.write_text(content)
    with pytest.raises(SubtitleUnreadable, match=r"mine\.xml"):
        read_shortcuts(path)


def test_a_file_that_is_not_there_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(SubtitleUnreadable, match=r"gone\.xml"):
        read_shortcuts(tmp_path / "gone.xml")
