"""Where the work is kept: its name, and when its project is made one plain file. Knows no dialog.

Every step is in the project already when it shows, so “Save” only gives a name, or says that all is saved.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, QTimer, Signal, Slot

from app.background import Background
from app.editor.opening import Opening
from app.editor.session import Session
from app.editor.works import Work
from app.i18n import tr
from app.messages import Message, Messages, Offer
from app.remembered import Remembered
from core import paths
from core.document.history import DRAG_WRITE_MS
from core.document.project import IDLE_S, SUFFIX, Project, create_project
from core.document.project.laying import take_in
from core.document.project.recoveries import OLD_DAYS, Unnamed, delete_unnamed, list_unnamed
from core.errors import CuesmithError, WriteError

SAVED = "keeping.saved"
OLD = "keeping.old"


class Keeping(QObject):
    """Save, Save as, and what happens by itself.

    Signals:
        named(): the work has a name now, or another one.
    """

    named = Signal()

    def __init__(
        self,
        session: Session,
        opening: Opening,
        messages: Messages,
        background: Background,
        remembered: Remembered,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._opening, self._messages = session, opening, messages
        self._background, self._remembered = background, remembered
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_S * 1000)
        self._idle.timeout.connect(self.rest)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(DRAG_WRITE_MS)
        self._soon.timeout.connect(self._write)
        session.bridge.changed.connect(self._stepped)

    def proposed(self) -> Path:
        """The name “Save as” begins with: the project's own, else the film's or the subtitle file's."""
        work, info = self._opening.work, self._session.info
        if work is not None and work.project is not None and work.project.named:
            return work.project.path
        source = work.source if work is not None else None
        near = Path(info.path) if info is not None else source if source is not None else Path.home() / tr("Untitled")
        return near.with_suffix(SUFFIX)

    def save(self) -> bool:
        """Say that all is saved; False where it has no name yet."""
        work = self._opening.work
        if work is None or not work.name:
            return False
        self.rest()
        text = tr("Every change is in {0} as soon as you make it.").format(work.name)
        self._messages.tell(Message(SAVED, tr("Everything is saved."), text, kind="info"))
        return True

    def save_as(self, path: Path) -> bool:
        """Go on under this name, in place of whatever file has it; where it lacks the ending, in place of none: nobody
        was asked about that file. False where that was not possible: it was told."""
        work = self._opening.work
        if work is None:
            return False
        whole = path.suffix.lower() == SUFFIX
        path = path if whole else path.with_name(path.name + SUFFIX)
        try:
            work.history.close_step()
            if work.project is not None:
                work.project.move_to(path, overwrite=whole)
            else:  # nothing could be written in the recovery folder
                work.project = create_project(path, stack=work.history.stack)
                work.history = work.project.history()
                self._session.bridge.set_history(work.history)
        except CuesmithError as error:
            self._messages.error(error)
            return False
        self._session.bridge.mark_saved()
        self._remembered.keep_recent(path)
        self.named.emit()
        return True

    @Slot(object)
    def _stepped(self, _changed: object) -> None:
        self._idle.start()
        if not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _write(self) -> None:
        """What a key made part of the last step has no end of its own, as a drag has: it is written after a moment."""
        try:
            self._session.bridge.history.flush()
        except WriteError as error:
            self._messages.error(error)

    @Slot()
    def rest(self) -> None:
        """Make the projects plain files that can be copied whole: also one a job brings cues to while another shows."""
        for work in self._opening.works.open:
            if work.project is None:
                continue
            try:
                work.history.flush()
                work.project.rest()
            except CuesmithError:
                self._idle.start()  # another program reads it now, or the disk is full: every step is safe all the same

    # ── what engines made ────────────────────────────────────────────────────────────────────────

    def take_results(self, work: Work, media_id: str) -> None:
        """Put what a job made of this film into its project, so that it goes where the project goes."""
        project = work.project
        if project is None or project.read_only or not media_id:
            return
        work.jobs += 1  # until then it is not closed behind another film

        def over(error: CuesmithError | None) -> None:
            work.jobs -= 1
            self._idle.start()  # that woke it, and no step may follow
            if error is not None:
                self._messages.error(error)

        self._background.run(lambda: _take(project, paths.results_file(media_id)), over, over)

    # ── old work ─────────────────────────────────────────────────────────────────────────────────

    def offer_to_delete_old(self) -> None:
        """Ask about work without a name that nobody has touched for a month; nothing is deleted unasked."""
        self._background.run(_old, self._offer, self._messages.error)

    def _offer(self, old: tuple[Unnamed, ...]) -> None:
        if not old:
            return
        size = QLocale().formattedDataSize(sum(one.size_bytes for one in old))
        title = tr("{0} pieces of work without a name are older than {1} days ({2}).").format(len(old), OLD_DAYS, size)
        delete = Offer(tr("Delete them"), lambda: self._delete(old))
        keep = Offer(tr("Keep them"), lambda: self._messages.withdraw(OLD))
        self._messages.tell(Message(OLD, title, tr("They stay until you say otherwise."), (keep, delete), kind="info"))

    def _delete(self, old: tuple[Unnamed, ...]) -> None:
        self._messages.withdraw(OLD)
        self._background.run(lambda: delete_unnamed(old), lambda _: None, self._messages.error)


def _take(project: Project, path: Path) -> None:
    """A project that cannot take it loses only time."""
    with contextlib.suppress(CuesmithError):
        take_in(project.results, path)


def _old() -> tuple[Unnamed, ...]:
    return tuple(one for one in list_unnamed() if one.is_old() and not one.in_use)
