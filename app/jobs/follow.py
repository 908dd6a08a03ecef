"""Shows new cues as they come, until the person touches one. Knows no widget: it selects, and the panes follow."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.editor.document_bridge import DocumentBridge
from app.jobs.jobs import Jobs
from core.document.history import Changed
from core.document.journal import Step


class FollowNewCues(QObject):
    """On from the start of each job.

    Signals:
        changed(): on or off now.
    """

    changed = Signal()

    def __init__(self, jobs: Jobs, bridge: DocumentBridge, is_shown: Callable[[], bool], parent: QObject) -> None:
        """`is_shown`: whether the job's document is the one that is shown."""
        super().__init__(parent)
        self._jobs, self._bridge, self._is_shown = jobs, bridge, is_shown
        self._on = False
        self._selecting = False
        jobs.started.connect(lambda _run: self.set_on(True))
        jobs.ended.connect(lambda _run: self.set_on(False))
        jobs.arrived.connect(self._show_last)
        bridge.selectionChanged.connect(self._touched)
        bridge.changed.connect(self._edited)

    @property
    def on(self) -> bool:
        """Whether new cues are shown."""
        return self._on

    def set_on(self, on: bool) -> None:
        """Show them from now on, or let the person look where they are."""
        if on != self._on:
            self._on = on
            if on:
                self._show_last()
            self.changed.emit()

    def _show_last(self) -> None:
        count = len(self._bridge.document.cues)
        if self._on and count and self._is_shown():
            self._selecting = True
            self._bridge.select_row(count - 1)
            self._selecting = False

    def _touched(self) -> None:
        if not self._selecting and self._bridge.current is not None:
            self.set_on(False)

    def _edited(self, changed: Changed) -> None:
        if changed.step in (Step.DO, Step.UNDO, Step.REDO):
            self.set_on(False)
