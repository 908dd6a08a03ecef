"""A text that is being timed when the engine's child is killed: “Go on” does the rest. Real child, real engine."""

from __future__ import annotations

import os
import signal
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.editor.works import Work, Works, media_ref
from app.engine_bridge import EngineBridge
from app.jobs.align_run import AlignPlan
from app.jobs.jobs import STOPPED, Jobs
from app.jobs.run import End, JobRun
from app.messages import Message, Messages
from core.document.document import Document
from core.events import AlignJob
from core.media.info import MediaInfo
from core.media.probe import probe
from core.paths import resource
from core.sphinx import pcm16
from tests.media_fixtures import samples_of

SOUND_MS = 20_000
LINES = tuple(resource("sample", "last_boat.txt").read_text().splitlines())[:5]
PATIENCE_MS = 250_000


@pytest.fixture
def recording(tmp_path: Path) -> MediaInfo:
    """The beginning of the sample film, its sound alone."""
    path = tmp_path / "boat.wav"
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 2, 16_000, 0, "NONE", ""))
        out.writeframes(pcm16(samples_of(resource("sample", "last_boat.mp4"), to_ms=SOUND_MS)[0]))
    return probe(path)


@pytest.fixture
def engines(qtbot: QtBot) -> Iterator[EngineBridge]:
    bridge = EngineBridge()
    yield bridge
    bridge.close()


@pytest.fixture
def begin(recording: MediaInfo) -> Iterator[Callable[[], Work]]:
    works = Works()
    yield lambda: works.begin(Document(media=media_ref(recording)), info=recording)
    works.close()


def run_of(jobs: Jobs) -> JobRun:
    assert jobs.run is not None
    return jobs.run


def times(work: Work) -> list[tuple[str, int, int]]:
    return [(word.text, word.start_ms, word.end_ms) for cue in work.history.document.cues for word in cue.words]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_text_whose_timing_was_killed_is_gone_on_with_and_comes_out_the_same(
    qtbot: QtBot,
    engines: EngineBridge,
    begin: Callable[[], Work],
    recording: MediaInfo,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    messages, said = Messages(), list[Message]()
    messages.said.connect(said.append)
    jobs = Jobs(engines, messages)
    plan = AlignPlan(AlignJob(recording.path, LINES, engine="builtin", aligner="builtin", style="netflix-en"))
    killed = begin()
    jobs.align(killed, plan)
    stopped = run_of(jobs)
    pid: list[int] = []

    def kill_at_the_first_piece() -> None:
        child = engines.engine.child_pid
        if stopped.chunks[0] and child is not None and not pid:
            pid.append(child)
            os.kill(child, signal.SIGKILL)

    stopped.changed.connect(kill_at_the_first_piece)
    qtbot.waitUntil(lambda: stopped.end is not None, timeout=PATIENCE_MS)
    assert (stopped.end, [message.code for message in said]) == (End.FAILED, [STOPPED])
    assert times(killed) == []
    said[0].offers[0].run()
    again, notes = run_of(jobs), list[tuple[int, int]]()
    again.changed.connect(lambda: notes.append(again.chunks))
    qtbot.waitUntil(lambda: again.end is not None, timeout=PATIENCE_MS)
    assert again.end is End.DONE
    assert next(done for done, of in notes if of) >= 1, "what was heard came from the store"
    monkeypatch.setenv("CUESMITH_HOME", str(Path(recording.path).parent / "undisturbed"))
    whole = begin()
    jobs.align(whole, plan)
    qtbot.waitUntil(lambda: run_of(jobs).end is not None, timeout=PATIENCE_MS)
    assert times(killed) == times(whole) != []
