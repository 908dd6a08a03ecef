"""The export dialog: what is chosen, said beforehand, written off the window's thread, and told afterwards."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.editor.export_dialog import ExportDialog
from app.editor.session import Session
from core.subtitles.files import read_file
from tests.app.editor import cues

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> ExportDialog:
    return shown(qtbot, cues.session(media=tmp_path / "low-water.mkv"))


def shown(qtbot: QtBot, session: Session) -> ExportDialog:
    made = ExportDialog(session, None)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # the test looks at it afterwards
    qtbot.addWidget(made)
    made.show()
    return made


def click(qtbot: QtBot, dialog: ExportDialog, text: str) -> None:
    found = [one for one in dialog.findChildren(QPushButton) if one.text() == text and one.isVisible()]
    assert len(found) == 1, [one.text() for one in dialog.findChildren(QPushButton)]
    qtbot.mouseClick(found[0], LEFT)


def said(dialog: QWidget) -> str:
    from PySide6.QtWidgets import QLabel

    return " ".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisible())


def test_at_first_one_srt_is_offered_next_to_the_film(dialog: ExportDialog) -> None:
    assert dialog.formats.chosen == ("srt",)
    assert dialog.name.text() == "low-water.en"
    assert dialog._export.text() == "Export 1 file"
    assert dialog._summary.text() == "1 file, next to the film"


def test_what_the_format_loses_is_said_before(dialog: ExportDialog) -> None:
    assert "SubRip cannot carry one thing in this project" in said(dialog)
    assert "Words inside them lose theirs." in said(dialog)
    dialog.formats.look_at("vtt-words")
    assert "WebVTT with word times carries everything in this project." in said(dialog)


def test_everything_that_is_lost_is_named_for_this_format_and_fits_a_small_screen(qtbot: QtBot) -> None:
    marks = frozenset({"i", "c:#ff0000", "ass:\\blur3"})
    rich = [
        replace(
            cue,
            words=tuple(replace(word, marks=marks) for word in cue.words),
            voice="Mary",
            style="Sign",
            settings={"ass-tags": "{\\pos(1,2)}"},
            end_ms=cue.end_ms + 3_000,
        )
        for cue in cues.few()
    ]
    dialog = shown(qtbot, cues.session(*rich))
    qtbot.waitUntil(lambda: dialog.focusWidget() is not None)
    qtbot.wait(50)  # the field that has the keys shows its format
    dialog.formats.look_at("srt")
    assert "They stand as near to it as the format can say." in said(dialog)
    assert "Tags that only another format has, " in said(dialog)
    assert "Colours" not in said(dialog)
    dialog.formats.look_at("txt")
    told = said(dialog)
    for one in ("Colours", "Named styles, 4 cues", "Place on the picture, 4 cues", "Cues that overlap, 3"):
        assert one in told
    assert "player's colour" not in told, "nobody draws a plain text"
    assert dialog.minimumSizeHint().height() < 720
    dialog.formats.look_at("ass-karaoke")
    assert "ASS karaoke carries everything in this project." in said(dialog)


def test_words_are_saved_beside_by_one_click(qtbot: QtBot, dialog: ExportDialog) -> None:
    box = next(one for one in dialog.findChildren(QCheckBox) if one.text().startswith("Also save words"))
    box.click()
    assert dialog.formats.chosen == ("srt", "json")
    assert dialog._export.text() == "Export 2 files"


def test_the_first_lines_are_those_of_the_file(dialog: ExportDialog) -> None:
    assert dialog._preview.text.startswith("1\n00:00:01,000 --> 00:00:04,560\nThat one is the Old Sister.")


def test_cues_that_break_the_style_are_counted_and_can_be_looked_at_first(qtbot: QtBot, dialog: ExportDialog) -> None:
    assert "1 cue breaks the style Netflix English." in said(dialog)
    click(qtbot, dialog, "Look at them first")
    assert dialog._session.bridge.selected == ("b",)
    assert not dialog.isVisible()


def test_several_formats_are_written_and_read_back_equal(qtbot: QtBot, dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.formats.choose(["srt", "vtt", "json"])
    with qtbot.waitSignal(dialog.exported) as told:
        click(qtbot, dialog, "Export 3 files")
    assert not dialog.isVisible()
    assert told.args is not None
    assert "Exported 3 files" in told.args[0].title
    for extension in ("srt", "vtt", "json"):
        back = read_file(tmp_path / f"low-water.en.{extension}")
        assert [(c.start_ms, c.end_ms, c.text) for c in back.cues] == [
            (c.start_ms, c.end_ms, c.text) for c in cues.few()
        ]


def test_a_file_that_is_there_is_never_written_over_silently(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "low-water.en.srt").write_text("mine")
    dialog = shown(qtbot, cues.session(media=tmp_path / "low-water.mkv"))
    assert "exists already" in said(dialog)
    with qtbot.waitSignal(dialog.exported):
        click(qtbot, dialog, "Export 1 file")
    assert (tmp_path / "low-water.en.srt").read_text() == "mine"
    assert (tmp_path / "low-water_2.en.srt").exists()


def test_it_is_replaced_where_one_says_so_and_not_where_one_takes_it_back(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "low-water.en.srt").write_text("mine")
    dialog = shown(qtbot, cues.session(media=tmp_path / "low-water.mkv"))
    click(qtbot, dialog, "Replace it instead")
    assert "will be replaced" in said(dialog)
    click(qtbot, dialog, "Keep it")
    assert "saved as" in said(dialog)
    click(qtbot, dialog, "Replace it instead")
    with qtbot.waitSignal(dialog.exported):
        click(qtbot, dialog, "Export 1 file")
    assert (tmp_path / "low-water.en.srt").read_text().startswith("1\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["low-water.en.srt"]


def test_another_name_asks_anew_before_it_replaces(dialog: ExportDialog, tmp_path: Path) -> None:
    for name in ("a.srt", "low-water.en.srt"):
        (tmp_path / name).write_text("mine")
    dialog._set_replaced("low-water.en.srt", True)
    dialog.name.setText("a")
    dialog.name.setText("low-water.en")
    assert dialog.choice.replaced == frozenset()


@pytest.mark.parametrize("name", ["", "a/b"])
def test_a_name_that_cannot_be_is_said_and_nothing_can_be_exported(dialog: ExportDialog, name: str) -> None:
    dialog.name.setText(name)
    assert not dialog._export.isEnabled()
    assert "A name has at least one character" in said(dialog)
    dialog.export()
    assert dialog.isVisible()


def test_without_a_format_there_is_nothing_to_export(dialog: ExportDialog) -> None:
    dialog.formats.choose([])
    assert not dialog._export.isEnabled()
    assert dialog._summary.text() == "No format is chosen."


def test_an_error_is_a_banner_in_the_dialog_and_what_is_left_can_be_tried_again(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path
) -> None:
    dialog.formats.choose(["srt", "vtt"])
    dialog.set_folder(tmp_path / "gone")
    click(qtbot, dialog, "Export 2 files")
    qtbot.waitUntil(lambda: dialog._banner.isVisible())
    assert "could not be written" in said(dialog)
    dialog.set_folder(tmp_path)
    with qtbot.waitSignal(dialog.exported):
        click(qtbot, dialog, "Export 2 files")
    assert len(list(tmp_path.glob("low-water*"))) == 2


def test_files_written_before_an_error_are_not_written_twice(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.editor import export_plan

    real = export_plan.write_file

    def writes(subtitles: Any, path: Path, **rest: Any) -> Any:
        if path.suffix == ".vtt":
            path.write_text("somebody was faster")
        return real(subtitles, path, **rest)

    monkeypatch.setattr(export_plan, "write_file", writes)
    dialog.formats.choose(["srt", "vtt"])
    click(qtbot, dialog, "Export 2 files")
    qtbot.waitUntil(lambda: dialog._banner.isVisible())
    monkeypatch.undo()
    assert "low-water.en.srt" in said(dialog)
    with qtbot.waitSignal(dialog.exported) as told:
        click(qtbot, dialog, "Export 1 file")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "low-water.en.srt", "low-water.en.vtt", "low-water_2.en.vtt",
    ]  # fmt: skip
    assert told.args is not None
    assert "2 files" in told.args[0].title


def test_the_choice_of_last_time_is_offered_again(qtbot: QtBot, dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.formats.choose(["vtt", "txt"])
    dialog.newline.setCurrentIndex(dialog.newline.findData("\r\n"))
    with qtbot.waitSignal(dialog.exported):
        click(qtbot, dialog, "Export 2 files")
    again = shown(qtbot, cues.session(media=tmp_path / "low-water.mkv"))
    assert again.formats.chosen == ("vtt", "txt")
    assert again.newline.currentData() == "\r\n"


def test_everything_in_the_dialog_that_takes_keys_has_a_name(dialog: ExportDialog) -> None:
    takes = Qt.FocusPolicy.TabFocus
    reached = [one for one in dialog.findChildren(QWidget) if one.isVisible() and one.focusPolicy() & takes]
    assert len(reached) > 10
    assert [one for one in reached if not one.accessibleName()] == []
