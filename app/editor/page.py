"""The editor: table, picture over text, review, timeline, in splitters with the proportions of the design.

Composes panes and ties them to each other where the session does not: who gets the keys, what the timeline notes, which
job panel is shown. Knows no file and no engine.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from app.action_set import ActionSet
from app.editor.cue_table import CueTablePane
from app.editor.findings import findings_of
from app.editor.playback import Playback
from app.editor.player import PlayerPane
from app.editor.replace_bar import ReplaceBar
from app.editor.review import ReviewPane
from app.editor.session import Session
from app.editor.text_box import TextBoxPane
from app.editor.text_range import select_range
from app.editor.timeline_panel import TimelinePanel
from app.i18n import tr
from app.jobs.align_run import AlignRun
from app.jobs.jobs import Jobs
from app.jobs.panel import JobPanel
from app.jobs.run import JobRun
from app.known_text.pane import TextPane
from app.known_text.review import TextReview
from app.remembered import Remembered
from app.timeline.model import Notes, Severity
from app.widgets import column
from core.document.history import Changed
from core.document.journal import Step

_TOP = (588, 640, 372)
_HEIGHTS = (560, 330)
_PICTURE = (400, 150)
_TABLE_LEAST_PX, _PICTURE_LEAST_PX, _REVIEW_LEAST_PX, _TIMELINE_LEAST_PX = 360, 400, 280, 220
_REVIEW_FROM_PX = 1280
_HANDLE_PX = 6

_WITH_PICTURE = (
    "play.toggle", "play.cue", "play.back", "play.on", "play.previous_frame", "play.next_frame", "play.previous_cue",
    "play.next_cue", "play.mute", "cue.start_here", "cue.end_here", "view.detach", "view.full_screen",
)  # fmt: skip
"""Actions whose keys work also in the picture's own window."""


