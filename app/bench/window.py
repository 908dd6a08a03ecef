"""`cuesmith bench window`: does the window wait for work? Start-up, a second film under a running job, and typing.

Uses the real window offscreen, real children, the sample film and a recording it makes, in a home of its own. Measures
only; what is good enough stands in the tests' RESULTS.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import time
import wave
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from PySide6.QtCore import QElapsedTimer, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest

from app.throwaway import throwaway_home
from core.paths import resource

_STARTS = 5
_SYNCS = 50
_SECOND_FILM_MINUTES = 60
_RATE = 16_000
_TICK_MS = 2
_SENTENCE = "The last boat leaves at nine, and nobody says a word. "
_BETWEEN_KEYS_MS = 60
_PATIENCE_MS = 60_000

START = """
import sys, time
from app.application import build, qt_application
qt = qt_application()
made = build()
made.window.show()
qt.processEvents()
print(time.time(), time.process_time(), *(name for name in sys.argv[1:] if name in sys.modules))
made.close()
"""

HEAVY = ("torch", "transformers", "av", "onnxruntime", "huggingface_hub")
"""What the window's process must never import."""


def measure(**_: object) -> dict[str, Any]:
    """Start-up in s; first waveform, longest gaps of the event loop, keys to the screen, forced writes in ms."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with throwaway_home() as folder:
        second = _recording(folder / "second.wav")
        return {"start_s": start_up(), **_under_load(second), "disk_sync_ms": _disk_sync(folder)}


def start_up(times: int = _STARTS) -> dict[str, float]:
    """From starting Python to the window on the screen, in s; the first start warms the disk's cache and is left out.

    "work": processor time of it, which is what is left where no other program wants the processor.

    Raises:
        RuntimeError: the window's process imported something of `HEAVY`.
    """
    starts = [_one_start() for _ in range(times + 1)][1:]
    took, worked = [start[0] for start in starts], [start[1] for start in starts]
    figures = {"median": median(took), "min": min(took), "max": max(took), "work": median(worked)}
    return {name: round(value, 3) for name, value in figures.items()}


def _one_start() -> tuple[float, float]:
    began = time.time()
    done = subprocess.run(
        [sys.executable, "-c", START, *HEAVY], capture_output=True, text=True, check=True, timeout=120
    )
    shown, worked, *heavy = done.stdout.split()
    if heavy:
        raise RuntimeError(f"the window imported {', '.join(heavy)}")
    return float(shown) - began, float(worked)


def _under_load(second: Path) -> dict[str, Any]:
    from app.application import build, qt_application

    qt_application()
    made = build()
    made.window.show()
    try:
        _job_on_the_sample(made)
        with Gaps() as gaps:
            first_wave_ms = _open_second(made, second)
            opening_gap_ms = gaps.longest_ms
            gaps.begin()
            keys_ms = _type(made)
            running = made.jobs.running is not None
        return {
            "first_wave_ms": round(first_wave_ms),
            "longest_gap_opening_ms": round(opening_gap_ms, 1),
            "longest_gap_typing_ms": round(gaps.longest_ms, 1),
            "longest_work_typing_ms": round(gaps.longest_work_ms, 1),
            "key_ms": {"median": round(median(keys_ms), 1), "max": round(max(keys_ms), 1), "keys": len(keys_ms)},
            "job_ran_throughout": running,
        }
    finally:
        made.close()


def _job_on_the_sample(made: Any) -> None:
    """Recognise the sample; returns when the engine works on a passage."""
    made.opening.open(resource("sample", "last_boat.mp4"))
    wait_for(lambda: made.session.info is not None)
    made.window.start_panel.ask(made.opening.work)
    made.jobs.start(made.opening.work, made.window.start_panel.plan())
    wait_for(lambda: made.jobs.run is not None and made.jobs.run.recognizer is not None)


def _open_second(made: Any, second: Path) -> float:
    """Open another film; ms until some of its waveform is on the screen."""
    clock = QElapsedTimer()
    clock.start()
    made.opening.open(second)
    wait_for(lambda: made.session.info is not None and made.session.info.path == str(second))
    wait_for(lambda: made.session.peaks is not None and made.session.peaks.built_ms > 0)
    made.window.page.timeline.view.repaint()
    return float(clock.elapsed())


def _type(made: Any) -> list[float]:
    """Type a sentence; ms from each key to the text on the screen."""
    bridge, editor = made.session.bridge, made.window.page.text_box.editor
    from core.document import edits

    bridge.apply(edits.insert(bridge.document, 1_000, 4_000, "Boat"))
    bridge.select_row(0)
    made.window.page.text_box.focus_text()
    took: list[float] = []
    for key in _SENTENCE:
        began = time.perf_counter()
        QTest.keyClick(editor, key)  # type: ignore[call-overload]  # a str is a key too
        editor.viewport().repaint()
        took.append((time.perf_counter() - began) * 1000)
        run_for(_BETWEEN_KEYS_MS)
    return took


class Gaps(QObject):
    """The event loop's longest gap: how late a timer of 2 ms came, at most.

    Attributes:
        longest_ms: since `begin`, by the clock.
        longest_work_ms: the processor time of the window's thread between two ticks, at most: what is left of a gap
            where no other program wants the processor and the disk.
    """

    def __init__(self) -> None:
        super().__init__()
        self.longest_ms = self.longest_work_ms = 0.0
        self._at = self._worked = math.nan
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)

    def __enter__(self) -> Gaps:
        self.begin()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.stop()

    def begin(self) -> None:
        """Measure anew."""
        self.longest_ms = self.longest_work_ms = 0.0
        self._at, self._worked = time.perf_counter(), time.thread_time()
        self._timer.start()

    def _tick(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.longest_ms = max(self.longest_ms, (now - self._at) * 1000 - _TICK_MS)
        self.longest_work_ms = max(self.longest_work_ms, (worked - self._worked) * 1000)
        self._at, self._worked = now, worked


def _disk_sync(folder: Path) -> dict[str, float]:
    """What one forced write costs here: an edit is on disk before it shows, so no key can be quicker at its step."""
    took: list[float] = []
    with (folder / "sync").open("wb", buffering=0) as file:
        for _ in range(_SYNCS):
            file.write(bytes(4096))
            began = time.perf_counter()
            os.fsync(file.fileno())
            took.append((time.perf_counter() - began) * 1000)
    return {"median": round(median(took), 1), "max": round(max(took), 1)}


def wait_for(done: Callable[[], object]) -> None:
    """Let the window live until `done`.

    Raises:
        RuntimeError: not in a minute.
    """
    clock = QElapsedTimer()
    clock.start()
    while not done():
        if clock.elapsed() > _PATIENCE_MS:
            raise RuntimeError("the window did not come so far in a minute")
        run_for(5)


def run_for(ms: int) -> None:
    """Let the window live for so long, as its own event loop does.

    Not QTest.qWait: PySide's (6.11.3) keeps Python's lock for the whole wait, so that the threads which bring the
    children's replies stand still, and a gap they cause is not seen.
    """
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def _recording(path: Path) -> Path:
    """An hour of noise that swells."""
    at = np.arange(_RATE * 60) / _RATE
    noise = np.random.default_rng(1).normal(0, 3000, len(at)) * np.abs(np.sin(2 * np.pi * 2 * at))
    minute = noise.astype("<i2").tobytes()
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, _RATE, 0, "NONE", ""))
        for _ in range(_SECOND_FILM_MINUTES):
            file.writeframes(minute)
    return path
