"""The whole way in the window, with the real engine: a pasted text is timed, spoiled, timed anew and taken back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.application import Application
from app.engine_bridge import EngineBridge
from app.jobs.align_run import LEFT_OUT
from app.known_text.dialog import TextDialog
from app.known_text.review import State
from app.messages import Message
from core.document import edits
from core.document.document import Unmatched
from core.paths import resource
from core.worker.client import EngineClient

TEXT = """And so my fellow Americans,
ask not
the moon is made of green paint
what your country can do for you,

ask what you can do
for your country."""

LATE_MS = 2_300


def opened(qtbot: QtBot, program: Application, film: Path) -> None:
    """The film is in the editor."""
    program.begin([str(film)])
    qtbot.waitUntil(lambda: program.opening.work is not None)
    qtbot.waitUntil(lambda: program.session.info is not None)


def asked(program: Application, action: str) -> TextDialog:
    """The dialog that an action opens."""
    program.window.commands.refresh_now()
    program.window.commands[action].trigger()
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, TextDialog) and one.isVisible())


def through(qtbot: QtBot, program: Application) -> None:
    """The job that was begun is over."""
    assert program.jobs.running is not None
    qtbot.waitUntil(lambda: program.jobs.running is None, timeout=120_000)


def test_a_text_is_timed_and_a_late_subtitle_comes_back(
    qtbot: QtBot, program: Application, said: list[Message], material: Path
) -> None:
    opened(qtbot, program, material / "A_english/jfk/jfk.flac")
    bridge, page = program.session.bridge, program.window.page
    dialog = asked(program, "job.align")
    dialog.source.area.setPlainText(TEXT)
    dialog._begin.click()
    through(qtbot, program)

    right = bridge.document
    assert [cue.text for cue in right.cues] == [line for line in TEXT.splitlines() if line and "moon" not in line]
    assert right.unmatched == (Unmatched(3, "the moon is made of green paint"),)
    assert [message.code for message in said if message.kind != "info"] == [LEFT_OUT]
    assert [line.text for line in page.text_review.lines if line.state is State.MISSING] == [right.unmatched[0].text]
    assert page.text_pane.isVisible()
    bridge.undo()
    assert (bridge.document.cues, bridge.document.unmatched) == ((), ())
    bridge.redo()
    assert bridge.document == right

    bridge.apply(edits.shift(bridge.document, range(len(right.cues)), LATE_MS))
    assert not page.timeline.view.state.has_new_times
    asked(program, "job.retime")._begin.click()
    through(qtbot, program)
    assert page.timeline.view.state.has_new_times
    assert page.text_review.take_all()
    for cue, truth in zip(bridge.document.cues, right.cues, strict=True):
        assert max(abs(cue.start_ms - truth.start_ms), abs(cue.end_ms - truth.end_ms)) <= 150, cue.text
    qtbot.waitUntil(lambda: not page.timeline.view.state.has_new_times)
    assert bridge.undo() == "Take new times"
    qtbot.waitUntil(lambda: page.timeline.view.state.has_new_times)


def test_a_text_whose_run_was_stopped_is_there_when_one_asks_again(
    qtbot: QtBot, start: Callable[..., Application]
) -> None:
    program = start(EngineBridge(engine=partial(EngineClient, align_runner="tests.fakes.align_runs:run")))
    opened(qtbot, program, resource("sample", "last_boat.mp4"))
    dialog = asked(program, "job.align")
    dialog.source.area.setPlainText("one\nstay")
    dialog._begin.click()
    qtbot.waitUntil(lambda: program.jobs.run is not None and bool(program.jobs.run.stages))
    program.jobs.stop()
    qtbot.waitUntil(lambda: program.jobs.running is None)
    again = asked(program, "job.align")
    assert again.source.area.toPlainText() == "one\nstay"
    again.reject()


def test_before_a_rough_recognition_the_known_text_is_offered_by_name(
    qtbot: QtBot, start: Callable[..., Application]
) -> None:
    program = start(EngineBridge(engine=partial(EngineClient, align_runner="tests.fakes.align_runs:run")))
    opened(qtbot, program, resource("sample", "last_boat.mp4"))
    program.window.commands.refresh_now()
    program.window.commands["job.start"].trigger()
    program.window.start_panel.known.click()
    assert not program.window.start_panel.isVisible()
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, TextDialog) and one.isVisible())
    dialog.reject()
