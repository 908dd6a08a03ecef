"""A timed text comes into its document as one step; new times of old cues wait for a person. Real children."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from app.editor.works import Work
from app.engine_bridge import EngineBridge
from app.jobs.align_run import LEFT_OUT, AlignPlan, AlignRun
from app.jobs.jobs import STOPPED, Jobs
from app.jobs.run import End
from app.messages import Message
from core.cue import Cue
from core.document.document import Unmatched
from core.events import AlignJob
from core.progress import Stage
from core.transcript import Source, shared_out, split_text
from core.worker.client import EngineClient

LINES = ("one two", "", "foreign words", "three four")


@pytest.fixture
def engines(qtbot: QtBot) -> Iterator[EngineBridge]:
    bridge = EngineBridge(engine=partial(EngineClient, align_runner="tests.fakes.align_runs:run"))
    yield bridge
    bridge.close()


def cue(text: str, start_ms: int, *, locked: bool = False) -> Cue:
    words = shared_out(split_text(text), start_ms, start_ms + 500, source=Source.IMPORTED)
    return Cue(words, start_ms, start_ms + 500, locked=locked)


def plain(lines: tuple[str, ...] = LINES, *, replaces: bool = False) -> AlignPlan:
    return AlignPlan(AlignJob("film.mp4", lines, style="bbc"), replaces=replaces)


def through(qtbot: QtBot, jobs: Jobs, work: Work, plan: AlignPlan) -> AlignRun:
    """Run to the end."""
    jobs.align(work, plan)
    qtbot.waitUntil(lambda: jobs.running is None)
    run = jobs.run
    assert isinstance(run, AlignRun)
    return run


def texts(work: Work) -> list[str]:
    return [one.text for one in work.history.document.cues]


def test_found_lines_come_as_one_step_with_the_lines_that_were_not_found(
    qtbot: QtBot, jobs: Jobs, begin: Callable[..., Work], said: list[Message]
) -> None:
    work = begin()
    before = work.history.document
    run = through(qtbot, jobs, work, plain())
    after = work.history.document
    assert run.end is End.DONE
    assert texts(work) == ["one two", "three four"]
    assert (after.unmatched, after.style) == ((Unmatched(3, "foreign words"),), "bbc")
    assert work.history.labels() == ("Time text",)
    work.history.undo()
    assert work.history.document == before
    work.history.redo()
    assert work.history.document == after
    (message,) = said
    assert (message.code, message.title) == (LEFT_OUT, "2 of 3 lines were found in the sound.")


def test_nothing_is_said_where_every_line_was_found(
    qtbot: QtBot, jobs: Jobs, begin: Callable[..., Work], said: list[Message]
) -> None:
    through(qtbot, jobs, begin(), plain(("one", "two")))
    assert said == []


def test_cues_that_are_there_make_way_but_for_locked_ones_and_what_has_no_room_is_told(
    qtbot: QtBot, jobs: Jobs, begin: Callable[..., Work], said: list[Message]
) -> None:
    work = begin(cue("kept", 1_100, locked=True), cue("old", 2_000))
    before = work.history.document
    run = through(qtbot, jobs, work, plain(replaces=True))
    assert texts(work) == ["kept", "three four"]
    assert run.left_out == 1
    assert "1 were left out, because cues stand there already." in said[0].text
    work.history.undo()
    assert work.history.document == before
    work.history.redo()
    assert texts(work) == ["kept", "three four"]


def test_an_old_subtitle_keeps_its_times_until_a_person_takes_the_new_ones(
    qtbot: QtBot, jobs: Jobs, begin: Callable[..., Work]
) -> None:
    olds = (cue("one two", 5_000), cue("foreign words", 6_000))
    work = begin(*olds)
    run = through(qtbot, jobs, work, AlignPlan(AlignJob("film.mp4", tuple(o.text for o in olds)), olds))
    assert work.history.document.cues == olds
    assert work.history.labels() == ()
    assert [(change.old, change.shift_ms, change.new is None) for change in run.changes] == [
        (olds[0], -4_000, False),
        (olds[1], 0, True),
    ]


def test_the_cues_of_an_opened_subtitle_come_first(qtbot: QtBot, jobs: Jobs, begin: Callable[..., Work]) -> None:
    olds = (cue("one two", 5_000), cue("three", 6_000))
    work = begin(cue("in the way", 100))
    plan = AlignPlan(AlignJob("film.mp4", tuple(o.text for o in olds)), olds, adds=True, replaces=True)
    run = through(qtbot, jobs, work, plan)
    assert work.history.document.cues == olds
    assert len(run.changes) == 2
    work.history.undo()
    assert texts(work) == ["in the way"]


def test_a_run_that_is_stopped_leaves_the_document_alone(qtbot: QtBot, jobs: Jobs, begin: Callable[..., Work]) -> None:
    work = begin(cue("there", 0))
    before = work.history.document
    jobs.align(work, plain(("one", "stay"), replaces=True))
    qtbot.waitUntil(lambda: jobs.run is not None and Stage.ALIGN in jobs.run.stages)
    jobs.stop()
    qtbot.waitUntil(lambda: jobs.running is None)
    assert jobs.run is not None
    assert jobs.run.end is End.STOPPED
    assert work.history.document == before


def test_a_run_that_fails_says_so_and_can_be_gone_on_with(
    qtbot: QtBot, jobs: Jobs, begin: Callable[..., Work], said: list[Message]
) -> None:
    run = through(qtbot, jobs, begin(), plain(("one", "fail")))
    assert run.end is End.FAILED
    assert said[0].code == STOPPED
    assert said[0].title.startswith("Timing the text stopped.")
    jobs.go_on()
    qtbot.waitUntil(lambda: jobs.running is None)
    assert jobs.run is not run
    assert isinstance(jobs.run, AlignRun)


def test_a_song_has_one_stage(engines: EngineBridge, begin: Callable[..., Work]) -> None:
    def shown(preset: str) -> tuple[Stage, ...]:
        order = AlignPlan(AlignJob("film.mp4", ("la",), preset=preset))
        return AlignRun(begin(), order, engines).stages_shown

    assert shown("song") == (Stage.ALIGN,)
    assert shown("speech") == (Stage.SPEECH, Stage.RECOGNISE, Stage.ALIGN)
