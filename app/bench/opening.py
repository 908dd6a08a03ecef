"""`cuesmith bench opening`: how soon a project of three hours can be worked in. Knows what is seen, not how it is made.

Uses the real window offscreen, real children and a recording of three hours, in a home of its own. The project has what
an engine made of every chunk, as one that was recognised here. “Usable” is taken literally: the rows of the table and
the blocks of the timeline are painted, and a key has gone to the next cue, whose text stands in the text box.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.bench.window import Gaps, run_for, wait_for
from app.throwaway import throwaway_home
from core import paths
from core.bench.project import passages, three_hours
from core.document.document import MediaRef
from core.document.project import create_project
from core.media.identity import media_id

_TIMES = 5
_MINUTES = 180
_RATE = 8_000
_SETTLE_MS = 500

WHOLE = """
import sys, time
from PySide6.QtCore import QTimer
from app.application import build, qt_application
from app.bench.opening import answer_a_key, shown
qt = qt_application()
made = build()
made.window.show()
QTimer.singleShot(0, lambda: made.begin(sys.argv[1:]))
shown(made)
answer_a_key(made)
print(time.time(), time.process_time())
made.close()
"""


@dataclass(frozen=True, slots=True)
class _Opened:
    """One opening, in ms: to the answered key, processor time of that, to the film, and the longest time for which the
    window's thread looked up at nothing, by the clock and in processor time."""

    usable: float
    work: float
    film: float
    gap: float
    gap_work: float


def measure(*, cues: int = 5_000, words: int = 50_000) -> dict[str, Any]:
    """How soon such a project can be worked in: median, min and max of five, in ms.

    Returns:
        usable_ms: in a window that is there, from the wish to the answered key; work_ms: processor time of that, which
        is what is left where no other program wants the processor; film_ms: until the film has joined; gap_ms,
        gap_work_ms: the window's longest gap until half a second after that, by the clock and its thread's work in it;
        brought_ms, brought_gap_ms, brought_gap_work_ms: the same where the project was brought from another machine,
        so that nothing of what is in it lies here yet;
        from_start_ms: to the answered key from starting Python with the file, and its processor time.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with throwaway_home() as folder:
        project = _project(folder, cues, words)
        whole = [_whole(project) for _ in range(_TIMES + 1)][1:]
        opened = [_in_a_window(project) for _ in range(_TIMES)]
        brought = [_brought(project) for _ in range(_TIMES)]
        return {
            "usable_ms": _summed([one.usable for one in opened]),
            "work_ms": _summed([one.work for one in opened]),
            "film_ms": _summed([one.film for one in opened]),
            "gap_ms": _summed([one.gap for one in opened]),
            "gap_work_ms": _summed([one.gap_work for one in opened]),
            "brought_ms": _summed([one.usable for one in brought]),
            "brought_gap_ms": _summed([one.gap for one in brought]),
            "brought_gap_work_ms": _summed([one.gap_work for one in brought]),
            "from_start_ms": _summed([one[0] for one in whole]),
            "from_start_work_ms": _summed([one[1] for one in whole]),
        }


def shown(made: Any) -> None:
    """Returns when the cues are in table and timeline, and both are painted."""
    wait_for(lambda: made.session.bridge.document.cues and made.window.page.isVisible())
    made.window.page.table.view.viewport().repaint()
    made.window.page.timeline.view.repaint()


def answer_a_key(made: Any) -> None:
    """Press Down twice where the keys are; returns when another cue's text is painted in the text box.

    Raises:
        RuntimeError: the key changed nothing.
    """
    page, bridge = made.window.page, made.session.bridge
    before = bridge.current
    for _ in range(2):  # where no cue is current, the first one goes to the first cue
        QTest.keyClick(page.table.view, Qt.Key.Key_Down)
    cue = bridge.current_cue()
    page.text_box.editor.viewport().repaint()
    if cue is None or cue.id == before or page.text_box.editor.toPlainText() != cue.text:
        raise RuntimeError("the window is there and does not answer a key")


def _in_a_window(project: Path) -> _Opened:
    """In a fresh window that has come to rest."""
    from app.application import build, qt_application

    qt_application()
    made = build()
    made.window.show()
    made.begin([])
    run_for(_SETTLE_MS)
    began, worked = time.perf_counter(), time.process_time()
    try:
        with Gaps() as gaps:
            made.opening.open(project)
            shown(made)
            answer_a_key(made)
            usable, work = time.perf_counter() - began, time.process_time() - worked
            wait_for(lambda: made.session.info is not None)
            film = time.perf_counter() - began
            run_for(_SETTLE_MS)
            return _Opened(usable * 1000, work * 1000, film * 1000, gaps.longest_ms, gaps.longest_work_ms)
    finally:
        made.close()
        run_for(_SETTLE_MS)


def _brought(project: Path) -> _Opened:
    """The same where nothing that an engine made lies on this machine but in the project."""
    shutil.rmtree(paths.results_dir(), ignore_errors=True)
    return _in_a_window(project)


def _whole(project: Path) -> tuple[float, float]:
    began = time.time()
    command = [sys.executable, "-c", WHOLE, str(project)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    ended, worked = map(float, done.stdout.split())
    return (ended - began) * 1000, worked * 1000


def _project(folder: Path, cues: int, words: int) -> Path:
    film, path = _recording(folder / "film.wav"), folder / "film.cuesmith"
    media = MediaRef(str(film), film.stat().st_size, media_id(film), 1, _MINUTES * 60_000)
    document = three_hours(cues, words // cues, media)
    with create_project(path, document=document) as project:
        project.results.put_all(passages(document))
    return path


def _recording(path: Path) -> Path:
    """Three hours of a faint tone."""
    second = bytes(128 + (at // 20) % 2 for at in range(_RATE))
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 1, _RATE, 0, "NONE", ""))
        for _ in range(_MINUTES):
            file.writeframes(second * 60)
    return path


def _summed(took: Sequence[float]) -> dict[str, int]:
    return {"median": round(median(took)), "min": round(min(took)), "max": round(max(took))}
