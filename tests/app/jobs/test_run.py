"""A job brings cues into its own document: once, beneath what the person does, and as one step. Real children."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.editor.works import Work, Works
from app.engine_bridge import EngineBridge
from app.jobs.jobs import STOPPED, Jobs
from app.jobs.run import End, Plan, Spans
from app.messages import Message
from core.cue import Cue
from core.document import edits
from core.document.document import Document
from core.document.project import open_project
from core.events import Job
from core.worker.client import EngineClient
from tests.app.jobs.conftest import MEDIA
from tests.fakes.media_runs import info

RUNNER = "tests.fakes.cue_runs:run"


@pytest.fixture
def engines(qtbot: QtBot) -> Iterator[EngineBridge]:
    bridge = EngineBridge(engine=partial(EngineClient, runner=RUNNER))
    yield bridge
    bridge.close()


def plan(context: str = "chunks=4", *, replaces: bool = False) -> Plan:
    return Plan(Job("film.mp4", context=context), replaces=replaces)


def texts(work: Work) -> list[str]:
    return [cue.text for cue in work.history.document.cues]


def over(jobs: Jobs) -> bool:
    return jobs.run is not None and jobs.run.end is not None


def test_cues_come_to_the_document_and_are_one_step(qtbot: QtBot, jobs: Jobs, begin: Callable[..., Work]) -> None:
    work = begin()
    jobs.start(work, plan())
    qtbot.waitUntil(lambda: over(jobs))
    assert jobs.run is not None
    assert jobs.run.end is End.DONE
    assert texts(work) == ["word0", "word1", "word2", "word3"]
    assert work.history.labels() == ("Recognise",)
    work.history.undo()
    assert texts(work) == []


def test_what_came_is_on_disk(qtbot: QtBot, jobs: Jobs, begin: Callable[..., Work]) -> None:
    work = begin()
    jobs.start(work, plan())
    qtbot.waitUntil(lambda: over(jobs))
    assert work.project is not None
    work.close()
    with open_project(work.project.path) as again:
        assert again.restored.document == work.history.document


def test_edits_made_meanwhile_stay_on_top_of_the_job(
    qtbot: QtBot, jobs: Jobs, begin: Callable[..., Work], tmp_path: Path
) -> None:
    work = begin()
    jobs.start(work, plan(f"chunks=6 stay_at=3 until={tmp_path / 'on'}"))
    qtbot.waitUntil(lambda: len(texts(work)) >= 2)
    work.history.apply(edits.set_text(work.history.document, 0, "mine"))
    (tmp_path / "on").touch()
    qtbot.waitUntil(lambda: over(jobs))
    assert texts(work) == ["mine", "word1", "word2", "word3", "word4", "word5"]
    assert work.history.undo() == "Edit text"
    assert texts(work)[0] == "word0"
    assert len(texts(work)) == 6


def test_stopping_keeps_what_came_and_shows_nothing(
    qtbot: QtBot, jobs: Jobs, begin: Callable[..., Work], said: list[Message]
) -> None:
    work = begin()
    jobs.start(work, plan("chunks=200 stay_at=5"))
    qtbot.waitUntil(lambda: len(texts(work)) == 5)
    jobs.stop()
    qtbot.waitUntil(lambda: over(jobs))
    assert jobs.run is not None
    assert jobs.run.end is End.STOPPED
    assert len(texts(work)) == 5
    assert said == []


@pytest.mark.parametrize("misdeed", ["leave_at", "fail_at"])
def test_a_job_that_failed_goes_on_and_brings_no_cue_twice(
    qtbot: QtBot, jobs: Jobs, begin: Callable[..., Work], said: list[Message], tmp_path: Path, misdeed: str
) -> None:
    work = begin()
    jobs.start(work, plan(f"chunks=6 {misdeed}=3 flag={tmp_path / 'once'}"))
    qtbot.waitUntil(lambda: over(jobs))
    assert jobs.run is not None
    assert jobs.run.end is End.FAILED
    assert texts(work) == ["word0", "word1", "word2"]
    assert [message.code for message in said] == [STOPPED]
    assert "3 cues" in said[0].text
    work.history.apply(edits.delete(work.history.document, [1]))
    said[0].offers[0].run()
    qtbot.waitUntil(lambda: over(jobs))
    assert jobs.run.end is End.DONE
    assert texts(work) == ["word0", "word2", "word3", "word4", "word5"], "nothing twice, nothing deleted comes back"
    work.history.undo()
    assert texts(work) == ["word0", "word1", "word2", "word3", "word4", "word5"]
    work.history.undo()
    assert texts(work) == [], "both runs are one step"


def test_a_job_that_failed_can_be_gone_on_with_while_another_film_shows(
    qtbot: QtBot, jobs: Jobs, said: list[Message], tmp_path: Path
) -> None:
    works = Works()
    work = works.begin(Document(media=MEDIA), info=info("film.mp4"))
    jobs.start(work, plan(f"chunks=6 fail_at=3 flag={tmp_path / 'once'}"))
    qtbot.waitUntil(lambda: over(jobs))
    works.close_all_but(works.begin(Document()))
    said[0].offers[0].run()
    qtbot.waitUntil(lambda: over(jobs))
    assert [message.code for message in said] == [STOPPED]
    assert texts(work) == [f"word{n}" for n in range(6)]
    works.close_all_but(None)
    assert work not in works.open
    works.close()


def test_a_run_that_replaces_still_does_when_it_fails_before_its_first_cue_and_is_gone_on_with(
    qtbot: QtBot, jobs: Jobs, begin: Callable[..., Work], said: list[Message], tmp_path: Path
) -> None:
    work = begin(Cue((), 100, 3_900))
    jobs.start(work, plan(f"chunks=3 leave_at=0 flag={tmp_path / 'once'}", replaces=True))
    qtbot.waitUntil(lambda: over(jobs))
    assert texts(work) == [""]
    said[0].offers[0].run()
    qtbot.waitUntil(lambda: over(jobs))
    assert texts(work) == ["word0", "word1", "word2"]
    work.history.undo()
    assert texts(work) == [""]


def test_a_second_run_fills_only_where_there_is_nothing(qtbot: QtBot, jobs: Jobs, begin: Callable[..., Work]) -> None:
    mine = Cue((), 900, 1900)
    work = begin(mine)
    jobs.start(work, plan())
    qtbot.waitUntil(lambda: over(jobs))
    assert texts(work) == ["word0", "", "word2", "word3"]


def test_a_run_that_replaces_keeps_locked_cues_and_is_undone_as_one(
    qtbot: QtBot, jobs: Jobs, begin: Callable[..., Work]
) -> None:
    old, locked = Cue((), 0, 700), Cue((), 2000, 2500, locked=True)
    work = begin(old, locked)
    jobs.start(work, plan(replaces=True))
    qtbot.waitUntil(lambda: over(jobs))
    assert texts(work) == ["word0", "word1", "", "word3"]
    assert work.history.document.cues[2] == locked
    work.history.undo()
    assert work.history.document.cues == (old, locked)


def test_a_run_that_replaces_takes_nothing_before_it_brings_something(
    qtbot: QtBot, jobs: Jobs, begin: Callable[..., Work]
) -> None:
    old = Cue((), 0, 700)
    work = begin(old)
    jobs.start(work, plan("chunks=3 fail_at=0", replaces=True))
    qtbot.waitUntil(lambda: over(jobs))
    assert work.history.document.cues == (old,)


def test_the_style_of_the_language_found_comes_with_the_job(
    qtbot: QtBot, jobs: Jobs, begin: Callable[..., Work]
) -> None:
    work = begin()
    jobs.start(work, plan("chunks=2 style=netflix-de"))
    qtbot.waitUntil(lambda: over(jobs))
    assert work.history.document.style == "netflix-de"
    assert work.history.labels() == ("Recognise",)


@pytest.mark.parametrize("chunks", ["chunks=50 stay_at=5", "chunks=1"], ids=["in the middle", "through already"])
def test_a_job_whose_cues_cannot_be_kept_stops_and_says_why(
    qtbot: QtBot,
    jobs: Jobs,
    begin: Callable[..., Work],
    said: list[Message],
    monkeypatch: pytest.MonkeyPatch,
    chunks: str,
) -> None:
    """Also where the engine has said its last word before it hears that it shall stop."""
    from core.errors import DiskFull

    work = begin()

    def full(*_: object, **__: object) -> None:
        raise DiskFull(file="work.cuesmith")

    monkeypatch.setattr(type(work.project), "record", full)
    jobs.start(work, plan(chunks))
    qtbot.waitUntil(lambda: over(jobs))
    assert jobs.run is not None
    assert jobs.run.end is End.FAILED
    assert texts(work) == []
    assert "The disk is full" in said[0].title


def test_spans_meet_only_where_they_overlap() -> None:
    spans = Spans([(0, 100), (50, 200), (300, 400)])
    assert spans.touch(150, 250)
    assert spans.touch(0, 1000)
    assert not spans.touch(200, 300)
    assert not spans.touch(400, 500)
    spans.add(190, 310)
    assert spans.touch(250, 260)
