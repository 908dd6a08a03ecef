"""Reading the open film in the media child: its waveform as it grows, and where it has speech. Knows no widget.

Begun anew for every film; what still comes for the one before is dropped.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.background import Background
from app.editor.session import Session
from app.engine_bridge import EngineBridge
from core.errors import CuesmithError
from core.media.info import MediaInfo
from core.worker.media_messages import MediaNotice, PeaksProgress, SpeechFound
from core.worker.messages import JobFailed, JobFinished, Reply

if TYPE_CHECKING:
    from core.media.peak_cache import PeaksFile


class Reading(QObject):
    """Fills the session's peaks and speech.

    Signals:
        failed(CuesmithError): the waveform or the speech could not be read; once a film.
        noticed(Notice): something is wrong with the file, and reading goes on.
        advanced(int, int): the waveform is there up to so many ms, of so many.
    """

    failed = Signal(object)
    noticed = Signal(object)
    advanced = Signal(int, int)

    def __init__(
        self, session: Session, engines: EngineBridge, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._engines, self._background = session, engines, background
        self._jobs: list[str] = []
        self._peaks: PeaksFile | None = None
        self._film = 0
        self._opening = False

    def begin(self, info: MediaInfo, track: int) -> None:
        """Read this track of the film; track 1 = first."""
        self.stop()
        self._jobs = [
            self._engines.build_peaks(info.path, self._hear_peaks, track=track),
            self._engines.find_speech(info.path, self._hear_speech, track=track),
        ]

    def stop(self) -> None:
        """Read no further."""
        for job_id in self._jobs:
            self._engines.forget(job_id)
        self._jobs, self._peaks, self._opening = [], None, False
        self._film += 1

    def _hear_peaks(self, reply: Reply) -> None:
        if isinstance(reply, PeaksProgress):
            self._read_on(Path(reply.cache_file))
            self.advanced.emit(reply.done_ms, reply.total_ms)
        elif isinstance(reply, JobFinished):
            self._refresh()
        else:
            self._hear_rest(reply)

    def _hear_speech(self, reply: Reply) -> None:
        if isinstance(reply, SpeechFound):
            self._session.set_speech(reply.spans_ms)
        elif isinstance(reply, MediaNotice):
            self.noticed.emit(reply.notice)
        else:
            self._hear_rest(reply)

    def _hear_rest(self, reply: Reply) -> None:
        if isinstance(reply, JobFailed):
            self.stop()
            error: CuesmithError = reply.failure.error()
            self.failed.emit(error)

    def _read_on(self, cache_file: Path) -> None:
        """The first look is made on another thread: a film of hours that was read before comes all at once."""
        if self._peaks is not None:
            self._refresh()
        elif not self._opening:
            from core.media.peak_cache import PeaksFile  # brings NumPy, with the first film and not with the window

            self._opening = True
            film = self._film
            self._background.run(
                lambda: PeaksFile.open(cache_file),
                lambda peaks: self._opened(peaks, film),
                lambda _error: self._opened(None, film),
            )

    def _opened(self, peaks: PeaksFile | None, film: int) -> None:
        if film != self._film:
            return
        self._opening, self._peaks = False, peaks
        self._refresh()

    def _refresh(self) -> None:
        if self._peaks is not None:
            self._peaks.refresh()
            self._session.set_peaks(self._peaks.peaks)
