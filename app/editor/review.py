"""The review: findings, steps, and the panel of a job while there is one. Knows no job and no check."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from app.editor.checks_pane import ChecksPane
from app.editor.doubts_pane import DoubtsPane
from app.editor.history_pane import HistoryPane
from app.editor.session import Session
from app.i18n import tr
from app.widgets import column, framed, row

_HEADER_PX = 36


class ReviewPane(QWidget):
    """Tabs over lists.

    Attributes:
        checks, doubts, history: the lists.

    Signals:
        failed(CuesmithError): a step could not be kept.
    """

    failed = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.checks, self.doubts, self.history = ChecksPane(session), DoubtsPane(session), HistoryPane(session)
        self._panels: dict[str, QWidget] = {}
        self._stack = QStackedWidget()
        self._tabs = QTabBar()
        self._tabs.setProperty("role", "panel")
        self._tabs.setAccessibleName(tr("Review"))
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        self._tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self._tabs.setUsesScrollButtons(False)
        panes = ((tr("Checks"), self.checks), (tr("Doubts"), self.doubts), (tr("History"), self.history))
        for name, pane in panes:
            self._tabs.addTab(name)
            self._stack.addWidget(pane)
        header = framed("panel-header")
        header.setFixedHeight(_HEADER_PX)
        header.setLayout(row(self._tabs, None, margins=(4, 0, 8, 0)))
        self.setLayout(column(header, self._stack, gap=0))
        self.setMinimumWidth(280)
        self.setAccessibleName(tr("Review"))
        self._tabs.currentChanged.connect(self._stack.setCurrentIndex)
        self.checks.countChanged.connect(self._show_count)
        self.doubts.countChanged.connect(self._show_doubt_count)
        self.history.failed.connect(self.failed)

    def set_job_panel(self, panel: QWidget | None) -> None:
        """Show the panel of a job in front; None hides it and its tab."""
        self.set_panel(tr("Job"), panel)

    def set_panel(self, name: str, panel: QWidget | None, *, in_front: bool = True) -> None:
        """Show a panel that is there for a time, under this name; None hides it and its tab.

        A panel stays in the stack once it was in it: Qt walks the chain of focus when a widget is given another
        parent, and died there when the panel went while another project opened.
        """
        before = self._panels.pop(name, None)
        if before is not None and before is not panel:
            self._tabs.setTabVisible(self._stack.indexOf(before), False)
        if panel is None:
            return
        self._panels[name] = panel
        if self._stack.indexOf(panel) < 0:
            self._stack.insertWidget(0, panel)
            self._tabs.insertTab(0, name)
        place = self._stack.indexOf(panel)
        self._tabs.setTabVisible(place, True)
        if in_front:
            self._tabs.setCurrentIndex(place)
        self._stack.setCurrentIndex(self._tabs.currentIndex())

    def next_finding(self) -> bool:
        """Go to the next finding; False where there is none."""
        return self._go_on(1)

    def previous_finding(self) -> bool:
        """Go to the finding before."""
        return self._go_on(-1)

    def show_checks(self) -> None:
        """Bring the findings to the front."""
        self._tabs.setCurrentIndex(self._stack.indexOf(self.checks))

    def show_doubts(self) -> None:
        """Bring the doubts to the front."""
        self._tabs.setCurrentIndex(self._stack.indexOf(self.doubts))

    def show_history(self) -> None:
        """Bring the steps to the front."""
        self._tabs.setCurrentIndex(self._stack.indexOf(self.history))

    def _go_on(self, step: int) -> bool:
        self.show_checks()
        self.checks.refresh()
        return self.checks.go_on(step)

    def _show_count(self, count: int) -> None:
        text = tr("Checks {0}").format(count) if count else tr("Checks")
        self._tabs.setTabText(self._stack.indexOf(self.checks), text)

    def _show_doubt_count(self, count: int) -> None:
        text = tr("Doubts {0}").format(count) if count else tr("Doubts")
        self._tabs.setTabText(self._stack.indexOf(self.doubts), text)
