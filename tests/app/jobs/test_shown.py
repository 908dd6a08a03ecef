"""What the window shows of a job belongs to the film that the job hears."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.application import Application
from app.engine_bridge import EngineBridge
from app.jobs.run import Plan
from core.document import edits
from core.events import Job
from core.paths import resource
from core.worker.client import EngineClient

SAMPLE = resource("sample", "last_boat.mp4")


def test_a_job_is_its_films_though_the_document_names_what_the_file_was_before(
    qtbot: QtBot, start: Callable[..., Application], tmp_path: Path
) -> None:
    program = start(EngineBridge(engine=partial(EngineClient, runner="tests.fakes.cue_runs:run")))
    with qtbot.waitSignal(program.opening.opened):
        program.opening.open(SAMPLE)
    work, page = program.opening.work, program.window.page
    assert work is not None
    media = work.history.document.media
    assert media is not None
    earlier = replace(media, media_id="1-" + "0" * 64)
    bridge = program.session.bridge
    bridge.apply(edits.set_field(bridge.document, "media", earlier, label="earlier"))
    program.jobs.start(work, Plan(Job(str(SAMPLE), context=f"chunks=8 stay_at=5 until={tmp_path / 'on'}")))
    qtbot.waitUntil(lambda: bool(page.timeline.notes.running))
    (tmp_path / "on").touch()
    qtbot.waitUntil(lambda: program.jobs.running is None)
    qtbot.waitUntil(lambda: not page.timeline.notes.running)
    assert page.job_panel.isVisible()
