"""The documents that are open in this process, each safe in a project. Knows no widget.

The window shows one; another stays open while a job still brings cues to it. Work without a name lies in a project in
the recovery folder from its first second, and stays there: it is not thrown away because the window was closed.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from pathlib import Path

from core.cues import styles
from core.document.document import Document, MediaRef
from core.document.from_subtitles import of_subtitles
from core.document.history import History
from core.document.project import Project, create_project, open_project
from core.document.project.films import Found, find_film
from core.document.project.held import same_file
from core.document.project.laying import lay_out
from core.document.project.recoveries import Unnamed, list_unnamed
from core.document.project.rescue import rescued
from core.errors import CuesmithError, Param
from core.media.info import MediaInfo
from core.progress import Notice
from core.subtitles.protocol import Subtitles


@dataclass(eq=False, slots=True)
class Work:
    """A document and where it is kept.

    Attributes:
        project: where every step is kept; None where nothing can be written.
        info: its film, where it is open.
        source: the subtitle file it came from, or None.
        jobs: how many jobs bring cues to it, or what engines made, or can be gone on with.
        unlaid: why a job will not find what engines made of it before; None where it will.
        closed: it was let go of.
    """

    history: History
    project: Project | None = None
    info: MediaInfo | None = None
    source: Path | None = None
    jobs: int = 0
    unlaid: CuesmithError | None = None
    closed: bool = False

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What could not be restored."""
        return self.project.notices if self.project is not None else ()

    @property
    def media_id(self) -> str:
        """Of its film, or ""."""
        media = self.history.document.media
        return media.media_id if media is not None else ""

    @property
    def name(self) -> str:
        """The project's name, "" where a person has not given it one."""
        return self.project.path.name if self.project is not None and self.project.named else ""

    def find_film(self) -> Found | None:
        """Where its film is now, None where it has none; reads files, so not in the window's thread."""
        media = self.history.document.media
        if media is None:
            return None
        if self.project is None:
            return Found(Path(media.path))
        return find_film(media, self.project.path, self.project.home)

    def close(self) -> tuple[Notice, ...]:
        """Let go of the project; it stays. Where its file does not, what is in it is work without a name, and told."""
        self.closed = True
        if self.project is None:
            return ()
        with contextlib.suppress(CuesmithError):  # the end of a drag; all before it is on disk
            self.history.close_step()
        try:
            said = rescued(self.project, self.history.stack)
        except CuesmithError as error:
            text = "{file} was deleted or replaced while it was open, and what was open could not be kept. {why}"
            params: dict[str, Param] = {"file": self.project.path.name, "why": str(error)}
            said = Notice("project.not_rescued", text, params, finding=True)
        self.project.close()
        return (said,) if said is not None else ()


class Works:
    """What is open. `begin` and `go_on` read and write files and may run on another thread, one at a time.

    Attributes:
        problem: why nothing can be kept, where that is so.
    """

    def __init__(self) -> None:
        self._open: list[Work] = []
        self.problem: CuesmithError | None = None

    def begin(self, document: Document, *, info: MediaInfo | None = None, source: Path | None = None) -> Work:
        """New work on this document."""
        self.problem = None
        try:
            project = create_project(document=document)
        except CuesmithError as error:
            self.problem = error
            work = Work(History(document), info=info, source=source)
        else:
            work = Work(project.history(), project, info, source)
        self._open.append(work)
        return work

    def go_on(self, path: Path, *, read_only: bool = False) -> Work:
        """Open a project, one with a name or work of an earlier run. What engines made of its film lies where a job
        looks when this returns, so that one begun at once goes on at the first missing chunk. What is open already is
        returned as it is, but where its file was taken away: its name may stand for another.

        Raises:
            ProjectInUse: another window has it.
            ProjectUnreadable: it is no project, or nothing in it can be read.
        """
        for work in self.open:
            if work.project is not None:
                work.project.leave_name()
        here = next((work for work in self.open if _is_of(work, path)), None)
        if here is not None:
            return here
        project = open_project(path, read_only=read_only)
        work = Work(project.history(), project)
        self._open.append(work)
        try:
            lay_out(project.results, work.media_id)
        except CuesmithError as error:
            work.unlaid = error
        return work

    def drop(self, work: Work) -> None:
        """Throw work away that nobody has seen; where it was closed meanwhile, it stays as it is."""
        if work in self._open:
            self._open.remove(work)
            if work.project is not None:
                work.project.delete()

    def leave(self, work: Work) -> None:
        """Close work nobody has seen, or waits to see; it stays on disk. What a job brings cues to stays open."""
        if work in self._open and not work.jobs:
            self._open.remove(work)
            work.close()

    @property
    def open(self) -> tuple[Work, ...]:
        """All of it, shown or not."""
        return tuple(self._open)

    def on(self, media_id: str) -> Work | None:
        """The open work on this film, or None."""
        return next((work for work in tuple(self._open) if work.media_id == media_id), None)

    def close_all_but(self, shown: Work | None) -> tuple[Notice, ...]:
        """Close what is neither shown nor being recognised; what is to be known about that."""
        said: list[Notice] = []
        for work in self.open:
            if work is not shown and not work.jobs:
                said += work.close()
                self._open.remove(work)
        return tuple(said)

    def close(self) -> None:
        """Close everything."""
        for work in self._open:
            work.close()
        self._open.clear()


def _is_of(work: Work, path: Path) -> bool:
    """Whether this is that project, by whatever name. One that is open to read only is a copy of one moment: who opens
    it again wants to write, or to see what another window has done since."""
    project = work.project
    if project is None or project.read_only or project.standing.taken_away:
        return False
    return project.path == path or same_file(project.path, path)


def offered() -> tuple[Unnamed, ...]:
    """All work of earlier runs, the latest first; last what cannot be read, of which opening takes out what is whole.

    Reads files, so not in the window's thread.
    """
    return tuple(sorted((info for info in list_unnamed() if not info.in_use), key=lambda info: bool(info.problem)))


def new_document(info: MediaInfo | None, read: Subtitles | None, style_id: str) -> Document:
    """What new work begins with: the cues that were read, the film as it was probed, the style for the language."""
    document = of_subtitles(read) if read is not None else Document()
    language = read.language if read is not None else ""
    return replace(
        document,
        media=media_ref(info, track_of(info)) if info is not None else None,
        frame_rate=(info.frame_rate if info is not None else None) or document.frame_rate,
        style=styles.default_for(language).id if language else style_id,
    )


def track_of(info: MediaInfo) -> int:
    """The track the file says to play, else the first."""
    return next((track.number for track in info.audio_tracks if track.default), 1)


def media_ref(info: MediaInfo, track: int = 1) -> MediaRef:
    """How a document remembers its film."""
    try:
        size_bytes = Path(info.path).stat().st_size
    except OSError:
        size_bytes = 0
    return MediaRef(info.path, size_bytes, info.media_id, track, info.duration_ms)