class EditorPage(QWidget):
    """The panes of the editor.

    Attributes:
        table, player, text_box, review, timeline: the panes. replace_bar: above the table's rows, when asked for.
        text_review, text_pane: what a run that timed a text came to; its pane stands in the review while there is any.
    """

    def __init__(
        self, session: Session, playback: Playback, actions: ActionSet, jobs: Jobs, remembered: Remembered
    ) -> None:
        super().__init__()
        self._session, self._playback, self._actions = session, playback, actions
        self._jobs, self._remembered = jobs, remembered
        self.table = CueTablePane(session)
        self.player = PlayerPane(session, playback)
        self.text_box = TextBoxPane(session)
        self.review = ReviewPane(session)
        self.replace_bar = ReplaceBar(session)
        self.timeline = TimelinePanel(session, actions)
        self.job_panel = JobPanel()
        self.job_panel.hide()
        self.text_review = TextReview(session.bridge, self)
        self.text_pane = TextPane(session, self.text_review)
        self.text_pane.setParent(self)
        self.text_pane.hide()
        self._findings = findings_of(session)
        self._middle = _split(Qt.Orientation.Vertical, (self.player, self.text_box), _PICTURE)
        self._top = _split(Qt.Orientation.Horizontal, (self.table, self._middle, self.review), _TOP)
        self._all = _split(Qt.Orientation.Vertical, (self._top, self.timeline), _HEIGHTS)
        self._set_limits()
        self.setLayout(column(self._all, gap=0))
        self._tie()
        self.restore()

    def panes(self) -> tuple[QWidget, ...]:
        """What F6 goes through, in the order of the eye."""
        return (self.table, self.text_box, self.player, self.review, self.timeline.view)

    def focus_pane(self, step: int) -> None:
        """Give the focus to the pane after (+1) or before (-1) the one that has it."""
        focus = QApplication.focusWidget()
        panes = [pane for pane in self.panes() if pane.isVisible()]
        if not panes:
            return
        now = next((place for place, pane in enumerate(panes) if focus is not None and _holds(pane, focus)), None)
        target = panes[0 if now is None else (now + step) % len(panes)]
        (_first_focus(target) or target).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def restore(self) -> None:
        """Splitters as they were left."""
        for name, splitter in self._splitters():
            state = self._remembered.state(name)
            if not state.isEmpty():
                splitter.restoreState(state)

    def keep(self) -> None:
        """Remember the splitters."""
        for name, splitter in self._splitters():
            self._remembered.keep_state(name, splitter.saveState())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the window is narrow, the review gives way to table and picture."""
        narrow, was_narrow = event.size().width() < _REVIEW_FROM_PX, event.oldSize().width() < _REVIEW_FROM_PX
        if narrow != was_narrow or not event.oldSize().isValid():
            self.review.setVisible(not narrow or self._jobs.running is not None)
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        """As in the design."""
        return QSize(sum(_TOP), sum(_HEIGHTS))

    # ── how panes are tied to each other ─────────────────────────────────────────────────────────

    def _tie(self) -> None:
        self.player.take_actions(self._actions, [self._actions[name] for name in _WITH_PICTURE])
        self.player.take_actions(self._actions, (made for _, made in self._actions.all()))
        self.table.contextMenuWanted.connect(self._show_context_menu)
        self.table.editRequested.connect(self.text_box.focus_text)
        self.table.set_empty_action(self._actions["job.start"])
        self.table.put_bar(self.replace_bar)
        self.replace_bar.shown.connect(self._show_place)
        self.replace_bar.closed.connect(self.table.focus_table)
        self.text_box.returnRequested.connect(self.table.focus_table)
        self.text_box.playRequested.connect(self._playback.toggle)
        self.timeline.playRequested.connect(self._playback.play_range)
        self.timeline.contextMenuWanted.connect(self._show_timeline_menu)
        self._playback.playingChanged.connect(self.timeline.set_playing)
        self.timeline.textRequested.connect(self.text_box.focus_text)
        self._findings.changed.connect(self._note)
        self._jobs.changed.connect(self._note)
        self._session.mediaChanged.connect(self._note)
        self._session.healingChanged.connect(self._note)
        self._session.shotsChanged.connect(self._note)
        self._jobs.started.connect(self._job_began)
        self._jobs.changed.connect(self.job_panel.refresh)
        self._jobs.ended.connect(self._job_over)
        self._session.bridge.changed.connect(self._touched)
        self._jobs.ended.connect(self._text_timed)
        self.text_review.changed.connect(self._show_text)
        self.text_review.failed.connect(self.review.failed)
        self.text_pane.lookWanted.connect(self.timeline.show_both)

    def _show_place(self, cue_id: str, first: int, last: int) -> None:
        """A place in a cue's text; several selected cues stay selected, because it may be searched in them."""
        bridge = self._session.bridge
        bridge.select(bridge.selected if cue_id in bridge.selected else (cue_id,), current=cue_id)
        select_range(self.text_box.editor, first, last)

    def _show_context_menu(self, at: QPoint) -> None:
        self._actions.context_menu(self).popup(at)

    def _show_timeline_menu(self, at: QPoint, words: bool) -> None:
        self._actions.context_menu(self, words=words).popup(at)

    def _job_began(self) -> None:
        if self._jobs.run is not None:
            self.job_panel.show_run(self._jobs.run)
            self.review.set_job_panel(self.job_panel)
            self.review.show()
            self.table.follow.setChecked(True)

    def _job_over(self) -> None:
        """Who has only watched finds the first cue in the text box."""
        bridge = self._session.bridge
        if bridge.current is None and bridge.document.cues:
            bridge.select_row(0)

    def _text_timed(self, run: JobRun) -> None:
        """The lines of a text that was timed for the shown document."""
        if isinstance(run, AlignRun) and run.work.history is self._session.bridge.history:
            self.text_review.show_run(run)
            if self.text_review.lines:
                self.review.set_panel(tr("Text"), self.text_pane)
                self.review.show()

    def _show_text(self) -> None:
        self.review.set_panel(tr("Text"), self.text_pane if self.text_review.lines else None, in_front=False)
        self._note()

    def _touched(self, changed: Changed) -> None:
        """Who edits while cues come wants to stay where they are."""
        if changed.step in (Step.DO, Step.UNDO, Step.REDO):
            self.table.follow.setChecked(False)

    def _note(self) -> None:
        """What the timeline and the table show beside the cues."""
        run, info = self._jobs.run, self._session.info
        here = run is not None and run.work.info is not None and info is not None
        mine = here and run is not None and run.media_id == (info.media_id if info is not None else "")
        hatched = mine and run is not None and run.hatches
        recognised_ms = None
        if hatched and run is not None and (run.end is None or run.error is not None):
            recognised_ms = run.recognised_ms
        if run is not None and run.end is not None and not mine:
            self.review.set_job_panel(None)
        severities = {one.cue_id: Severity(one.severity.value) for one in reversed(self._findings.in_order())}
        for cue_id in self._findings.must_cues():
            severities[cue_id] = Severity.MUST
        running = hatched and run is not None and run.end is None
        self.table.set_listening(run.recognised_ms if running and run is not None else None)
        healing = self._session.healing
        notes = Notes(
            healing, findings=severities, recognised_ms=recognised_ms, running=running,
            new_times=self.text_review.new_times(), doubted=self.text_review.doubted(),
            shot_changes_ms=self._session.shots_ms,
        )  # fmt: skip
        if notes != self.timeline.notes:
            self.timeline.set_notes(notes)

    def _set_limits(self) -> None:
        self.table.setMinimumWidth(_TABLE_LEAST_PX)
        self._middle.setMinimumWidth(_PICTURE_LEAST_PX)
        self.review.setMinimumWidth(_REVIEW_LEAST_PX)
        self.timeline.setMinimumHeight(_TIMELINE_LEAST_PX)
        self._top.setCollapsible(0, False)
        self._top.setCollapsible(1, False)
        for place, factor in enumerate((1, 2, 1)):
            self._top.setStretchFactor(place, factor)
        for splitter in (self._middle, self._all):
            splitter.setChildrenCollapsible(False)
        self._middle.setStretchFactor(0, 1)
        self._all.setStretchFactor(0, 2)
        self._all.setStretchFactor(1, 1)

    def _splitters(self) -> tuple[tuple[str, QSplitter], ...]:
        return ("editor.top", self._top), ("editor.middle", self._middle), ("editor.all", self._all)


def _split(orientation: Qt.Orientation, panes: tuple[QWidget, ...], sizes: tuple[int, ...]) -> QSplitter:
    made = QSplitter(orientation)
    made.setProperty("role", "panes")
    made.setHandleWidth(_HANDLE_PX)
    made.setAccessibleName(tr("Panes"))
    for pane in panes:
        pane.setAutoFillBackground(True)  # panels are a step lighter than the window between them
        made.addWidget(pane)
    made.setSizes(list(sizes))
    return made


def _holds(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)


def _first_focus(pane: QWidget) -> QWidget | None:
    """What of a pane takes the focus: what it names as its proxy, else the first thing that can have it."""
    if pane.focusProxy() is not None:
        return pane.focusProxy()
    if pane.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return pane
    inside = (child for child in pane.findChildren(QWidget) if child.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return next((child for child in inside if child.isVisible() and child.isEnabled()), None)
