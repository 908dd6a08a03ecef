"""The process under fire: the real window, and a scripted person in it until it is killed.

Its folder holds films, subtitles and projects. Whatever lies there or in the recovery folder from the run before is
gone on with. What counts as done is said on stdout (`telling`). Anything that would fail a test ends the process.
"""

from __future__ import annotations

import logging
import os
import random
import sys
import traceback
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NoReturn

from PySide6.QtCore import QTimer

from app.application import Application, build, qt_application
from app.editor import works
from app.engine_bridge import EngineBridge
from app.jobs.run import JobRun
from app.messages import Message
from core.document.document import Document
from core.document.project import SUFFIX
from core.settings import Settings
from core.worker.client import EngineClient
from tests.app.storm.hands import Doing, Hands
from tests.app.storm.telling import say, state_of, tell_of_steps

RUNNER = "tests.fakes.quick_runs:run"
NAMES = ("one", "two", "three")
LOOK_MS = 3
"""Between two looks at what the person waits for."""
PATIENCE_LOOKS = 60_000
"""Three minutes at least: longer than a child may take to come up before its job is said to have failed."""

Waiting = Iterator[Callable[[], bool] | None]
"""A script: each yield is something to wait for, or None to let the window live for a moment."""


class User:
    """The person."""

    def __init__(self, program: Application, folder: Path, rng: random.Random) -> None:
        self._program, self._folder, self._rng = program, folder, rng
        self._hands = Hands(program, rng)
        self._until: Callable[[], bool] | None = None
        self._looks = self._openings = 0
        self._habits: dict[Callable[[], Waiting], int] = {
            self._edit: 40, self._recognise: 6, self._stop: 1, self._save_as: 3, self._save: 2, self._open: 2,
            self._import: 2, self._rest: 4,
        }  # fmt: skip
        self._script = self._live()
        self._listen()

    def look(self) -> None:
        """Go on with the script when what it waits for has come."""
        self._looks += 1
        if self._until is not None and not self._until():
            if self._looks > PATIENCE_LOOKS:
                give_up("waited in vain in " + repr(self._script))
            return
        self._until, self._looks = next(self._script), 0

    # ── what is said ─────────────────────────────────────────────────────────────────────────────

    def _listen(self) -> None:
        program = self._program
        program.opening.ended.connect(self._count)
        program.opening.opened.connect(lambda: self._say_state("opened"))
        program.session.bridge.changed.connect(lambda _changed: self._say_state("shown"))
        program.messages.said.connect(_said)
        program.jobs.started.connect(self._say_chunks)

    def _count(self) -> None:
        self._openings += 1

    def _say_state(self, kind: str) -> None:
        work = self._program.opening.work
        if work is None or work.project is None:
            give_up("the work shown is in no project")
        elif work.history is self._program.session.bridge.history and work.history._unwritten is None:
            say(kind, work.project.path, state_of(work.history.stack))

    def _say_chunks(self, run: JobRun) -> None:
        run.changed.connect(lambda: say("chunks", run.work.media_id, run.chunks[0]))

    # ── what is done ─────────────────────────────────────────────────────────────────────────────

    def _live(self) -> Waiting:
        yield from self._begin()
        while True:
            yield from self._rng.choices(tuple(self._habits), tuple(self._habits.values()))[0]()

    def _begin(self) -> Waiting:
        """Go on with what there is, else with a film."""
        there = [unnamed.path for unnamed in works.offered()] + sorted(self._folder.glob("*" + SUFFIX))
        yield from self._shown(self._rng.choice(there) if there and self._rng.random() < 0.7 else self._film())
        while self._program.opening.work is None:  # the media child got no turn on a busy machine
            yield from self._shown(self._film())
        if self._rng.random() < 0.5:
            yield from self._recognise()

    def _film(self) -> Path:
        return self._folder / self._rng.choice(("film.mp4", "talk.wav"))

    def _shown(self, path: Path) -> Waiting:
        before = self._openings
        self._program.opening.open(path)
        yield lambda: self._openings > before

    def _edit(self) -> Waiting:
        doing: Doing = self._hands.edit()
        for _ in doing:
            yield None

    def _recognise(self) -> Waiting:
        """Ask for a run and say yes; what it brings comes while other things are done."""
        program = self._program
        if program.jobs.running is None and program.session.info is not None:
            program.window.commands.refresh_now()
            program.window.commands["job.start"].trigger()
            yield None
            program.window.start_panel._start.click()
            yield None

    def _stop(self) -> Waiting:
        self._program.jobs.stop()
        yield None

    def _save_as(self) -> Waiting:
        work = self._program.opening.work
        assert work is not None
        assert work.project is not None
        to = self._folder / (self._rng.choice(NAMES) + SUFFIX)
        work.history.close_step()
        at, state = work.project.path, state_of(work.history.stack)
        say("moving", at, to, state)
        if self._program.keeping.save_as(to):
            say("moved", at, to, state)
        yield None

    def _save(self) -> Waiting:
        self._program.keeping.save()
        yield None

    def _open(self) -> Waiting:
        """Another film, or another piece of work; a job goes on where it was."""
        there = [self._film(), *self._folder.glob("*" + SUFFIX)]
        yield from self._shown(self._rng.choice(there))

    def _import(self) -> Waiting:
        """Subtitles for the film that is open, or by themselves."""
        before = self._openings
        self._program.opening.add_subtitles(self._folder / "import.srt")
        yield lambda: self._openings > before

    def _rest(self) -> Waiting:
        """What happens after half a minute without a step."""
        self._program.keeping.rest()
        yield None


def _said(message: Message) -> None:
    if message.kind != "info":
        say("told", message.code, message.title, message.details)


def give_up(why: str) -> NoReturn:
    """End the process: something happened that no storm explains."""
    print(why, file=sys.stderr, flush=True)
    os._exit(3)


class _NoWarnings(logging.Handler):
    """A logged warning fails a test, here too."""

    def emit(self, record: logging.LogRecord) -> None:
        """Called for warnings and above."""
        give_up(f"logged: {record.name}: {record.getMessage()}")


def live(folder: Path, seed: int) -> NoReturn:
    """Begin, and do things until killed."""
    sys.excepthook = lambda *error: give_up("".join(traceback.format_exception(*error)))
    logging.getLogger().addHandler(_NoWarnings(logging.WARNING))
    Document.checking = True
    tell_of_steps()
    qt = qt_application()
    settings = Settings(theme="dark", max_chunk_ms=5_000, volume_percent=0)
    program = build(settings, EngineBridge(engine=partial(EngineClient, runner=RUNNER)))
    program.window.show()
    program.begin([])
    user = User(program, folder, random.Random(seed))
    timer = QTimer()
    timer.timeout.connect(user.look)
    timer.start(LOOK_MS)
    qt.exec()
    give_up("the window was closed")
