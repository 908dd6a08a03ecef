"""The strip above the editor while a job runs: time left, a bar a stage, stop. Knows no engine and no document."""

from __future__ import annotations

import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QWidget

from app.i18n import tr
from app.jobs.estimate import rounded_s
from app.jobs.run import SHOWN_STAGES, JobRun
from app.theme.fonts import Role, font, tabular
from app.widgets import Sign, column, holding, label, repolish, row
from app.wording import clock, cue_count, time_left
from core.progress import Stage

_STAGE_WIDTH_PX = 128
_TICK_MS = 1000


class JobStrip(QFrame):
    """What a job has come to."""

    def __init__(self, stop: QPushButton, parent: QWidget | None = None) -> None:
        """`stop` is drawn from the table of actions."""
        super().__init__(parent)
        self.setProperty("role", "strip")
        self.setAccessibleName(tr("Recognition"))
        self._run: JobRun | None = None
        self._stop = stop
        self._left = label(role="heading")
        self._speed = label(role="secondary", size=Role.SMALL)
        self._speed.setFont(tabular(font(Role.SMALL)))
        self._stages = {stage: _StageBar(_name_of(stage)) for stage in SHOWN_STAGES}
        texts = holding(column(self._left, self._speed, gap=2))
        texts.setMinimumWidth(190)
        layout: QHBoxLayout = row(texts, *self._stages.values(), None, stop, margins=(12, 8, 12, 8), gap=16)
        self.setLayout(layout)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.refresh)

    def show_run(self, run: JobRun | None) -> None:
        """Show this job; None = no job."""
        self._run = run
        self.setVisible(run is not None)
        if run is None:
            self._timer.stop()
            return
        self._timer.start()
        self.refresh()

    def refresh(self) -> None:
        """Say how far it has come."""
        run = self._run
        if run is None:
            return
        self._left.setText(_left_of(run))
        self._speed.setText(_place_of(run))
        recognised = run.stages.get(Stage.RECOGNISE)
        for stage, bar in self._stages.items():
            progress = run.stages.get(stage)
            begun_after = stage is Stage.SPEECH and recognised is not None
            bar.set_share(1.0 if begun_after else progress.share if progress is not None else None)
            bar.setVisible(stage in run.stages_shown)
        kept = tr("Stop, keep {0}").format(cue_count(run.cues)) if run.cues else tr("Stop")
        self._stop.setText(kept)
        self._stop.setAccessibleName(kept)


class _StageBar(QWidget):
    """A stage: sign, name, percent, bar."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setFixedWidth(_STAGE_WIDTH_PX)
        self._name = name
        self._sign = Sign("clock", "text3", 14)
        self._share = label(role="secondary", size=Role.SMALL)
        self._share.setFont(tabular(font(Role.SMALL)))
        self._bar = QProgressBar()
        self._bar.setProperty("role", "stage")
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 100)
        self._bar.setAccessibleName(name)
        head = holding(row(self._sign, label(name, size=Role.SMALL), None, self._share, gap=6))
        self.setLayout(column(head, self._bar, gap=4))

    def set_share(self, share: float | None) -> None:
        """How much is done, 0..1; None = not begun, or not known."""
        percent = 0 if share is None else int(100 * share)
        done = percent >= 100
        sign = ("check", "measured") if done else ("play", "accent") if share is not None else ("clock", "text3")
        self._sign.show_icon(*sign)
        self._share.setText("" if done or share is None else tr("{0} %").format(percent))
        self._bar.setValue(percent)
        if self._bar.property("done") != done:
            self._bar.setProperty("done", done)
            repolish(self._bar)


def _name_of(stage: Stage) -> str:
    return {
        Stage.SPEECH: tr("Find speech"),
        Stage.RECOGNISE: tr("Recognise"),
        Stage.ALIGN: tr("Time words"),
    }[stage]


def _left_of(run: JobRun) -> str:
    if run.recognizer is None:
        return tr("Starting")
    left_s = run.estimate.left_s(time.monotonic())
    return tr("Finding out how long it takes") if left_s is None else time_left(rounded_s(left_s))


def _place_of(run: JobRun) -> str:
    """Speed and place, and the film's name where it helps."""
    info = run.work.info
    duration_ms = info.duration_ms if info is not None else 0
    place = tr("{0} of {1}").format(clock(run.place_ms), clock(duration_ms))
    speed = run.estimate.speed()
    return place if speed is None else tr("{0}× real time · {1}").format(f"{speed:.1f}", place)
