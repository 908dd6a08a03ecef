"""The window as a person meets it: keys, panes, palette, files dropped on it, the job strip, messages."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.application import Application
from app.engine_bridge import EngineBridge
from app.jobs.jobs import STOPPED
from app.jobs.run import End, Plan
from app.messages import Message
from core.document import edits
from core.events import Job
from core.paths import resource
from core.settings import Settings, load_settings
from core.worker.client import EngineClient

SAMPLE = resource("sample", "last_boat.mp4")


def opened(qtbot: QtBot, program: Application, path: Path = SAMPLE) -> Application:
    program.opening.open(path)
    qtbot.waitUntil(lambda: program.session.info is not None and program.session.info.name == path.name)
    return program


def with_cues(program: Application, *texts: str) -> Application:
    bridge = program.session.bridge
    for number, text in enumerate(texts):
        bridge.apply(edits.insert(bridge.document, number * 2000, number * 2000 + 1500, text, language="en"))
    return program


def test_the_first_page_is_the_welcome_page_and_its_button_has_the_keys(program: Application) -> None:
    assert program.window.windowTitle() == "Welcome — Cuesmith"
    assert program.window.welcome.isVisible()
    focus = program.window.focusWidget()
    assert isinstance(focus, QPushButton)
    assert focus.text() == "Open…"


def test_the_sample_is_one_click_away(qtbot: QtBot, program: Application) -> None:
    sample = next(one for one in program.window.welcome.findChildren(QPushButton) if "sample" in one.text())
    QTest.mouseClick(sample, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.window.page.isVisible())
    assert program.window.windowTitle() == "last_boat.mp4 — Cuesmith"


def test_recent_files_stand_in_the_first_menu(qtbot: QtBot, program: Application) -> None:
    from PySide6.QtWidgets import QMenu

    opened(qtbot, program)
    recent = next(menu for menu in program.window.menu_row.findChildren(QMenu) if menu.title() == "Open recent")
    recent.aboutToShow.emit()
    assert [action.text() for action in recent.actions()] == [SAMPLE.name]


def test_the_status_bar_says_what_would_recognise(qtbot: QtBot, program: Application) -> None:
    program.window.look_for_earlier_work()
    qtbot.waitUntil(lambda: program.window.status._engine.text() == "Built-in recogniser, English")


def test_a_film_that_is_dropped_is_opened(qtbot: QtBot, program: Application) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(SAMPLE))])
    event = QDropEvent(
        QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    program.window.dropEvent(event)
    qtbot.waitUntil(lambda: program.session.info is not None)


def test_a_file_that_cannot_be_opened_is_a_banner_and_the_window_stays(
    qtbot: QtBot, program: Application, tmp_path: Path
) -> None:
    program.opening.open(tmp_path / "gone.mp4")
    qtbot.waitUntil(lambda: program.window.banners.codes() == ("media.missing",))
    assert program.window.welcome.isVisible()


def test_space_types_in_a_text_presses_a_button_and_else_plays(
    qtbot: QtBot, program: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    toggled: list[int] = []
    monkeypatch.setattr(program.playback, "toggle", lambda: toggled.append(1))
    with_cues(opened(qtbot, program), "boat")
    window, page = program.window, program.window.page
    window.activateWindow()
    program.session.bridge.select_row(0)
    page.table.focus_table()
    qtbot.waitUntil(lambda: window.commands["file.export"].isEnabled())
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    assert toggled == [1]
    page.text_box.focus_text()
    QTest.keyClick(page.text_box.editor, Qt.Key.Key_Space)
    assert toggled == [1], "Space types while a text has the focus"
    assert " " in page.text_box.editor.toPlainText()
    QTest.keyClick(page.text_box.editor, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    assert toggled == [1, 1], "Ctrl+Space plays also there"
    window.menu_row.export.setFocus()
    QTest.keyClick(window.menu_row.export, Qt.Key.Key_Space)
    assert toggled == [1, 1], "a button keeps Space for itself"
    for dialog in QApplication.topLevelWidgets():
        if dialog is not window and dialog.isVisible():
            dialog.close()


def test_f6_goes_through_the_panes_and_back(qtbot: QtBot, program: Application) -> None:
    with_cues(opened(qtbot, program), "boat")
    window, page = program.window, program.window.page
    window.activateWindow()
    program.session.bridge.select_row(0)
    page.table.focus_table()
    seen = []
    for _ in page.panes():
        window.commands["view.next_pane"].trigger()
        focus = QApplication.focusWidget()
        seen.append(
            next(i for i, pane in enumerate(page.panes()) if focus and (pane is focus or pane.isAncestorOf(focus)))
        )
    assert seen == [1, 2, 3, 4, 0]
    window.commands["view.previous_pane"].trigger()
    assert page.timeline.view.hasFocus()


def test_the_palette_finds_an_action_and_does_it(qtbot: QtBot, program: Application) -> None:
    with_cues(opened(qtbot, program), "the boat", "leaves")
    program.session.bridge.select_row(0)
    program.window.commands["edit.palette"].trigger()
    palette = program.window._palette
    assert len(palette.names()) > 40
    QTest.keyClicks(palette._field, "cue merge")
    assert palette.names() == ("Cue: Merge (Ctrl+Shift+M)",)
    QTest.keyClick(palette._field, Qt.Key.Key_Return)
    assert [cue.text for cue in program.session.bridge.document.cues] == ["the boat leaves"]
    assert not palette.isVisible()


def test_the_theme_chosen_is_kept(program: Application) -> None:
    program.window.commands["view.light"].trigger()
    settings, _ = load_settings()
    assert settings.theme == "light"
    program.window.commands["view.dark"].trigger()
    assert load_settings()[0].theme == "dark"


def test_splitters_and_place_come_back(qtbot: QtBot, start: Callable[..., Application]) -> None:
    first = start()
    first.window.resize(1300, 800)
    first.window.show_editor()
    first.window.page._top.setSizes([400, 500, 380])
    sizes = first.window.page._top.sizes()
    first.close()
    again = start()
    again.window.resize(1300, 800)
    again.window.show_editor()
    assert again.window.page._top.sizes() == sizes


def test_one_button_is_the_next_step(qtbot: QtBot, program: Application) -> None:
    row = program.window.menu_row
    opened(qtbot, program)
    qtbot.waitUntil(lambda: row.recognise.property("role") == "primary")
    assert row.export.property("role") == "normal"
    with_cues(program, "boat")
    qtbot.waitUntil(lambda: row.export.property("role") == "primary")
    assert row.recognise.property("role") == "normal"


def test_before_a_run_the_window_says_what_the_built_in_engine_is(qtbot: QtBot, program: Application) -> None:
    opened(qtbot, program)
    program.window.commands.refresh_now()
    program.window.commands["job.start"].trigger()
    panel = program.window.start_panel
    assert panel.isVisible()
    assert "rough draft" in panel._title.text()
    assert "one word in four wrong" in panel._text.text()
    panel._language.setCurrentIndex(panel._language.findData("de"))
    assert not panel._start.isEnabled(), "it does no German"
    assert "German" in panel._title.text()


def stand_in() -> EngineBridge:
    return EngineBridge(engine=partial(EngineClient, runner="tests.fakes.cue_runs:run"))


def test_while_a_job_runs_its_strip_says_how_far_it_is_and_what_stopping_keeps(
    qtbot: QtBot, start: Callable[..., Application], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.jobs.estimate.FINDING_OUT_S", 1_000)
    program = opened(qtbot, start(stand_in()))
    work = program.opening.work
    assert work is not None
    program.jobs.start(work, Plan(Job(str(SAMPLE), context="chunks=40 stay_at=3")))
    strip = program.window.strip
    qtbot.waitUntil(lambda: re.search(r"keep \d+ cues", strip._stop.text()) is not None)
    assert strip.isVisible()
    assert strip._left.text() == "Finding out how long it takes"
    assert program.window.page.job_panel._values["engine"].text() == "Stand-in"
    promised = int(re.findall(r"\d+", strip._stop.text())[0])
    strip._stop.click()
    qtbot.waitUntil(lambda: program.jobs.running is None)
    assert not strip.isVisible()
    assert program.jobs.run is not None
    assert program.jobs.run.end is End.STOPPED
    assert len(program.session.bridge.document.cues) >= promised > 0


def test_killing_the_engine_in_a_job_is_a_banner_and_going_on_finishes(
    qtbot: QtBot, start: Callable[..., Application], tmp_path: Path
) -> None:
    program = opened(qtbot, start(stand_in()))
    said: list[Message] = []
    program.messages.said.connect(said.append)
    work = program.opening.work
    assert work is not None
    going_on = tmp_path / "on"
    program.jobs.start(work, Plan(Job(str(SAMPLE), context=f"chunks=12 stay_at=5 until={going_on}")))
    qtbot.waitUntil(lambda: len(work.history.document.cues) >= 3)
    pid = program.engines.engine.child_pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    going_on.touch()
    qtbot.waitUntil(lambda: STOPPED in program.window.banners.codes())
    bar = program.window.banners.bar(STOPPED)
    assert bar is not None
    assert "Kept so far, with your edits" in bar.message.text
    next(one for one in bar.findChildren(QPushButton) if one.text() == "Go on").click()
    qtbot.waitUntil(lambda: program.jobs.run is not None and program.jobs.run.end is End.DONE)
    assert [cue.text for cue in work.history.document.cues] == [f"word{n}" for n in range(12)]
    assert program.window.banners.codes() == ()


def test_a_job_goes_on_while_another_film_is_shown(
    qtbot: QtBot, start: Callable[..., Application], tmp_path: Path
) -> None:
    program = opened(qtbot, start(stand_in()))
    first = program.opening.work
    assert first is not None
    going_on = tmp_path / "on"
    program.jobs.start(first, Plan(Job(str(SAMPLE), context=f"chunks=30 stay_at=5 until={going_on}")))
    other = tmp_path / "tone.wav"
    _tone(other)
    opened(qtbot, program, other)
    assert program.jobs.running is not None
    assert program.session.bridge.document.cues == ()
    going_on.touch()
    qtbot.waitUntil(lambda: program.jobs.running is None)
    assert len(first.history.document.cues) == 30
    opened(qtbot, program, SAMPLE)
    assert len(program.session.bridge.document.cues) == 30 or program.window.banners.codes() == ("opening.cues",)


def test_closing_the_window_while_a_job_runs_loses_nothing(qtbot: QtBot, start: Callable[..., Application]) -> None:
    from core.document.project.recoveries import list_unnamed

    program = opened(qtbot, start(stand_in()))
    work = program.opening.work
    assert work is not None
    program.jobs.start(work, Plan(Job(str(SAMPLE), context="chunks=100 stay_at=5")))
    qtbot.waitUntil(lambda: len(work.history.document.cues) >= 3)
    program.close()
    assert list_unnamed()[0].cues >= 3


def test_a_damaged_settings_file_is_told_and_the_window_opens(home: Path, start: Callable[..., Application]) -> None:
    from app.application import build

    (home / "config").mkdir()
    (home / "config" / "settings.json").write_text("{ this is no JSON")
    program = build()
    try:
        assert program.window.banners.codes() == ("settings.unusable",)
        assert program.settings == Settings()
    finally:
        program.close()


def _tone(path: Path) -> None:
    import math
    import struct
    import wave

    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        samples = (int(8000 * math.sin(n / 10)) for n in range(32_000))
        file.writeframes(b"".join(struct.pack("<h", one) for one in samples))
