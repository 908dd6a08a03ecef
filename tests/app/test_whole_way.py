"""The whole way a person goes: open, recognise, correct while cues come, undo, drag, export, read back. Real parts."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.application import Application
from app.editor.export_dialog import ExportDialog
from app.jobs.run import End
from app.messages import Message
from core.cue import Cue
from core.paths import resource
from core.subtitles.files import read_file
from tests.words import plain_words, share_in_order

SAMPLE = resource("sample", "last_boat.mp4")
TRUTH = resource("sample", "last_boat.txt")


def texts(program: Application) -> list[str]:
    return [cue.text for cue in program.session.bridge.document.cues]


def test_from_a_film_to_subtitle_files(qtbot: QtBot, program: Application, said: list[Message], tmp_path: Path) -> None:
    window = program.window
    window.resize(1600, 960)
    window.activateWindow()
    _open(qtbot, program)
    _recognise(qtbot, program)
    _split(qtbot, program)
    _correct(qtbot, program)
    _undo_and_redo(qtbot, program)
    _drag_an_edge(qtbot, program)
    _export(qtbot, program, tmp_path)
    assert [message.code for message in said] == ["export.done"]


def _open(qtbot: QtBot, program: Application) -> None:
    program.window.commands["file.sample"].trigger()
    qtbot.waitUntil(lambda: program.session.peaks is not None and program.session.peaks.complete)
    qtbot.waitUntil(lambda: program.window.page.isVisible())
    assert program.playback.is_open


def _recognise(qtbot: QtBot, program: Application) -> None:
    """Cues come while the job runs, before its end."""
    came_while_running: list[int] = []
    program.jobs.arrived.connect(lambda: came_while_running.append(len(texts(program))))
    program.window.commands.refresh_now()
    program.window.commands["job.start"].trigger()
    panel = program.window.start_panel
    panel._language.setCurrentIndex(panel._language.findData("en"))
    QTest.mouseClick(panel._start, Qt.MouseButton.LeftButton)
    assert program.jobs.running is not None
    qtbot.waitUntil(lambda: bool(came_while_running), timeout=250_000)
    qtbot.waitUntil(lambda: program.jobs.running is None, timeout=250_000)
    run = program.jobs.run
    assert run is not None
    assert run.end is End.DONE
    assert run.recognizer is not None
    assert run.recognizer.id == "builtin"
    found = plain_words(" ".join(texts(program)))
    assert share_in_order(plain_words(TRUTH.read_text()), found) > 0.6
    assert all(cue.mark == "draft" for cue in program.session.bridge.document.cues)


def _split(qtbot: QtBot, program: Application) -> None:
    """Split the first cue at its third word, by key."""
    bridge, table = program.session.bridge, program.window.page.table
    before = bridge.document.cues[0]
    bridge.select((before.id,), word=before.words[2].id)
    table.focus_table()
    program.window.commands.refresh_now()
    QTest.keyClick(table.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    first, second = bridge.document.cues[:2]
    assert (len(first.words), second.words[0].id) == (2, before.words[2].id)
    assert second.start_ms == before.words[2].start_ms, "at the word's real time"


def _correct(qtbot: QtBot, program: Application) -> None:
    """Type at the end of the second cue's text; the words before keep their times."""
    bridge, box = program.session.bridge, program.window.page.text_box
    bridge.select_row(1)
    times = [(word.start_ms, word.end_ms) for word in bridge.document.cues[1].words]
    box.focus_text()
    QTest.keyClick(box.editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(box.editor, " indeed")
    QTest.keyClick(box.editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: texts(program)[1].endswith(" indeed"))
    kept = [(word.start_ms, word.end_ms) for word in bridge.document.cues[1].words]
    assert kept[: len(times) - 1] == times[:-1]


def _undo_and_redo(qtbot: QtBot, program: Application) -> None:
    commands, before = program.window.commands, program.session.bridge.document
    while texts(program)[1].endswith("indeed"):
        commands.refresh_now()
        commands["edit.undo"].trigger()
    assert "indeed" not in texts(program)[1]
    while program.session.bridge.history.redo_label() is not None:
        commands.refresh_now()
        commands["edit.redo"].trigger()
    assert program.session.bridge.document == before


def _drag_an_edge(qtbot: QtBot, program: Application) -> None:
    """Pull the end of the last cue's block to the left, with the mouse; one step, all words inside."""
    bridge, timeline = program.session.bridge, program.window.page.timeline
    row = len(bridge.document.cues) - 1
    before = bridge.document.cues[row]
    bridge.select_row(row)
    program.window.commands["timeline.snap"].trigger()
    timeline.show_cue()
    state = timeline.view.state
    y = (state.layout.cue_blocks.top + state.layout.cue_blocks.bottom) // 2
    at = QPoint(round(state.layout.gutter_px + state.view.x_of(before.end_ms)) - 2, y)
    steps = len(bridge.history.labels())
    QTest.mousePress(timeline.view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    for _ in range(8):
        at -= QPoint(8, 0)
        QTest.mouseMove(timeline.view, at)
        qtbot.wait(5)
    QTest.mouseRelease(timeline.view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    after = bridge.document.cues[row]
    assert after.end_ms < before.end_ms
    assert after.start_ms == before.start_ms
    assert all(word.end_ms <= after.end_ms for word in after.words)
    assert len(bridge.history.labels()) == steps + 1


def _export(qtbot: QtBot, program: Application, folder: Path) -> None:
    program.window.commands.refresh_now()
    program.window.commands["file.export"].trigger()
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, ExportDialog))
    dialog.set_folder(folder)
    dialog.formats.choose(["srt", "vtt"])
    dialog.export()
    qtbot.waitUntil(lambda: len(list(folder.glob("last_boat.*"))) == 2)
    qtbot.waitUntil(lambda: program.window.banners.codes() == ("export.done",))
    cues = [_written(cue) for cue in program.session.bridge.document.cues]
    for name in ("last_boat.en.srt", "last_boat.en.vtt"):
        assert [_written(cue) for cue in read_file(folder / name).cues] == cues, name


def _written(cue: Cue) -> tuple[int, int, str]:
    """What both formats keep."""
    return cue.start_ms, cue.end_ms, cue.text
