"""Showing what was opened: the document to the session, the film to the player, the name among the recent ones.

Knows nothing of how a file is found and looked into; the player only by two verbs.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.editor import works
from app.editor.reading import Reading
from app.editor.session import Session
from app.editor.start_code import late_message
from app.editor.style_list import style_or
from app.editor.works import Work, Works
from app.messages import Messages
from app.remembered import Remembered
from core.document.edits import set_field
from core.errors import WriteError
from core.media.info import MediaInfo
from core.progress import Notice
from core.subtitles.protocol import Subtitles


class Player(Protocol):
    """What opening asks of the player."""

    def open(self, info: MediaInfo) -> None:
        """Play this film, which the media child has looked into."""
        ...

    def close(self) -> None:
        """Let go of the film."""
        ...


@dataclass(slots=True, eq=False)
class Wanted:
    """What is being opened.

    Attributes:
        path: of the film.
        subtitles: cues that were read from `source` before.
        work: work of an earlier run that is to be shown.
    """

    path: Path
    subtitles: Subtitles | None = None
    source: Path | None = None
    work: Work | None = None
    info: MediaInfo | None = None


class Showing:
    """What is shown now.

    Attributes:
        work: None on the welcome page.
    """

    def __init__(
        self,
        session: Session,
        messages: Messages,
        player: Player,
        reading: Reading,
        shown: Works,
        remembered: Remembered,
    ) -> None:
        """`shown`: the works that are open; all but the one that is shown are closed."""
        self._session, self._messages, self._player = session, messages, player
        self._reading, self._works, self._remembered = reading, shown, remembered
        self.work: Work | None = None

    def show(self, work: Work, wanted: Wanted) -> tuple[Notice, ...]:
        """Show it; what is to be known about it.

        Where its cues are shown already, its film joins them and nothing else changes.
        """
        joins = self.work is work and self._session.bridge.history is work.history
        work.info = wanted.info
        self.work = work
        self._player.close()
        closed: tuple[Notice, ...] = ()
        if not joins:
            closed = self._works.close_all_but(work)
            self._session.bridge.set_history(work.history)
            self._session.set_style(style_or(work.history.document.style, self._session.style))
        self._show_film(work)
        self._keep_recent(work, wanted)
        if joins:
            return ()
        if wanted.subtitles is not None:
            self._say_late(wanted.subtitles)
        return (*closed, *work.notices, *(wanted.subtitles.notices if wanted.subtitles is not None else ()))

    def _say_late(self, read: Subtitles) -> None:
        message = late_message(self._session, read.hour_ms)
        if message is not None:
            self._messages.tell(message)

    def _show_film(self, work: Work) -> None:
        self._session.set_media(work.info)
        if work.info is None:
            return
        self._player.open(work.info)
        if work.info.audio_tracks:
            self._reading.begin(work.info, works.track_of(work.info))
        self._join(work, work.info)

    def _join(self, work: Work, info: MediaInfo) -> None:
        """The document remembers its film, and where it is now."""
        media = work.history.document.media
        if media is not None and media.path == info.path:
            return
        if work.project is not None and work.project.read_only:
            return
        now = works.media_ref(info, media.track if media is not None else 1)
        try:
            work.history.apply(set_field(work.history.document, "media", now, label="Find film"))
        except WriteError as error:
            self._messages.error(error)

    def _keep_recent(self, work: Work, wanted: Wanted) -> None:
        if work.project is not None and work.project.named:
            self._remembered.keep_recent(work.project.path)
        elif wanted.path.name:
            self._remembered.keep_recent(wanted.source or wanted.path)
