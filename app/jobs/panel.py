"""The job in full, for the review pane: engine, device, language, passages, memory, and what it noticed."""

from __future__ import annotations

from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QVBoxLayout, QWidget

from app.i18n import tr
from app.jobs.run import JobRun
from app.theme.fonts import Role
from app.widgets import Sign, column, framed, holding, label, row
from core.language import name_of
from core.worker.messages import Heartbeat

_FIELDS = ("engine", "device", "language", "sound", "passages", "memory")


class JobPanel(QWidget):
    """What a job does and met."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Job"))
        self._run: JobRun | None = None
        self._values: dict[str, QLabel] = {name: label(wraps=True) for name in _FIELDS}
        self._shown = 0
        form = QFormLayout()
        form.setContentsMargins(12, 12, 12, 12)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        for name, title in zip(_FIELDS, _titles(), strict=True):
            form.addRow(label(title, "secondary"), self._values[name])
        self._notices = QVBoxLayout()
        self._notices.setContentsMargins(0, 0, 0, 0)
        self._notices.setSpacing(0)
        note = label(
            tr("Stopping keeps everything. You can go on later, also after closing the program."),
            "third",
            size=Role.SMALL,
            wraps=True,
        )
        layout = column(gap=0)
        layout.addLayout(form)
        layout.addLayout(self._notices)
        layout.addStretch(1)
        layout.addWidget(holding(column(note, margins=(12, 8, 12, 12))))
        self.setLayout(layout)

    def show_run(self, run: JobRun) -> None:
        """Show this job."""
        self._run, self._shown = run, 0
        while (item := self._notices.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        self._values["memory"].setText("–")
        self.refresh()

    def refresh(self) -> None:
        """Say what is known by now."""
        run = self._run
        if run is None:
            return
        engine = run.recognizer
        self._values["engine"].setText(engine.name if engine is not None else tr("Starting"))
        self._values["device"].setText(_device(run))
        self._values["language"].setText(name_of(run.language) if run.language else tr("Not known yet"))
        self._values["sound"].setText(_sound(run))
        self._values["passages"].setText(tr("{0} of {1}").format(*run.chunks) if run.chunks[1] else "–")
        for notice in run.notices[self._shown :]:
            self._notices.addWidget(_notice(notice.said(tr), finding=notice.finding))
        self._shown = len(run.notices)

    def hear(self, child: str, heartbeat: Heartbeat) -> None:
        """The engine child says how much memory it takes."""
        if child == "engine":
            self._values["memory"].setText(tr("{0} MB").format(round(heartbeat.rss_bytes / 1e6)))


def _titles() -> tuple[str, ...]:
    return tr("Engine"), tr("Runs on"), tr("Language"), tr("Sound"), tr("Passages"), tr("Memory")


def _device(run: JobRun) -> str:
    engine = run.recognizer
    if engine is None:
        return "–"
    device = tr("Processor") if engine.device == "cpu" else engine.device
    return f"{device}, {engine.dtype}" if engine.dtype else device


def _sound(run: JobRun) -> str:
    info, number = run.work.info, run.plan.job.track
    if info is None or not 1 <= number <= len(info.audio_tracks):
        return tr("Track {0}").format(number)
    track = info.audio_tracks[number - 1]
    kind = {1: tr("mono"), 2: tr("stereo")}.get(track.channels, tr("{0} channels").format(track.channels))
    return tr("Track {0}, {1}").format(number, kind)


def _notice(text: str, *, finding: bool) -> QFrame:
    made = framed("panel-header")
    sign = Sign("warning", "doubt") if finding else Sign("info", "text2")
    made.setLayout(row(holding(column(sign, None)), label(text, "secondary", wraps=True), margins=(12, 8, 12, 8)))
    return made
