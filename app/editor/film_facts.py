"""What the media child finds out about the open film beside its waveform: spectrum and shot changes. Knows no widget.

Shot changes take minutes of decoding, so they are looked for when somebody asks; what was found before comes by itself.
The spectrum is built when it is first shown.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.background import Background
from app.editor.session import Session
from app.engine_bridge import EngineBridge
from core.errors import CuesmithError
from core.worker.media_messages import ShotsFound, ShotsProgress, SpectrumProgress
from core.worker.messages import JobFailed, JobFinished, LastWord, Reply

if TYPE_CHECKING:
    from core.media.spectrum_cache import SpectrumFile


class FilmFacts(QObject):
    """Fills the session's spectrum and shot changes.

    Signals:
        failed(CuesmithError): one of them could not be found out.
        shotsAdvanced(int, int): looked at so many ms of so many; (0, 0) when that is over.
        changed(): what is shown or looked for is another.
    """

    failed = Signal(object)
    shotsAdvanced = Signal(int, int)
    changed = Signal()

    def __init__(
        self, session: Session, engines: EngineBridge, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._engines, self._background = session, engines, background
        self._spectrum_wanted = False
        self._spectrum: SpectrumFile | None = None
        self._opening = False
        self._film = 0
        self._spectrum_job = self._shots_job = self._known_job = ""
        session.mediaChanged.connect(self._film_changed)

    @property
    def shows_spectrum(self) -> bool:
        """Whether a spectrogram is wanted in place of the wave."""
        return self._spectrum_wanted

    @property
    def finding_shots(self) -> bool:
        """Whether shot changes are looked for now."""
        return bool(self._shots_job)

    def show_spectrum(self, on: bool) -> None:
        """Show a spectrogram in place of the wave, or the wave again."""
        if on == self._spectrum_wanted:
            return
        self._spectrum_wanted = on
        if on:
            self._begin_spectrum()
        else:
            self._session.set_spectrum(None)
        self.changed.emit()

    def find_shots(self) -> None:
        """Look for shot changes; again stops it."""
        info = self._session.info
        if self._shots_job:
            self._engines.cancel(self._shots_job)
        elif info is not None and info.has_video:
            self._shots_job = self._engines.find_shots(info.path, self._hear_shots)
            self.changed.emit()

    # ── inside ───────────────────────────────────────────────────────────────────────────────────

    def _film_changed(self) -> None:
        for job_id in (self._spectrum_job, self._shots_job, self._known_job):
            self._engines.forget(job_id)
        was_finding = self.finding_shots
        self._spectrum_job = self._shots_job = self._known_job = ""
        self._spectrum, self._opening = None, False
        self._film += 1
        if was_finding:
            self.shotsAdvanced.emit(0, 0)
        info = self._session.info
        if info is not None and info.has_video:
            self._known_job = self._engines.find_shots(info.path, self._hear_known, only_known=True)
        if self._spectrum_wanted:
            self._begin_spectrum()

    def _begin_spectrum(self) -> None:
        info, media = self._session.info, self._session.bridge.document.media
        if self._spectrum is not None:
            self._session.set_spectrum(self._spectrum)
        elif info is not None and info.audio_tracks and not self._spectrum_job:
            track = media.track if media is not None else 1
            self._spectrum_job = self._engines.build_spectrum(info.path, self._hear_spectrum, track=track)

    def _hear_spectrum(self, reply: Reply) -> None:
        if isinstance(reply, SpectrumProgress):
            self._read_on(Path(reply.cache_file))
        elif isinstance(reply, LastWord):
            self._spectrum_job = ""
            if isinstance(reply, JobFinished):
                self._refresh()
            self._tell_failure(reply)

    def _read_on(self, cache_file: Path) -> None:
        if self._spectrum is not None:
            self._refresh()
        elif not self._opening:
            from core.media.spectrum_cache import SpectrumFile  # brings NumPy, with the film and not with the window

            self._opening = True
            film = self._film
            self._background.run(
                lambda: SpectrumFile.open(cache_file),
                lambda found: self._opened(found, film),
                lambda _error: self._opened(None, film),
            )

    def _opened(self, found: SpectrumFile | None, film: int) -> None:
        if film == self._film:
            self._opening, self._spectrum = False, found
            self._refresh()

    def _refresh(self) -> None:
        if self._spectrum is not None and self._spectrum_wanted:
            self._spectrum.refresh()
            self._session.set_spectrum(self._spectrum)

    def _hear_known(self, reply: Reply) -> None:
        if isinstance(reply, ShotsFound):
            self._session.set_shots(reply.cuts_ms)

    def _hear_shots(self, reply: Reply) -> None:
        if isinstance(reply, ShotsProgress):
            self.shotsAdvanced.emit(reply.done_ms, reply.total_ms)
        elif isinstance(reply, ShotsFound):
            self._session.set_shots(reply.cuts_ms)
        elif isinstance(reply, LastWord):
            self._shots_job = ""
            self.shotsAdvanced.emit(0, 0)
            self.changed.emit()
            self._tell_failure(reply)

    def _tell_failure(self, reply: Reply) -> None:
        if isinstance(reply, JobFailed):
            error: CuesmithError = reply.failure.error()
            self.failed.emit(error)
