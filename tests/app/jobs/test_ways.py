"""A job whose engine failed: what is said, and that each way it can be gone on with is really gone. Real children."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.editor.works import Work, Works
from app.engine_bridge import EngineBridge
from app.jobs.jobs import STOPPED, Jobs
from app.jobs.run import End, JobRun, Plan
from app.jobs.ways import Way, ways
from app.messages import Message
from core.document.document import Document, MediaRef
from core.document.history import History
from core.engine import EngineInfo
from core.errors import CuesmithError, DiskFull, EngineError, EngineMemory, UnknownMessage, WorkerDied, WorkerHung
from core.events import Job
from core.worker.actor import Patience
from core.worker.client import EngineClient
from tests.fakes.media_runs import info

RUNNER = "tests.fakes.heavy_runs:run"
GO_ON, SMALLER, PROCESSOR, DRAFT = (
    "Go on",
    "Go on with smaller batches",
    "Go on on the processor",
    "Rough draft of the rest",
)
HEAVY = EngineInfo("heavy", "Heavy", ("en",), gives_words=True, device="cuda:0", rows=8)
PLAIN = EngineInfo("plain", "Plain", ("en",), gives_words=True)
BUILTIN = EngineInfo("builtin", "Built-in", ("en",), gives_words=True)
QUICK = Patience(silence_s=6.0)
"""Long enough for a child to come up on a busy machine."""


# ── what is offered ──────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def failed(qtbot: QtBot) -> Callable[..., JobRun]:
    """Makes runs that failed."""

    def make(error: CuesmithError, engine: EngineInfo | None = HEAVY, **job: object) -> JobRun:
        run = JobRun(Work(History()), Plan(Job("film.mp4", **job)), None)  # type: ignore[arg-type]
        run.error, run.recognizer, run.end = error, engine, End.FAILED
        return run

    return make


def texts(found: tuple[Way, ...]) -> list[str]:
    return [way.text for way in found]


@pytest.mark.parametrize(
    ("error", "engine", "offered"),
    [
        (EngineMemory(engine="heavy", device="cuda:0"), HEAVY, [SMALLER, PROCESSOR, GO_ON]),
        (WorkerDied(child="engine", cause="killed"), HEAVY, [GO_ON, SMALLER, PROCESSOR]),
        (WorkerHung(child="engine", seconds=30), HEAVY, [GO_ON, SMALLER, PROCESSOR]),
        (UnknownMessage(child="engine", what="noise"), HEAVY, [GO_ON, PROCESSOR, DRAFT]),
        (EngineError(engine="heavy", cause="a fault"), PLAIN, [GO_ON, DRAFT]),
        (WorkerDied(child="engine", cause="killed"), BUILTIN, [GO_ON]),
        (WorkerDied(child="engine", cause="killed"), None, [GO_ON]),
        (DiskFull(file="x"), HEAVY, [GO_ON]),
    ],
)
def test_the_ways_fit_what_happened_and_what_there_is(
    failed: Callable[..., JobRun], error: CuesmithError, engine: EngineInfo | None, offered: list[str]
) -> None:
    assert texts(ways(failed(error, engine))) == offered


def test_smaller_steps_get_smaller_until_one_clip_is_taken_at_once(failed: Callable[..., JobRun]) -> None:
    died = WorkerDied(child="engine", cause="killed")
    rows, seen = 0, []
    while SMALLER in texts(ways(failed(died, rows=rows))):
        rows = next(way.changes["rows"] for way in ways(failed(died, rows=rows)) if way.text == SMALLER)
        seen.append(rows)
    assert seen == [2, 1]


def test_a_rough_english_draft_is_not_offered_for_another_language(failed: Callable[..., JobRun]) -> None:
    error = EngineError(engine="plain", cause="a fault")
    assert texts(ways(failed(error, PLAIN, languages=("de",)))) == [GO_ON]
    found_out = failed(error, PLAIN)
    found_out.language = "ja"
    assert texts(ways(found_out)) == [GO_ON]


def test_the_draft_begins_where_recognition_stopped(failed: Callable[..., JobRun]) -> None:
    run = failed(EngineError(engine="plain", cause="a fault"), PLAIN, model_dir="/models/x", from_ms=1_000)
    run.recognised_ms = 61_000
    changes = ways(run)[1].changes
    assert (changes["from_ms"], changes["engine"], changes["model_dir"]) == (61_000, "builtin", "")


# ── what is said, and what is done ───────────────────────────────────────────────────────────────


@pytest.fixture
def engines(qtbot: QtBot) -> Iterator[EngineBridge]:
    bridge = EngineBridge(engine=lambda deliver, patience: EngineClient(deliver, patience=QUICK, runner=RUNNER))
    yield bridge
    bridge.close()


@pytest.fixture
def work() -> Iterator[Work]:
    works = Works()
    yield works.begin(Document(media=MediaRef("film.mp4", 1, "film")), info=info("film.mp4"))
    works.close()


@pytest.fixture
def start(qtbot: QtBot, jobs: Jobs, work: Work, tmp_path: Path) -> Callable[[str], None]:
    """Runs a job whose engine does this, until it is over."""

    def run(misdeed: str) -> None:
        jobs.start(work, Plan(Job("film.mp4", context=f"chunks=6 heavy={misdeed} heard={tmp_path / 'heard'}")))
        qtbot.waitUntil(partial(over, jobs))

    return run


def over(jobs: Jobs) -> bool:
    return jobs.run is not None and jobs.run.end is not None


def cues(work: Work) -> list[str]:
    return [cue.text for cue in work.history.document.cues]


SAYS = {
    "memory": "There is not enough memory on cuda:0 for the engine “heavy”.",
    "killed": "The engine process ended unexpectedly (killed by the system, probably for lack of memory).",
    "hung": "The engine process gave no sign for 6 s and was ended.",
    "nonsense": "The engine process sent something unreadable",
}


@pytest.mark.parametrize(
    ("misdeed", "way"), [("memory", SMALLER), ("killed", PROCESSOR), ("hung", SMALLER), ("nonsense", DRAFT)]
)
def test_what_happened_is_said_and_the_way_that_is_taken_brings_the_rest(
    qtbot: QtBot,
    jobs: Jobs,
    work: Work,
    start: Callable[[str], None],
    said: list[Message],
    tmp_path: Path,
    misdeed: str,
    way: str,
) -> None:
    start(misdeed)
    [message] = said
    assert message.code == STOPPED
    assert SAYS[misdeed] in message.title
    assert "Kept so far, with your edits: 3 cues." in message.text
    assert cues(work) == ["word0", "word1", "word2"]
    next(offer for offer in message.offers if offer.text == way).run()
    qtbot.waitUntil(partial(over, jobs))
    assert jobs.run is not None
    assert jobs.run.end is End.DONE
    assert cues(work) == [f"word{n}" for n in range(6)]
    heard = (tmp_path / "heard").read_text().split()
    assert heard == [f"word{n}" for n in range(6)], "nothing was recognised twice"
    assert work.history.labels() == ("Recognise",), "one step, however often it was gone on with"


def test_going_on_as_it_was_fails_as_it_did_and_offers_again(
    qtbot: QtBot, jobs: Jobs, work: Work, start: Callable[[str], None], said: list[Message]
) -> None:
    start("memory")
    said[-1].offers[-1].run()
    qtbot.waitUntil(lambda: len(said) == 2)
    assert [offer.text for offer in said[1].offers] == [SMALLER, PROCESSOR, GO_ON]
    assert cues(work) == ["word0", "word1", "word2"]
