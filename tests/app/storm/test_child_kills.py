"""Kill -9 on the window's children at any moment: the window lives and says so, the work goes on, nothing is lost.

Window, film and files are real, and so are the children; only the recognizer answers at once. Reading begins with an
empty cache each time, so that there is something to kill.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from pytestqt.qtbot import QtBot

from app.application import Application
from app.editor.opening_words import CHILD_FAILED
from app.editor.works import Work
from app.engine_bridge import EngineBridge
from app.jobs.jobs import STOPPED
from app.jobs.run import End, JobRun, Plan
from app.messages import Message
from core import paths
from core.document.document import Bookmark
from core.document.edits import set_field
from core.document.project import open_project
from core.events import Job
from core.paths import resource
from core.settings import Settings
from core.worker.client import EngineClient
from tests.fakes import quick_runs

RUNNER = "tests.fakes.quick_runs:run"
FILM: Final = resource("sample", "last_boat.mp4")
PATIENCE_MS: Final = 120_000
ENDS: Final = (
    "process ended unexpectedly (killed by the system, probably for lack of memory)",
    "gave no sign for",  # a machine so busy that a child gets no turn for half a minute
)


class Barrage:
    """A person at a window whose children are killed.

    Attributes:
        deaths: how many were killed. told: how often the person was told so. jobs: how many were brought to their end.
        marks: steps of the person's own.
    """

    def __init__(self, qtbot: QtBot, program: Application, seed: int) -> None:
        self._qtbot, self._program = qtbot, program
        self._rng = random.Random(seed)
        self._news: list[Message] = []
        self.deaths = self.told = self.jobs = self.marks = 0
        program.messages.said.connect(self._news.append)

    def run(self, kills: int) -> None:
        """One job undisturbed, then kills while it is done again and again and the film is read.

        A kill may come when nothing is under way, and is no news then; one at least is.
        """
        self._program.opening.open(FILM)
        self._wait(self._is_read)
        expected = self._job(lambda: None)
        while self.deaths < kills or not self.told:
            assert self._job(self._disturb) == expected

    @property
    def work(self) -> Work:
        """What is shown."""
        work = self._program.opening.work
        assert work is not None
        return work

    def _disturb(self) -> None:
        """Something of the person's own, then a death."""
        self._mark()
        if self._rng.random() < 0.3:
            self._kill_reading()
        elif self._rng.random() < 0.8:
            self._live(self._rng.randrange(700))
            self._kill(self._program.engines.engine.child_pid)

    # ── a job ────────────────────────────────────────────────────────────────────────────────────

    def _job(self, disturb: Callable[[], None]) -> list[str]:
        """A job to its end, by “Go on” as often as it stops; the texts it brought."""
        self.jobs += 1
        quick_runs.heard_list().unlink(missing_ok=True)
        job = Job(str(FILM), context=f"job {self.jobs}", max_chunk_ms=5_000)  # each recognises anew
        self._program.jobs.start(self.work, Plan(job, replaces=True))
        kept: Counter[tuple[str, int]] = Counter()
        while self._ended(disturb).end is not End.DONE:
            kept = self._not_again(kept)
            self._take_news(STOPPED).offers[0].run()
        self._not_again(kept)
        return [cue.text for cue in self.work.history.document.cues]

    def _ended(self, disturb: Callable[[], None]) -> JobRun:
        disturb()
        self._wait(lambda: self._program.jobs.running is None)
        run = self._program.jobs.run
        assert run is not None
        return run

    def _not_again(self, kept: Counter[tuple[str, int]]) -> Counter[tuple[str, int]]:
        """What counted as done was not begun again; what counts as done now, and how often it was begun.

        More than once is right for a passage whose child was killed in the middle of it.
        """
        begun = Counter(quick_runs.heard())
        assert not [one for one, times in kept.items() if begun[one] > times], "a finished passage was recognised again"
        run = self._program.jobs.run
        assert run is not None
        return Counter({one: begun[one] for one in sorted(begun)[: run.chunks[0]]})

    # ── reading ──────────────────────────────────────────────────────────────────────────────────

    def _kill_reading(self) -> None:
        """While the child looks into the film or reads it, perhaps with a job under way."""
        shutil.rmtree(paths.cache_dir(), ignore_errors=True)
        self._program.opening.open(FILM)
        self._live(self._rng.randrange(500))
        self._kill(self._program.engines.media.child_pid)
        self._wait(self._is_read_at_last)

    def _is_read(self) -> bool:
        session = self._program.session
        return session.peaks is not None and session.peaks.complete and bool(session.speech)

    def _is_read_at_last(self) -> bool:
        """“Try again” where the child was killed at it."""
        if any(message.code == CHILD_FAILED for message in self._news):
            self._take_news(CHILD_FAILED).offers[0].run()
            return False
        return self._is_read()

    # ── both ─────────────────────────────────────────────────────────────────────────────────────

    def _kill(self, pid: int | None) -> None:
        if pid is not None:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                self.deaths += 1
        assert self._program.window.isVisible()

    def _mark(self) -> None:
        bridge = self._program.session.bridge
        marks = (*bridge.document.bookmarks, Bookmark(self.marks * 10))
        assert bridge.apply(set_field(bridge.document, "bookmarks", marks))
        self.marks += 1

    def _take_news(self, code: str) -> Message:
        """The message of this code; it says what happened and what can be done."""
        self._wait(lambda: any(message.code == code for message in self._news))
        message = next(message for message in self._news if message.code == code)
        self._news.remove(message)
        self.told += 1
        assert any(end in message.title for end in ENDS), message.title
        assert message.offers
        return message

    def _wait(self, until: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(until, timeout=PATIENCE_MS)

    def _live(self, ms: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(ms, loop.quit)
        loop.exec()


@pytest.fixture
def program(start: Callable[..., Application]) -> Application:
    bridge = EngineBridge(engine=partial(EngineClient, runner=RUNNER))
    return start(bridge, Settings(theme="dark", volume_percent=0))


def barrage(qtbot: QtBot, program: Application, kills: int, seed: int) -> Barrage:
    """So many deaths; afterwards every step of the person's own is in the file."""
    done = Barrage(qtbot, program, seed)
    done.run(kills)
    work = done.work
    program.close()
    assert work.project is not None
    with open_project(Path(work.project.path)) as again:
        assert again.notices == ()
        assert again.restored.document == work.history.document
        assert len(again.restored.document.bookmarks) == done.marks
    return done


@pytest.mark.timeout(1_200)
def test_five_kills_of_the_children_lose_nothing(qtbot: QtBot, program: Application) -> None:
    barrage(qtbot, program, 5, 4)


@pytest.mark.slow
@pytest.mark.timeout(3_600)
def test_a_hundred_kills_of_the_children_lose_nothing(qtbot: QtBot, program: Application) -> None:
    done = barrage(qtbot, program, 100, 1)
    print(f"{done.deaths} kills, {done.told} told, {done.jobs} jobs through, {done.marks} steps, 0 lost")
