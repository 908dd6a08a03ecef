"""What the window shows of jobs as they come and go: strip, status bar, the panel that asks first. Knows no engine."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from app.editor.opening import Opening
from app.jobs.jobs import Jobs
from app.jobs.run import Plan
from app.jobs.start_panel import StartPanel
from app.jobs.strip import JobStrip
from app.status import StatusBar

_SOON_MS = 200
"""A job tells more often than one can read."""


class JobsShown(QObject):
    """Ties the jobs to what shows them, and starts the one that was agreed to in the panel."""

    def __init__(
        self, jobs: Jobs, opening: Opening, panel: StartPanel, strip: JobStrip, status: StatusBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._jobs, self._opening = jobs, opening
        self._panel, self._strip, self._status = panel, strip, status
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(strip.refresh)
        jobs.started.connect(self._began)
        jobs.changed.connect(self._changed)
        jobs.ended.connect(self._ended)
        panel.accepted.connect(self._start)
        panel.dismissed.connect(panel.hide)

    def _start(self, plan: Plan) -> None:
        work = self._opening.work
        if work is not None:
            self._jobs.start(work, plan)

    def _began(self) -> None:
        self._panel.hide()
        self._strip.show_run(self._jobs.run)
        self._status.show_run(self._jobs.run)

    def _changed(self) -> None:
        self._status.show_run(self._jobs.run)
        if not self._soon.isActive():
            self._soon.start()

    def _ended(self) -> None:
        self._soon.stop()
        self._strip.show_run(None)
