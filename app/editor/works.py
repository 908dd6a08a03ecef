"""The documents that are open in this process, each safe in its recovery file. Knows no widget.

The window shows one; another stays open while a job still brings cues to it. A recovery file appears with the first
step and stays: work without a name of its own is not thrown away because the window was closed.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from core.document.document import Document, MediaRef
from core.document.history import History
from core.document.recovery import Recovery, RecoveryInfo, list_recoveries, open_recovery
from core.errors import CuesmithError, WriteError
from core.media.info import MediaInfo
from core.progress import Notice

MOST_OFFERED = 5


@dataclass(eq=False, slots=True)
class Work:
    """A document and where it is kept.

    Attributes:
        recovery: None where no recovery file can be written.
        info: its film, where it is open.
        source: the subtitle file it came from, or None.
        jobs: how many jobs bring cues to it.
    """

    history: History
    recovery: Recovery | None = None
    info: MediaInfo | None = None
    source: Path | None = None
    jobs: int = 0

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What could not be restored."""
        return tuple(self.recovery.notices) if self.recovery is not None else ()

    @property
    def media_id(self) -> str:
        """Of its film, or ""."""
        media = self.history.document.media
        return media.media_id if media is not None else ""

    def close(self) -> None:
        """Let go of the recovery file; it stays."""
        if self.recovery is not None:
            with contextlib.suppress(WriteError):  # the end of a drag; all before it is on disk
                self.history.close_step()
            self.recovery.close()


class Works:
    """What is open.

    Attributes:
        problem: why no recovery file can be written, where that is so.
    """

    def __init__(self) -> None:
        self._open: list[Work] = []
        self.problem: CuesmithError | None = None

    def begin(self, document: Document, *, info: MediaInfo | None = None, source: Path | None = None) -> Work:
        """New work on this document."""
        self.problem = None
        try:
            recovery = open_recovery(document=document)
        except CuesmithError as error:
            self.problem = error
            work = Work(History(document), info=info, source=source)
        else:
            work = Work(recovery.history(), recovery, info, source)
        self._open.append(work)
        return work

    def go_on(self, path: Path) -> Work:
        """Work of an earlier run.

        Raises:
            ProjectUnreadable: it cannot be read, or another window has it.
            WriteError: it cannot be written on.
        """
        here = next((work for work in self._open if work.recovery is not None and work.recovery.path == path), None)
        if here is not None:
            return here
        recovery = open_recovery(path)
        work = Work(recovery.history(), recovery)
        self._open.append(work)
        return work

    def on(self, media_id: str) -> Work | None:
        """The open work on this film, or None."""
        return next((work for work in self._open if work.media_id == media_id), None)

    def close_all_but(self, shown: Work | None) -> None:
        """Close what is neither shown nor being recognised."""
        for work in list(self._open):
            if work is not shown and not work.jobs:
                work.close()
                self._open.remove(work)

    def close(self) -> None:
        """Close everything."""
        for work in self._open:
            work.close()
        self._open.clear()


def offered() -> tuple[RecoveryInfo, ...]:
    """Work of earlier runs that can be gone on with, the latest first; reads files, so not in the window's thread."""
    usable = (info for info in list_recoveries() if not info.in_use and not info.problem and info.cues)
    return tuple(usable)[:MOST_OFFERED]


def media_ref(info: MediaInfo, track: int = 1) -> MediaRef:
    """How a document remembers its film."""
    try:
        size_bytes = Path(info.path).stat().st_size
    except OSError:
        size_bytes = 0
    return MediaRef(info.path, size_bytes, info.media_id, track, info.duration_ms)
