"""Opening a file: film, recording, subtitles, a project, or work of an earlier run. Knows the player only by two verbs.

The media child looks into a film first; only what it has understood goes to the player, and a film on which the child
dies later is taken from the player again. Whatever happens, the window stays as it was or shows the new file.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.background import Background
from app.editor import beside, opening_words, works
from app.editor.coming import Coming
from app.editor.cue_sources import cues_for, read_cues
from app.editor.opening_words import CHILD_FAILED
from app.editor.reading import Reading
from app.editor.session import Session
from app.editor.showing import Player, Showing, Wanted
from app.editor.works import Work, Works
from app.engine_bridge import EngineBridge
from app.i18n import tr
from app.messages import Messages, Offer
from app.remembered import Remembered
from core.document.project import SUFFIX
from core.document.project.films import Found
from core.document.project.recoveries import Unnamed
from core.errors import CuesmithError, ProjectInUse, WorkerError
from core.media.info import MediaInfo
from core.progress import Notice
from core.subtitles.protocol import Subtitles
from core.worker.media_messages import Probed
from core.worker.messages import JobFailed, JobFinished, Reply


class Opening(QObject):
    """Opens one file at a time; a later one takes the place of one that is still being looked into.

    Signals:
        began(str): this file is being looked into.
        opened(): something is open: the editor should be shown. Again when the film joins its project.
        ended(): being looked into is over, well or not.
    """

    began = Signal(str)
    opened = Signal()
    ended = Signal()

    def __init__(
        self,
        session: Session,
        engines: EngineBridge,
        messages: Messages,
        player: Player,
        background: Background,
        remembered: Remembered,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._engines, self._messages = session, engines, messages
        self._player, self._background, self._remembered = player, background, remembered
        self.works = Works()
        self.reading = Reading(session, engines, background, self)
        self.reading.failed.connect(self._reading_failed)
        self.reading.noticed.connect(self._notice)
        self._showing = Showing(session, messages, player, self.reading, self.works, remembered)
        self._coming = Coming(self.works, background, lambda: self.work)
        self._probe = ""
        self._number = 0

    @property
    def work(self) -> Work | None:
        """What is shown, or None on the welcome page."""
        return self._showing.work

    # ── what may be opened ───────────────────────────────────────────────────────────────────────

    def open(self, path: Path) -> None:
        """Open a file of any kind; what it is shows by its name, and a film by what is in it."""
        path = path.expanduser().absolute()
        if beside.is_subtitles(path):
            self.open_subtitles(path)
        elif path.suffix.lower() == SUFFIX:
            self.open_project(path)
        else:
            self._look_into(Wanted(path))

    def open_subtitles(self, path: Path) -> None:
        """Open the cues of a file, with the film that lies beside it."""
        number = self._begin(path.name)
        self._background.run(
            lambda: (read_cues(path), beside.media_beside(path)),
            lambda read: self._subtitles_read(path, *read) if number == self._number else None,
            lambda error: self._refuse(error, number),
        )

    def add_subtitles(self, path: Path) -> None:
        """Show the cues of a file with the film that is open; the document before is kept."""
        info = self._session.info
        if info is None:
            self.open_subtitles(path)
            return
        number = self._begin(path.name)
        self._background.run(
            lambda: read_cues(path),
            lambda subtitles: self._accept(Wanted(Path(info.path), subtitles, path, None, info), number),
            lambda error: self._refuse(error, number),
        )

    def go_on(self, info: Unnamed) -> None:
        """Go on with work of an earlier run."""
        self.open_project(info.path, name=Path(info.media).name)

    def open_project(self, path: Path, *, name: str = "", read_only: bool = False) -> None:
        """Open a project with its film, wherever that is now; `name` says what is being opened."""
        number = self._begin(name or path.name)
        self._coming.open(
            path,
            read_only=read_only,
            is_wanted=lambda: number == self._number,
            then=self._project_read,
            failed=lambda error: self._project_refused(path, error, number),
        )

    def close(self) -> None:
        """Let go of everything; work stays on disk."""
        self._stop()
        self._player.close()
        self.works.close()

    # ── a film ───────────────────────────────────────────────────────────────────────────────────

    def _look_into(self, wanted: Wanted) -> None:
        self._ask_child(wanted, self._begin(wanted.path.name))

    def _ask_child(self, wanted: Wanted, number: int) -> None:
        self._probe = self._engines.probe(wanted.path, partial(self._hear_probe, wanted, number))

    def _hear_probe(self, wanted: Wanted, number: int, reply: Reply) -> None:
        if isinstance(reply, Probed):
            wanted.info = reply.info
        elif isinstance(reply, JobFinished):
            self._accept(wanted, number)
        elif isinstance(reply, JobFailed):
            self._film_refused(wanted, reply.failure.error(), number)

    def _film_refused(self, wanted: Wanted, error: CuesmithError, number: int) -> None:
        """The film cannot be opened; cues that belong to it are shown all the same."""
        if number != self._number:
            return
        if isinstance(error, WorkerError):
            self._tell_child_failed(wanted.path, error, tr("The film was not opened; nothing else is affected."))
        else:
            self._messages.error(error)
            self._remembered.forget_recent(wanted.path)
        wanted.info = None
        if wanted.subtitles is not None or wanted.work is not None:
            self._accept(wanted, number)
        else:
            self.ended.emit()

    # ── subtitles and recovered work ─────────────────────────────────────────────────────────────

    def _subtitles_read(self, path: Path, subtitles: Subtitles, film: Path | None) -> None:
        wanted = Wanted(film or path, subtitles, path)
        if film is not None:
            self._look_into(wanted)
        else:
            self._accept(wanted, self._number)

    def _project_read(self, work: Work, found: Found | None) -> None:
        """The cues are shown at once; their film joins them when the child has looked into it."""
        if work.unlaid is not None:
            self._messages.error(work.unlaid)
            work.unlaid = None
        if found is not None and found.path is not None and not found.placeholder:
            self._take(work, Wanted(Path(), work=work))
            self._ask_child(Wanted(found.path, work=work), self._number)
            return
        self._accept(Wanted(Path(), work=work), self._number)
        media = work.history.document.media
        if found is not None and media is not None:
            self._messages.tell(opening_words.film_missing(Path(media.path).name, found))

    def _project_refused(self, path: Path, error: CuesmithError, number: int) -> None:
        if number == self._number and isinstance(error, ProjectInUse):
            to_read = Offer(tr("Open to read only"), partial(self.open_project, path, read_only=True))
            self._messages.error(error, offers=(to_read,))
            self.ended.emit()
        else:
            self._refuse(error, number)

    # ── showing it ───────────────────────────────────────────────────────────────────────────────

    def _accept(self, wanted: Wanted, number: int) -> None:
        if number != self._number:
            return
        work = wanted.work or self._known_work(wanted)
        if work is not None:
            self._put(work, wanted)
            return
        document = works.new_document(wanted.info, wanted.subtitles, self._session.style.id)
        self._background.run(
            lambda: self.works.begin(document, info=wanted.info, source=wanted.source),
            lambda begun: self._begun(begun, wanted, number),
            lambda error: self._refuse(error, number),
        )

    def _begun(self, work: Work, wanted: Wanted, number: int) -> None:
        """New work is on disk. Where another file is wanted by now, nobody has seen it: it goes; unless its film was
        wanted twice, and the second time it was found among what is open."""
        if number != self._number:
            if work is not self.work:
                self.works.drop(work)
            return
        if self.works.problem is not None:
            self._messages.error(self.works.problem)
        self._put(work, wanted)

    def _put(self, work: Work, wanted: Wanted) -> None:
        self._take(work, wanted)
        self.ended.emit()
        if wanted.info is not None and not work.history.document.cues:
            self._look_for_cues(wanted.info)

    def _take(self, work: Work, wanted: Wanted) -> None:
        for notice in self._showing.show(work, wanted):
            self._notice(notice)
        self.opened.emit()

    def _known_work(self, wanted: Wanted) -> Work | None:
        """A film whose document is open already, for a job goes on there, is shown as it is."""
        if wanted.info is None or wanted.subtitles is not None:
            return None
        return self.works.on(wanted.info.media_id)

    def _look_for_cues(self, info: MediaInfo) -> None:
        """Offer what an earlier run made of this film, or what lies beside it."""
        number = self._number
        self._background.run(
            lambda: cues_for(info),
            lambda found: self._offer(*found) if number == self._number else None,
            lambda error: self._messages.error(error),
        )

    def _offer(self, earlier: Unnamed | None, files: tuple[Path, ...]) -> None:
        message = opening_words.cues_found(earlier, files, self.go_on, self.add_subtitles)
        if message is not None:
            self._messages.tell(message)

    # ── when things go wrong ─────────────────────────────────────────────────────────────────────

    def _reading_failed(self, error: CuesmithError) -> None:
        """The child died on this film, or could not read its sound. A film that kills it is not for the player."""
        info = self._session.info
        if info is None:
            return
        if isinstance(error, WorkerError):
            self._player.close()
            self._tell_child_failed(
                Path(info.path), error, tr("The film was taken from the player. Your cues are safe.")
            )
        else:
            self._messages.error(error)

    def _tell_child_failed(self, path: Path, error: CuesmithError, what_is_safe: str) -> None:
        self._messages.tell(opening_words.child_failed(path, error, what_is_safe, partial(self._again, path)))

    def _again(self, path: Path) -> None:
        self._messages.withdraw(CHILD_FAILED)
        shown = self.work if self.work is not None and self.work.info is not None else None
        same = shown is not None and shown.info is not None and Path(shown.info.path) == path
        self._look_into(Wanted(path, work=shown if same else None))

    def _notice(self, notice: Notice) -> None:
        self._messages.tell(opening_words.noticed(notice))

    def _refuse(self, error: CuesmithError, number: int) -> None:
        if number == self._number:
            self._messages.error(error)
            self.ended.emit()

    def _begin(self, name: str) -> int:
        """A new file is wanted; what still comes for the one before is dropped."""
        if self._probe:
            self._engines.forget(self._probe)
            self._probe = ""
        self._number += 1
        self.began.emit(name)
        return self._number

    def _stop(self) -> None:
        self._number += 1
        self._engines.forget(self._probe)
        self.reading.stop()
